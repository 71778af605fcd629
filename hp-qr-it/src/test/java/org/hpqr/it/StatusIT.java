package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.database.DatabaseServer;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.database.StoredContent;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator sees of the health of the server, and his monitoring of its work. */
@Order(1)
class StatusIT {

    private static final Path SAMPLES = Path.of(System.getProperty("it.sources"), "samples");
    private static final Path SCRIPT = Path.of(System.getProperty("it.server"), "bin", "hp-qr-status.sh").toAbsolutePath();

    @TempDir
    private Path data;

    @Test
    void statusTellsWhatIsHealthyAndWhatFails() throws Exception {
        Path sample = SAMPLES.resolve("chest-xray.dcm").toAbsolutePath();
        assertStatus(2, "not running: there is no " + data + "/hp-qr.prom");
        try (StandaloneServer server = StandaloneServer.start(data, Map.of())) {
            Await.untilTrue("the status is told", () -> Files.exists(file()));
            assertStatus(0, "database: healthy", "integrity: healthy", "listener: healthy");

            Dcmtk.store(server.port(), "-xe", List.of(sample));
            Odil.responses(server.port(), "find");
            Odil.responses(server.port(), "get");
            Await.untilTrue("operations are counted", () -> metrics().containsAll(List.of(
                    "hpqr_operations_total{operation=\"store\",status=\"0000\"} 1",
                    "hpqr_operations_total{operation=\"find\",status=\"0000\"} 1",
                    "hpqr_operations_total{operation=\"get\",status=\"A900\"} 1",
                    "hpqr_operation_seconds_count{operation=\"store\"} 1", "hpqr_objects 1", "hpqr_up 1")));
            assertPrinted(metrics());

            assertEquals(0, server.stop());
        }
        assertFalse(Files.exists(file()));
        assertStatus(2, "not running: there is no " + data + "/hp-qr.prom");
        damagedObjectIsNamedThoughNobodyRetrievesIt(sample);
    }

    @Test
    void databaseThatDoesNotAnswerIsNamed() throws Exception {
        assumeTrue(PostgresServer.isInstalled(), "NOT TESTED: PostgreSQL is not there");
        try (PostgresServer database = new PostgresServer()) {
            database.execute("CREATE DATABASE hpqr");
            Map<String, String> variables = Map.of("HPQR_DB", "postgresql", "HPQR_DB_URL", database.url("hpqr"), "HPQR_DB_USER",
                    DatabaseServer.USER);
            try (StandaloneServer server = StandaloneServer.start(data, variables)) {
                Await.untilTrue("the status is told", () -> metrics().contains("hpqr_up 1"));

                database.stop();
                Await.untilTrue("the database is missed", () -> metrics().contains("hpqr_up 0"));
                assertStatus(1, "database: it does not answer", "listener: healthy");

                database.start();
                Await.untilTrue("the database is there again", () -> metrics().contains("hpqr_up 1"));
                assertEquals(0, server.stop());
            }
        }
    }

    /** The server is killed at the end. */
    private void damagedObjectIsNamedThoughNobodyRetrievesIt(Path sample) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("hp-qr"), "sa", "sa");
             Statement statement = connection.createStatement()) {
            StoredContent.damage(connection, Dcmtk.sopInstanceUid(sample));
            // it may have been read before it was damaged
            statement.execute("UPDATE hp_integrity_check SET begun_millis = NULL, checked = 0, last_pk = 0");
        }
        try (StandaloneServer server = StandaloneServer.start(data, Map.of())) {
            server.process().awaitLine(line -> line.contains("ERROR") && line.contains(Dcmtk.sopInstanceUid(sample)));
            Await.untilTrue("the damage is told", () -> metrics().contains("hpqr_objects_damaged 1"));
            assertStatus(1, "database: healthy", "listener: healthy", "integrity: 1 damaged objects: " + Dcmtk.sopInstanceUid(sample));
            long process = server.java().pid();
            List<ProcessHandle> processes = server.process().handles();

            server.kill();

            Await.untilTrue("nothing is left", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
            assertStatus(2, "not running: its process " + process + " has ended without removing " + file());
        }
    }

    /** Of the future: the clock was set back. */
    @ParameterizedTest
    @ValueSource(ints = {-5, 5})
    void statusThatIsNotOfNowTellsThatTheServerHangs(int minutes) throws IOException {
        try (ExternalProcess hanging = new ExternalProcess(data, Map.of(), List.of("bash", "-c", "echo $$; read", "hanging",
                "-Djboss.server.data.dir=" + data))) {
            Files.writeString(file(), "# process " + hanging.awaitLine(line -> true) + "\nhpqr_up 1\n");
            Files.setLastModifiedTime(file(), FileTime.from(Instant.now().plus(minutes, ChronoUnit.MINUTES)));

            List<String> lines = assertStatus(2);

            assertTrue(lines.get(0).startsWith("not running, or hanging: "), lines::toString);
        }
    }

    private Path file() {
        return data.resolve("hp-qr.prom");
    }

    /** What the script prints, without its cost: this is asked until something is told. */
    private List<String> metrics() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers may be those of a later time. */
    private void assertPrinted(List<String> lines) {
        try (ExternalProcess status = status("--metrics")) {
            assertEquals(0, status.awaitEnd(), status::output);
            assertEquals(names(lines), names(status.lines()));
        }
    }

    private static List<String> names(List<String> metrics) {
        return metrics.stream().map(line -> line.replaceFirst(" [^ ]*$", "")).toList();
    }

    private List<String> assertStatus(int code, String... lines) {
        try (ExternalProcess status = status()) {
            assertEquals(code, status.awaitEnd(), status::output);
            assertTrue(status.lines().containsAll(List.of(lines)), status::output);
            return status.lines();
        }
    }

    private ExternalProcess status(String... options) {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(options));
        return new ExternalProcess(data, Map.of("HPQR_DATA", data.toString()), command);
    }
}
