package org.hpqr.arc;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.audit.AuditLogger;
import org.dcm4che3.net.audit.AuditLoggerDeviceExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the audit loggers of the device, on another thread than the operation's: an audit record repository
 * that does not answer must not hold up a query. If it does not answer for long, events are lost, not memory.
 */
@ApplicationScoped
public class AuditOutbox {

    /** Events that wait at most. */
    static final int CAPACITY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditOutbox.class);
    private static final long LAST_CALL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private Device device;
    private final BlockingQueue<AuditEvent> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicLong lost = new AtomicLong();

    /** For the container. */
    AuditOutbox() {
    }

    @Inject
    AuditOutbox(Device device) {
        this.device = device;
    }

    /** {@code true} if the device has an audit logger, so that an event would be told to anybody. */
    boolean isWanted() {
        AuditLoggerDeviceExtension extension = device.getDeviceExtension(AuditLoggerDeviceExtension.class);
        return extension != null && extension.getAuditLoggers().stream().anyMatch(AuditLogger::isInstalled);
    }

    /** Takes an event; it is sent soon. */
    void add(AuditEvent event) {
        if (!waiting.offer(event)) {
            // one line for the first, not one for each of thousands
            if (lost.getAndIncrement() == 0)
                LOG.error("{} audit events are waiting for the audit record repository; further ones are lost", CAPACITY);
            return;
        }
        if (sending.compareAndSet(false, true)) {
            try {
                device.execute(this::send);
            } catch (RejectedExecutionException | IllegalStateException e) {
                // The archive is going down: there is no executor any more. What waits is sent by lastCall().
                sending.set(false);
                LOG.debug("Audit events wait until the end", e);
            }
        }
    }

    private void send() {
        // an event that comes between the last poll and the end of sending would wait for the next one: look again
        do {
            try {
                for (AuditEvent event = waiting.poll(); event != null; event = waiting.poll())
                    send(event);
                long gone = lost.getAndSet(0);
                if (gone > 0)
                    LOG.error("{} audit events were lost", gone);
            } finally {
                sending.set(false);
            }
        } while (!waiting.isEmpty() && sending.compareAndSet(false, true));
    }

    private void send(AuditEvent event) {
        AuditLoggerDeviceExtension extension = device.getDeviceExtension(AuditLoggerDeviceExtension.class);
        if (extension == null)
            return;
        for (AuditLogger logger : extension.getAuditLoggers()) {
            if (!logger.isInstalled())
                continue;
            try {
                logger.write(logger.timeStamp(), AuditMessageFactory.create(event, logger));
            } catch (Exception e) {
                LOG.warn("Audit event {} was not sent by {}", event.kind(), logger.getCommonName(), e);
            }
        }
    }

    /** Sends what waits, as far as that is possible in a short time. */
    @PreDestroy
    void lastCall() {
        long deadline = System.nanoTime() + LAST_CALL_NANOS;
        while (System.nanoTime() - deadline < 0) {
            AuditEvent event = waiting.poll();
            if (event == null)
                return;
            send(event);
        }
        LOG.error("{} audit events were not sent before the server stopped", waiting.size());
    }
}
