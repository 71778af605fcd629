package org.hpqr.it;

import static org.hpqr.it.Dcmtk.sopInstanceUid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpqr.it.Odil.Response;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.database.StoredContent;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * C-GET and C-MOVE of several objects by the provisioned server where not all goes well. The requester is odil, the
 * destination DCMTK's storescp: nobody here wrote them.
 */
@Order(2)
class RetrieveIT {

    private static final String EXPLICIT = "LittleEndianExplicit";
    private static final String FAILED_LIST = "00080058";
    private static final String NOT_HELD = "2.25.1";

    @TempDir
    private static Path data;

    private static final int DESTINATION_PORT = FreePort.find();

    private static StandaloneServer server;
    /** Stored in the server. */
    private static final List<String> UIDS = new ArrayList<>();
    /** Stored, too; its bytes are damaged. */
    private static String damaged;

    @TempDir
    private Path received;

    @BeforeAll
    static void startAndStore() throws Exception {
        Map<String, String> settings = Map.of("HPQR_MOVE_DESTINATIONS", "DEST=127.0.0.1:" + DESTINATION_PORT);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("it.sources"), "samples"));
             StandaloneServer first = StandaloneServer.start(data, settings)) {
            List<Path> samples = files.filter(file -> file.toString().endsWith(".dcm")).sorted().limit(5).toList();
            Dcmtk.store(first.port(), "-xe", samples);
            samples.forEach(sample -> UIDS.add(sopInstanceUid(sample)));
            damaged = UIDS.remove(4);
            first.stop();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("hp-qr"), "sa", "sa")) {
            StoredContent.damage(connection, damaged);
        }
        server = StandaloneServer.start(data, settings);
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    /** What is not stored is neither counted nor listed; an object whose bytes are damaged fails alone. */
    @ParameterizedTest
    @ValueSource(strings = {"get", "move"})
    void someFailB000(String operation) throws IOException {
        Path directory = Files.createDirectory(received.resolve("scp"));
        try (ExternalProcess destination = Dcmtk.storeScp(DESTINATION_PORT, EXPLICIT, directory)) {
            Response last = last(retrieve(operation, UIDS.get(0), NOT_HELD, damaged, UIDS.get(2)));
            assertEquals("B000", last.status(), destination::output);
            assertEquals(List.of(2, 1, 0), last.counts());
            assertEquals(List.of(damaged), last.values(FAILED_LIST));
        }
    }

    /** The destination refuses the association, takes no presentation context, or aborts at the first object. */
    @ParameterizedTest
    @CsvSource({EXPLICIT + ", --refuse", "1.2.840.10008.1.2.4.50, --verbose", EXPLICIT + ", --abort-after",
        EXPLICIT + ", --abort-during"})
    void destinationThatTakesNothingA702WithTheFailedList(String accepted, String option) {
        try (ExternalProcess destination = Dcmtk.storeScp(DESTINATION_PORT, accepted, received, List.of(option))) {
            Response last = last(retrieve("move", UIDS.toArray(String[]::new)));
            assertEquals("A702", last.status(), destination::output);
            assertEquals(List.of(0, UIDS.size(), 0), last.counts());
            assertEquals(UIDS, last.values(FAILED_LIST));
        }
    }

    @Test
    void destinationThatIsDownA702WithTheFailedList() {
        Response last = last(retrieve("move", UIDS.toArray(String[]::new)));
        assertEquals("A702", last.status());
        assertEquals(UIDS, last.values(FAILED_LIST));
    }

    @Test
    void unknownDestinationA801WithoutCounts() {
        Response last = last(Odil.responses(server.port(), "move", "--destination", "NOBODY", UIDS.get(0)));
        assertEquals("A801", last.status());
        assertEquals(List.of(-1, -1, -1), last.counts());
        assertEquals(List.of(), last.values(FAILED_LIST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "move"})
    void noneStoredIsASuccessOfNothing(String operation) {
        Response last = last(retrieve(operation, NOT_HELD));
        assertEquals("0000", last.status());
        assertEquals(List.of(0, 0, 0), last.counts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "move"})
    void pendingAfterEachSubOperationButTheLast(String operation) {
        try (ExternalProcess destination = Dcmtk.storeScp(DESTINATION_PORT, EXPLICIT, received)) {
            List<Response> responses = retrieve(operation, UIDS.toArray(String[]::new));
            assertEquals(List.of(3, 2, 1, -1), responses.stream().map(Response::remaining).toList(), destination::output);
            assertEquals(List.of("FF00", "FF00", "FF00", "0000"), responses.stream().map(Response::status).toList());
        }
    }

    /** Cancelled after the first of four; the second may be under way. The requester sets the pace of a C-GET itself. */
    @Test
    void cancelledGetEndsWithWhatIsUnderWay() {
        List<Response> responses = Odil.responses(server.port(), Stream.concat(
                Stream.of("--cancel-after", "1", "get", "--directory", received.toString()), UIDS.stream())
                .toArray(String[]::new));
        checkCancelled(last(responses));
    }

    /** The destination takes three seconds for each, so that odil has time to cancel on a busy machine, too. */
    @Test
    void cancelledMoveEndsWithWhatIsUnderWay() {
        try (ExternalProcess destination = Dcmtk.storeScp(DESTINATION_PORT, EXPLICIT, received, List.of("--sleep-after", "3"))) {
            List<Response> responses = Odil.responses(server.port(), Stream.concat(
                    Stream.of("--cancel-after", "1", "move", "--destination", "DEST"), UIDS.stream()).toArray(String[]::new));
            assertEquals("FE00", last(responses).status(), destination::output);
            checkCancelled(last(responses));
        }
    }

    private static void checkCancelled(Response last) {
        assertEquals("FE00", last.status());
        int completed = last.counts().get(0);
        assertTrue(completed == 1 || completed == 2, () -> "completed " + completed);
        assertEquals(List.of(completed, 0, 0), last.counts());
        assertEquals(UIDS.size() - completed, last.remaining());
        assertEquals(List.of(), last.values(FAILED_LIST), "what never began has not failed");
    }

    private List<Response> retrieve(String operation, String... uids) {
        List<String> command = new ArrayList<>(operation.equals("get") ? List.of("get", "--directory", received.toString())
                : List.of("move", "--destination", "DEST"));
        command.addAll(List.of(uids));
        return Odil.responses(server.port(), command.toArray(String[]::new));
    }

    private static Response last(List<Response> responses) {
        return responses.get(responses.size() - 1);
    }
}
