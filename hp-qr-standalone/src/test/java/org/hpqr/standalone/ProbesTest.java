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
import java.util.concurrent.atomic.AtomicInteger;
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
            assertEquals(1, server.counts().get("connections_total"));
        } finally {
            server.stop();
        }
        assertFalse(ListenerProbe.problem(server.ports()).isEmpty());
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
