package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.dicom.Workstation;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server process from its start to its end, in good and bad circumstances. */
@Order(1)
class LifecycleIT {

    @TempDir
    private Path data;

    @Test
    void terminatedServerLeavesNoProcessAndFindsEverythingAgainWhenRestarted() throws Exception {
        List<Path> samples = dicomFiles();
        try (StandaloneServer server = StandaloneServer.start(data, Map.of())) {
            Dcmtk.store(server.port(), "-xe", samples);
            List<ProcessHandle> processes = server.process().handles();
            assertTrue(processes.size() > 1, "Java, and what passes on its output");
            try (Workstation clients = new Workstation(server.port())) {
                clients.open();
                assertEquals(1, clients.echoAll());

                assertEquals(0, server.stop(), server.process()::output);
            }
            Await.untilTrue("nothing is left", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
            assertLogged(samples.size());
            assertEquals(0, server.process().lines().stream().filter(LifecycleIT::isOperation).count(), server.process()::output);
        }

        restartedServer(samples.size());
    }

    /** It finds everything again; operations are shown on a console that is no terminal, as is asked for; logs are rotated. */
    private void restartedServer(int stored) throws IOException {
        try (StandaloneServer server = StandaloneServer.start(data,
                Map.of("HPQR_CONSOLE_OPERATIONS", "true", "HPQR_LOG_SIZE", "4k", "HPQR_LOG_FILES", "2"))) {
            List<Odil.Response> found = Odil.responses(server.port(), "find");
            assertEquals(stored + 1, found.size());
            List<String> get = new ArrayList<>(List.of("get", "--directory", data.resolve("got").toString()));
            found.stream().limit(stored).forEach(match -> get.addAll(match.values("00080018")));
            List<Odil.Response> got = Odil.responses(server.port(), get.toArray(String[]::new));
            assertEquals(List.of(stored, 0, 0), got.get(got.size() - 1).counts());

            assertEquals(0, server.stop(), server.process()::output);
            assertEquals(2, server.process().lines().stream().filter(LifecycleIT::isOperation).count(), server.process()::output);
        }
        assertEquals(List.of("server.log", "server.log.1", "server.log.2"), logFiles(), "there was more to be written");
    }

    /** The stores. */
    private void assertLogged(int count) throws IOException {
        List<String> logged = Files.readAllLines(data.resolve("log/server.log"));
        assertEquals(count, logged.stream().filter(LifecycleIT::isOperation).count(), () -> String.join("\n", logged));
    }

    private static boolean isOperation(String line) {
        return line.contains("operation] ") && line.contains(" HPQR<-");
    }

    @Test
    void wrongSettingsStopTheStartWithOneMessageAboutThem() throws IOException {
        Files.writeString(data.resolve("hp-qr.properties"), "hpqr.prot = 104\n");

        try (StandaloneServer server = StandaloneServer.launch(data, Map.of("HPQR_PORT", "https"))) {
            assertEquals(1, server.process().awaitEnd());

            assertEquals("hp-qr cannot start: hpqr.prot: there is no such setting; hpqr.port: \"https\" is not allowed; "
                    + "allowed is 0 to 65535 (from EnvConfigSource)", lastLine(server));
            assertEquals(1, server.process().lines().stream().filter(line -> line.contains("ERROR")).count(),
                    server.process()::output);
            assertFalse(server.process().output().contains("\tat "), server.process()::output);
            assertTrue(server.process().lines().size() <= 10, server.process()::output);
        }
    }

    @Test
    void databaseThatCannotBeOpenedStopsTheStart() throws IOException {
        Files.createDirectory(data.resolve("hp-qr.mv.db"));
        try (StandaloneServer server = StandaloneServer.launch(data, Map.of())) {
            assertNotEquals(0, server.process().awaitEnd());

            assertTrue(lastLine(server).startsWith("hp-qr cannot start: the database (h2) cannot be used: "),
                    server.process()::output);
        }
    }

    private static String lastLine(StandaloneServer server) {
        List<String> lines = server.process().lines();
        return lines.get(lines.size() - 1);
    }

    private List<String> logFiles() throws IOException {
        try (var files = Files.list(data.resolve("log"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("server.log")).sorted().toList();
        }
    }

    private static List<Path> dicomFiles() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("it.sources"), "samples"))) {
            return files.map(Path::toAbsolutePath).toList();
        }
    }
}
