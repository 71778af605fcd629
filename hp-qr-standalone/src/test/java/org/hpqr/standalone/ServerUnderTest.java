package org.hpqr.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.service.DicomService;

/** A listening {@link DicomServer}, and what it logs at INFO and above. */
final class ServerUnderTest implements AutoCloseable {

    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    final DicomServer server;
    final int port;
    private final Log log = new Log();

    ServerUnderTest(Map<String, String> settings, DicomService... services) throws IOException {
        this(TestConfiguration.of(settings), Logins.NONE, services);
    }

    /** @param data directory where the users file is */
    ServerUnderTest(Map<String, String> settings, Path data, DicomService... services) throws IOException {
        this(TestConfiguration.of(settings), data, services);
    }

    private ServerUnderTest(Configuration configuration, Path data, DicomService... services) {
        this(configuration, Logins.of(configuration, data), services);
    }

    private ServerUnderTest(Configuration configuration, Logins logins, DicomService... services) {
        port = configuration.get(ServerSettings.PORT);
        server = new DicomServer(configuration, null, logins, List.of(services), Thread::new);
        server.start();
        Logger.getLogger("org").addHandler(log);
    }

    ApplicationEntity ae() {
        return server.device().getApplicationEntity("HPQR");
    }

    /** Waits for a line with this text. */
    void awaitLog(String text) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        StringBuilder seen = new StringBuilder();
        while (true) {
            String line = log.lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null)
                throw new AssertionError("no line with \"" + text + "\" among" + seen);
            if (line.contains(text))
                return;
            seen.append('\n').append(line);
        }
    }

    /** Waits until no association is open. */
    void awaitNoAssociation() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (server.device().getNumberOfOpenAssociations() > 0 || server.counts().get("connections_open") > 0) {
            if (System.nanoTime() - deadline > 0)
                throw new AssertionError("an association is still open");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void close() {
        Logger.getLogger("org").removeHandler(log);
        server.stop();
    }

    private static final class Log extends Handler {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final SimpleFormatter formatter = new SimpleFormatter();

        private Log() {
            setLevel(Level.INFO);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + formatter.formatMessage(line));
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
