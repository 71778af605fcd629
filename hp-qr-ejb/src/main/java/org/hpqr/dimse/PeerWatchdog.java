package org.hpqr.dimse;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Association;
import org.hpqr.dimse.SocketWatchdog.Transfer;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the association of a peer that does not read what is sent to it, or does not end an association that is to end,
 * within {@link HpSettings#SEND_TIMEOUT}, or does not send a data set that it has announced within
 * {@link HpSettings#RECEIVE_TIMEOUT}.
 */
@ApplicationScoped
public class PeerWatchdog {

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatchdog.class);

    private static final String READS_NOTHING = "does not read (send-timeout)";

    private final SocketWatchdog sockets = new SocketWatchdog();

    @Resource
    private ManagedThreadFactory threadFactory;

    private ScheduledExecutorService scheduler;
    private ScheduledExecutorService ownScheduler;
    private ScheduledFuture<?> looking;
    private Settings settings;

    /** For the container. */
    public PeerWatchdog() {
    }

    @Inject
    PeerWatchdog(Settings settings) {
        this.settings = settings;
    }

    /** For use outside a container: to be {@linkplain #start started} and {@linkplain #stop stopped}. */
    public PeerWatchdog(Settings settings, ScheduledExecutorService scheduler) {
        this(settings);
        this.scheduler = scheduler;
    }

    /** Begins to look. */
    @PostConstruct
    public void start() {
        // Not the server's scheduled executor: it drops a task for good that comes up while the server is suspended.
        if (scheduler == null)
            scheduler = ownScheduler = new ScheduledThreadPoolExecutor(1, threadFactory);
        looking = scheduler.scheduleWithFixedDelay(sockets::closeOverdue, 1, 1, TimeUnit.SECONDS);
    }

    /** Looks no more. */
    @PreDestroy
    public void stop() {
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
     * Runs {@code writing} under watch. If it fails in any other way than by the loss of the association, the association
     * is aborted: part of a message may have been written, and nothing could be sent after that.
     *
     * @throws IOException as {@code writing} does; also when the socket was closed under it, or it failed otherwise
     */
    public <E extends Exception> void watch(Association association, Writing<E> writing) throws IOException, E {
        try {
            watched(begin(association, HpSettings.SEND_TIMEOUT, READS_NOTHING), () -> {
                writing.write();
                return null;
            });
        } catch (IOException e) {
            if (association.isReadyForDataTransfer())
                abortAfter(e, association);
            throw e;
        } catch (RuntimeException e) {
            abortAfter(e, association);
            throw new IOException("writing failed", e);
        } catch (Error e) {
            abortAfter(e, association);
            throw e;
        }
    }

    private void abortAfter(Throwable failure, Association association) throws IOException {
        LOG.warn("{}: aborted, as writing a message failed: {}", LogName.of(association), failure.toString());
        LOG.debug("{}: writing failed", LogName.of(association), failure);
        abort(association);
    }

    /** Something that reads what the peer has announced, and blocks until it has come. */
    @FunctionalInterface
    public interface Reading<T, E extends Exception> {
        T read() throws IOException, E;
    }

    /**
     * Runs {@code reading} under watch.
     *
     * @throws IOException as {@code reading} does; also when the socket was closed under it
     */
    public <T, E extends Exception> T watchReading(Association association, Reading<T, E> reading) throws IOException, E {
        return watched(begin(association, HpSettings.RECEIVE_TIMEOUT, "does not send the data set (receive-timeout)"), reading);
    }

    private Transfer begin(Association association, Setting<Integer> timeout, String fault) {
        Duration limit = Duration.ofSeconds(settings.get(timeout, association.getLocalAET()));
        return sockets.begin(association.getSocket(), limit, () -> LogName.of(association), fault);
    }

    private static <T, E extends Exception> T watched(Transfer transfer, Reading<T, E> work) throws IOException, E {
        try {
            return work.read();
        } finally {
            transfer.end();
        }
    }

    /** Asks for the release of an association; one that has not ended after the same time is closed. */
    public void release(Association association) throws IOException {
        watch(association, association::release);
        begin(association, HpSettings.SEND_TIMEOUT, "does not end the association");
    }

    /** Aborts an association; it has ended at the latest after the same time. */
    public void abort(Association association) throws IOException {
        watched(begin(association, HpSettings.SEND_TIMEOUT, READS_NOTHING), () -> {
            association.abort();
            return null;
        });
        begin(association, HpSettings.SEND_TIMEOUT, "does not end the association");
    }
}
