package org.hpqr.dimse;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Association;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the socket of a peer that does not take what is sent to it, or does not end an association that is to end,
 * within {@link HpSettings#SEND_TIMEOUT}: a blocked write cannot be timed out in any other way. One look a second over the writes under way costs less than a timer for
 * each.
 */
@ApplicationScoped
public class SendWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SendWatch.class);

    private final Set<Write> underWay = ConcurrentHashMap.newKeySet();

    @Resource
    private ManagedThreadFactory threadFactory;

    private ScheduledExecutorService scheduler;
    private ScheduledExecutorService ownScheduler;
    private ScheduledFuture<?> looking;
    private Settings settings;

    /** For the container. */
    public SendWatch() {
    }

    @Inject
    SendWatch(Settings settings) {
        this.settings = settings;
    }

    SendWatch(Settings settings, ScheduledExecutorService scheduler) {
        this(settings);
        this.scheduler = scheduler;
    }

    @PostConstruct
    void start() {
        // Not the server's scheduled executor: it drops a task for good that comes up while the server is suspended.
        if (scheduler == null)
            scheduler = ownScheduler = new ScheduledThreadPoolExecutor(1, threadFactory);
        looking = scheduler.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        looking.cancel(true);
        if (ownScheduler != null)
            ownScheduler.shutdownNow();
    }

    /** Something that writes to an association and may block as long as the peer does not read. */
    @FunctionalInterface
    public interface Writing<E extends Exception> {
        void write() throws IOException, E;
    }

    /**
     * Runs {@code writing} under watch.
     *
     * @throws IOException as {@code writing} does; also when the socket was closed under it
     */
    public <E extends Exception> void watch(Association association, Writing<E> writing) throws IOException, E {
        Write write = new Write(association, System.nanoTime(), timeoutNanos(association), false);
        underWay.add(write);
        try {
            writing.write();
        } finally {
            underWay.remove(write);
        }
    }

    /** Asks for the release of an association; one that has not ended after the same time is closed. */
    public void release(Association association) throws IOException {
        watch(association, association::release);
        underWay.add(new Write(association, System.nanoTime(), timeoutNanos(association), true));
    }

    /** Aborts an association; it has ended at the latest after the same time. */
    public void abort(Association association) throws IOException {
        watch(association, association::abort);
        underWay.add(new Write(association, System.nanoTime(), timeoutNanos(association), true));
    }

    private long timeoutNanos(Association association) {
        return TimeUnit.SECONDS.toNanos(settings.get(HpSettings.SEND_TIMEOUT, association.getLocalAET()));
    }

    private void look() {
        long now = System.nanoTime();
        for (Iterator<Write> writes = underWay.iterator(); writes.hasNext();) {
            Write write = writes.next();
            if (write.isLast && write.association.getSocket().isClosed()) {
                writes.remove();
                continue;
            }
            if (now - write.since < write.timeoutNanos)
                continue;
            writes.remove();
            LOG.warn("{}: the peer {}; its association is closed", write.association,
                    write.isLast ? "does not end it" : "takes nothing");
            try {
                write.association.getSocket().close();
            } catch (IOException e) {
                LOG.warn("{}: closing the socket failed", write.association, e);
            }
        }
    }

    /** Not a record: two writes are never equal. */
    private static final class Write {
        private final Association association;
        private final long since;
        private final long timeoutNanos;
        private final boolean isLast;

        /** @param isLast the peer is to end the association now */
        private Write(Association association, long since, long timeoutNanos, boolean isLast) {
            this.association = association;
            this.since = since;
            this.timeoutNanos = timeoutNanos;
            this.isLast = isLast;
        }
    }
}
