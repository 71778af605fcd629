package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.dcm4che3.net.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the health of the server is made of. */
class ProbesTest {

    private static final String WRITTEN = "# process " + ProcessHandle.current().pid() + "\nfine\n";

    @TempDir
    private Path directory;

    @Test
    void portsOfAServerThatRunsAreAnswered() throws Exception {
        DicomServer server = new DicomServer(TestConfiguration.of(Map.of()), null, Logins.NONE, List.of(), Thread::new);
        server.start();
        try {
            assertEquals("", ListenerProbe.problem(server.ports()));
            assertEquals(0, server.counts().get("connections_total"), "it is no peer");
        } finally {
            server.stop();
        }
        assertFalse(ListenerProbe.problem(server.ports()).isEmpty());
    }

    /** It comes every few seconds for ever; what the toolkit's listener logs of it is switched off in the server's configuration. */
    @Test
    void probeLeavesNothingInTheLog() throws Exception {
        ThreadGroup threads = new ThreadGroup("server");
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (Thread.currentThread().getThreadGroup() == threads && line.getLevel().intValue() >= Level.INFO.intValue()
                        && !line.getLoggerName().equals("org.dcm4che3.net.TCPListener"))
                    lines.add(line.getLoggerName() + ' ' + line.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger("org");
        logger.addHandler(log);
        try {
            DicomServer server = new DicomServer(TestConfiguration.of(Map.of()), null, Logins.NONE, List.of(),
                    task -> new Thread(threads, task));
            server.start();
            try {
                ListenerProbe.problem(server.ports());
            } finally {
                // ends the threads
                server.stop();
            }
        } finally {
            logger.removeHandler(log);
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void portThatOnlyTheKernelAnswersIsNot() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Connection port = new Connection("dicom", "127.0.0.1", nobody.getLocalPort());

            assertTrue(ListenerProbe.problem(List.of(port)).startsWith("port " + nobody.getLocalPort() + " is not answered"));
        }
    }

    @Test
    void statusFileIsThereWhileTheServerRuns() throws Exception {
        Path file = directory.resolve("status");
        StatusFile status = new StatusFile(file, () -> "fine\n", Thread::new);

        status.write();
        assertEquals(WRITTEN, Files.readString(file));

        status.stop();
        assertFalse(Files.exists(file));
    }

    @Test
    void statusThatCannotBeToldLeavesTheOldFileToAge() throws Exception {
        Path file = directory.resolve("status");
        AtomicInteger calls = new AtomicInteger();
        StatusFile status = new StatusFile(file, () -> {
            if (calls.incrementAndGet() > 1)
                throw new IllegalStateException("broken");
            return "fine\n";
        }, Thread::new);
        status.write();

        status.write();

        assertEquals(WRITTEN, Files.readString(file));
        status.stop();
    }
}
