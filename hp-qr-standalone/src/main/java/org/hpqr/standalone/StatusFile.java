package org.hpqr.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health and metrics as a file, made anew every few seconds while the server runs: to be read by {@code hp-qr-status.sh}, or
 * by a Prometheus node exporter. That needs no port, no password and no tool. It names the process, so that a reader sees
 * whether that still runs, and what is old tells that the server hangs.
 */
final class StatusFile {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final long INTERVAL_SECONDS = 10;

    private final Path file;
    private final Supplier<String> text;
    private final ScheduledThreadPoolExecutor thread;

    StatusFile(Path file, Supplier<String> text, ThreadFactory threadFactory) {
        this.file = file;
        this.text = text;
        this.thread = new ScheduledThreadPoolExecutor(1, threadFactory);
    }

    void start() {
        thread.scheduleWithFixedDelay(this::write, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes the file away, so that nobody reads what is no longer so. */
    void stop() throws InterruptedException, IOException {
        thread.shutdownNow();
        thread.awaitTermination(INTERVAL_SECONDS, TimeUnit.SECONDS);
        Files.deleteIfExists(file);
    }

    void write() {
        try {
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(temporary, "# process " + ProcessHandle.current().pid() + '\n' + text.get());
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error e) {
            // an Error, too: an executor never again calls what has failed once
            LOG.warn("Writing {} failed: {}", file, e.toString());
        }
    }
}
