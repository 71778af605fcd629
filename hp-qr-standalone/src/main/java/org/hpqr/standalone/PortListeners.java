package org.hpqr.standalone;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ports open. The toolkit's listener ends for good, with the port still bound, if accepting a connection fails once,
 * as it does when the process has no file descriptor left: then peers connect and are never answered. Here a listener
 * that ends is noticed and the port is opened anew.
 *
 * <p>It is the executor of the device: the first thing a {@link Connection} has executed while it binds is its listener.
 */
final class PortListeners implements Executor {

    /** Between the end of a listener and the next attempt. */
    static final long RETRY_MILLIS = 1_000;
    /** Attempts in a row that come to nothing before the port is given up. */
    static final int MAX_ATTEMPTS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(PortListeners.class);
    private static final long LASTING_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Runnable onLost;
    private final ThreadLocal<Connection> binding = new ThreadLocal<>();
    private final Map<Connection, Integer> attempts = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param onLost called when a port is given up: the server is of no use any more */
    PortListeners(Executor threads, ScheduledExecutorService timer, Runnable onLost) {
        this.threads = threads;
        this.timer = timer;
        this.onLost = onLost;
    }

    @Override
    public void execute(Runnable task) {
        Connection port = binding.get();
        threads.execute(port == null ? task : () -> listen(port, task));
    }

    /**
     * Opens a port, and keeps it open until {@link #stop}.
     *
     * @throws IOException it cannot be opened
     */
    void bind(Connection port) throws IOException, GeneralSecurityException {
        binding.set(port);
        try {
            port.bind();
        } finally {
            binding.remove();
        }
    }

    /** The ports are about to be closed. */
    void stop() {
        stopped = true;
    }

    private void listen(Connection port, Runnable listener) {
        long since = System.nanoTime();
        try {
            listener.run();
        } finally {
            if (System.nanoTime() - since > LASTING_NANOS)
                attempts.remove(port);
            tryAgainLater(port);
        }
    }

    private void tryAgainLater(Connection port) {
        if (stopped)
            return;
        int attempt = attempts.merge(port, 1, Integer::sum);
        if (attempt > MAX_ATTEMPTS) {
            LOG.error("Port {} no longer accepts connections and could not be reopened", port.getPort());
            onLost.run();
            return;
        }
        LOG.error("Port {} no longer accepts connections: reopening it, attempt {}", port.getPort(), attempt);
        try {
            timer.schedule(() -> reopen(port), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is going down", e);
        }
    }

    private void reopen(Connection port) {
        if (stopped)
            return;
        try {
            port.unbind();
            bind(port);
            LOG.info("hp-qr listening again on port {}", port.getPort());
        } catch (IOException | GeneralSecurityException | RuntimeException | Error e) {
            LOG.warn("Port {} could not be reopened: {}", port.getPort(), e.toString());
            tryAgainLater(port);
        }
    }
}
