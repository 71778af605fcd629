package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.database.StoredContent;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator sees of the health of the server, and his monitoring of its work. */
@Order(1)
class StatusIT {

    private static final Path SAMPLES = Path.of(System.getProperty("it.sources"), "samples");

    @TempDir
    private Path data;
    private ServerStatus status;

    @BeforeEach
    void find() {
        status = new ServerStatus(data);
    }

    @Test
    void statusTellsWhatIsHealthyAndWhatFails() throws Exception {
        Path sample = SAMPLES.resolve("chest-xray.dcm").toAbsolutePath();
        status.assertStatus(2, "not running: there is no " + data + "/hp-qr.prom");
        try (StandaloneServer server = StandaloneServer.start(data, Map.of())) {
            Await.untilTrue("the status is told", () -> Files.exists(status.file()));
            status.assertStatus(0, "database: healthy", "integrity: healthy", "listener: healthy");

            Dcmtk.store(server.port(), "-xe", List.of(sample));
            Odil.responses(server.port(), "find");
            Odil.responses(server.port(), "get");
            Await.untilTrue("operations are counted", () -> status.metrics().containsAll(List.of(
                    "hpqr_operations_total{operation=\"store\",status=\"0000\"} 1",
                    "hpqr_operations_total{operation=\"find\",status=\"0000\"} 1",
                    "hpqr_operations_total{operation=\"get\",status=\"A900\"} 1",
                    "hpqr_operation_seconds_count{operation=\"store\"} 1", "hpqr_objects 1", "hpqr_up 1")));
            assertPrinted(status.metrics());

            assertEquals(0, server.stop());
        }
        assertFalse(Files.exists(status.file()));
        status.assertStatus(2, "not running: there is no " + data + "/hp-qr.prom");
        damagedObjectIsNamedThoughNobodyRetrievesIt(sample);
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
            Await.untilTrue("the damage is told", () -> status.metrics().contains("hpqr_objects_damaged 1"));
            status.assertStatus(1, "database: healthy", "listener: healthy", "integrity: 1 damaged objects: " + Dcmtk.sopInstanceUid(sample));
            long process = server.java().pid();
            List<ProcessHandle> processes = server.process().handles();

            server.kill();

            Await.untilTrue("nothing is left", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
            status.assertStatus(2, "not running: its process " + process + " has ended without removing " + status.file());
        }
    }

    /** Of the future: the clock was set back. */
    @ParameterizedTest
    @ValueSource(ints = {-5, 5})
    void statusThatIsNotOfNowTellsThatTheServerHangs(int minutes) throws IOException {
        try (ExternalProcess hanging = new ExternalProcess(data, Map.of(), List.of("bash", "-c", "echo $$; read", "hanging",
                "-Djboss.server.data.dir=" + data))) {
            Files.writeString(status.file(), "# process " + hanging.awaitLine(line -> true) + "\nhpqr_up 1\n");
            Files.setLastModifiedTime(status.file(), FileTime.from(Instant.now().plus(minutes, ChronoUnit.MINUTES)));

            List<String> lines = status.assertStatus(2);

            assertTrue(lines.get(0).startsWith("not running, or hanging: "), lines::toString);
        }
    }

    /** The numbers may be those of a later time. */
    private void assertPrinted(List<String> lines) {
        try (ExternalProcess printed = status.script("--metrics")) {
            assertEquals(0, printed.awaitEnd(), printed::output);
            assertEquals(names(lines), names(printed.lines()));
        }
    }

    private static List<String> names(List<String> metrics) {
        return metrics.stream().map(line -> line.replaceFirst(" [^ ]*$", "")).toList();
    }
}
