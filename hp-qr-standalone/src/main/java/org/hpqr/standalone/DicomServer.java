package org.hpqr.standalone;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.hpqr.dimse.SocketWatchdog;
import org.hpqr.standalone.socket.DicomPort;
import org.hpqr.standalone.socket.PeerSockets;
import org.hpqr.standalone.socket.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DICOM port while the server runs: the device, its threads, and an orderly end.
 *
 * <p>An association keeps a thread as long as it is open, and each C-FIND, C-MOVE and C-GET has another; so threads are
 * made on demand and never waited for in a queue, where an operation would starve behind associations that are idle.
 */
final class DicomServer {

    private static final Logger LOG = LoggerFactory.getLogger(DicomServer.class);

    /** Of one association: its reader, its operation, and for a C-MOVE connecting to and reading from the destination. */
    private static final int THREADS_PER_ASSOCIATION = 4;
    /** The listener, and connections that are yet to be rejected. */
    private static final int OTHER_THREADS = 64;
    private static final int TIMEOUT_THREADS = 2;
    private static final long IDLE_THREAD_SECONDS = 10;

    private static final long POLL_MILLIS = 50;
    /** After an operation has ended, its last response may still be on its way to the socket. */
    private static final int QUIET_POLLS = 2;
    private static final Duration END_OF_THREADS = Duration.ofSeconds(3);

    private static final List<Dimse> REQUESTS = List.of(Dimse.C_ECHO_RQ, Dimse.C_STORE_RQ, Dimse.C_FIND_RQ,
            Dimse.C_MOVE_RQ, Dimse.C_GET_RQ);
    private static final List<Dimse> RESPONSES = List.of(Dimse.C_ECHO_RSP, Dimse.C_STORE_RSP, Dimse.C_FIND_RSP,
            Dimse.C_MOVE_RSP, Dimse.C_GET_RSP);

    private final PeerSockets peers;
    private final SocketWatchdog watchdog = new SocketWatchdog();
    private final Device device;
    private final Duration shutdownTimeout;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timeouts;
    /** Of its own: what ends writes that are blocked must not wait for time limits, which wait for such writes. */
    private final ScheduledThreadPoolExecutor looking;
    private final PortListeners listeners;

    /**
     * Makes a server that does not listen yet.
     *
     * @param tls      {@code null} for none
     * @param logins   of the users that peers name
     * @param services what the device serves besides C-ECHO
     */
    DicomServer(Configuration configuration, Tls tls, Logins logins, Iterable<DicomService> services, ThreadFactory threadFactory) {
        peers = new PeerSockets(configuration.get(ServerSettings.MAX_CONNECTIONS_PER_HOST));
        device = StandaloneDevice.of(configuration, peers, watchdog, tls, logins);
        shutdownTimeout = Duration.ofSeconds(configuration.get(ServerSettings.SHUTDOWN_TIMEOUT));
        threads = new ThreadPoolExecutor(0,
                THREADS_PER_ASSOCIATION * configuration.get(ServerSettings.MAX_ASSOCIATIONS) + OTHER_THREADS,
                IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threadFactory);
        timeouts = new ScheduledThreadPoolExecutor(TIMEOUT_THREADS, threadFactory);
        timeouts.setRemoveOnCancelPolicy(true);
        looking = new ScheduledThreadPoolExecutor(1, threadFactory);
        listeners = new PortListeners(threads, timeouts, () -> ServerProcess.fail(LOG,
                new ConfigurationException("the DICOM port failed and could not be reopened")));
        device.setExecutor(listeners);
        device.setScheduledExecutor(timeouts);
        DicomServiceRegistry registry = new DicomServiceRegistry();
        registry.addDicomService(new VerificationScp());
        services.forEach(registry::addDicomService);
        device.setDimseRQHandler(registry);
    }

    /**
     * Opens the ports.
     *
     * @throws ConfigurationException the address or the port cannot be used
     */
    void start() {
        List<Connection> ports = ports();
        if (ports.isEmpty())
            throw new ConfigurationException(ServerSettings.key(ServerSettings.PORT) + ", "
                    + ServerSettings.key(TlsSettings.PORT) + ": both are 0: no port to listen on");
        looking.scheduleWithFixedDelay(watchdog::closeOverdue, 1, 1, TimeUnit.SECONDS);
        ports.forEach(this::bind);
        String title = device.getApplicationAETitles().iterator().next();
        ports.forEach(port -> LOG.info("hp-qr listening: AE title {} on {}{}", title, address(port),
                ((DicomPort) port).hasTls() ? " with TLS" : ""));
    }

    private void bind(Connection port) {
        try {
            listeners.bind(port);
        } catch (IOException | GeneralSecurityException e) {
            stop();
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException(ServerSettings.key(ServerSettings.BIND_ADDRESS) + ", "
                    + ServerSettings.key(((DicomPort) port).hasTls() ? TlsSettings.PORT : ServerSettings.PORT)
                    + ": cannot listen on " + address(port) + ": " + reason.getMessage(), e);
        }
    }

    private static String address(Connection port) {
        String host = port.getBindAddress();
        return (host.indexOf(':') < 0 || host.startsWith("[") ? host : '[' + host + ']') + ':' + port.getPort();
    }

    /**
     * Closes the port, gives operations under way their time, ends associations and threads. The calling thread waits
     * for all that.
     */
    void stop() {
        listeners.stop();
        device.unbindConnections();
        try {
            if (!awaitOperations())
                LOG.warn("Aborting operations that did not end within {} s", shutdownTimeout.toSeconds());
            for (Association association : device.listOpenAssociations())
                association.abort();
            endThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while operations were ending");
            threads.shutdownNow();
            timeouts.shutdownNow();
            looking.shutdownNow();
        }
        LOG.info("hp-qr stopped listening");
    }

    /** The ports it listens on. */
    List<Connection> ports() {
        return device.listConnections().stream().filter(Connection::isServer).toList();
    }

    /** Associations and connections, by the names they are shown under. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("associations_open", (long) device.getNumberOfOpenAssociations());
        counts.put("connections_open", (long) peers.size());
        counts.put("connections_total", peers.added());
        counts.put("connections_refused_total", peers.refused());
        return counts;
    }

    /** The device, for tests. */
    Device device() {
        return device;
    }

    private boolean awaitOperations() throws InterruptedException {
        long end = System.nanoTime() + shutdownTimeout.toNanos();
        int quiet = 0;
        while (quiet < QUIET_POLLS) {
            quiet = isOperating() ? 0 : quiet + 1;
            if (System.nanoTime() - end > 0)
                return quiet > 0;
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Requests without a final response, or tasks besides those that read associations. */
    private boolean isOperating() {
        Association[] associations = device.listOpenAssociations();
        for (Association association : associations) {
            int received = REQUESTS.stream().mapToInt(association::getNumberOfReceived).sum();
            int answered = RESPONSES.stream().mapToInt(association::getNumberOfSent).sum();
            if (received > answered)
                return true;
        }
        return threads.getActiveCount() > associations.length;
    }

    private void endThreads() throws InterruptedException {
        threads.shutdown();
        // What is left waits for a peer: in a read that the abort has ended, or in a write that only closing ends.
        if (!hasEnded(threads)) {
            for (Association association : device.listOpenAssociations())
                close(association);
            peers.close();
            threads.shutdownNow();
            if (!hasEnded(threads))
                LOG.warn("{} threads did not end", threads.getActiveCount());
        }
        // last, for it closes the sockets of aborted associations
        timeouts.shutdownNow();
        looking.shutdownNow();
        if (!hasEnded(timeouts) || !hasEnded(looking))
            LOG.warn("The timer threads did not end");
    }

    private static boolean hasEnded(ExecutorService executor) throws InterruptedException {
        return executor.awaitTermination(END_OF_THREADS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(Association association) {
        try {
            association.getSocket().close();
        } catch (IOException e) {
            LOG.debug("{}: closing the socket failed", association, e);
        }
    }
}
