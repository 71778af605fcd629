package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.it.ServerStatus;
import org.hpqr.it.web.WebClient;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The database is stopped, killed and started again while the server runs: no wrong answer, and no restart of the server.
 * {@code -Dit.restarts=100} does it so often.
 */
@Order(2)
class DatabaseFaultIT {

    private static final String UID_HELD = SampleProtocols.CHEST_XRAY_UID;
    /** A700 out of resources; of a retrieve A701, A702, B000 (PS3.4 K.4-1, C.4-2, C.4-3, GG.4-1). */
    private static final Set<Integer> STORE_OR_FIND = Set.of(0, 0xA700);
    private static final Set<Integer> RETRIEVE = Set.of(0, 0xA701, 0xA702, 0xB000);
    private static final int STORES_BETWEEN = 100;
    private static final int RESTARTS = Integer.getInteger("it.restarts", 2);
    private static final int VERSIONED = 3;
    private static final int LAST_LINES = 200;

    /** With its log, if something fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path data;

    private ServerDatabase.OfServer database;
    private Destination destination;
    private StandaloneServer server;

    /** The servers that can be stopped. */
    enum Product {
        POSTGRESQL {
            @Override
            ServerDatabase.OfServer start() throws Exception {
                return ServerDatabase.postgresql();
            }
        },
        MARIADB {
            @Override
            ServerDatabase.OfServer start() throws Exception {
                return ServerDatabase.mariaDb();
            }
        };

        abstract ServerDatabase.OfServer start() throws Exception;
    }

    private void use(Product product) throws Exception {
        database = product.start();
        destination = new Destination();
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.put("HPQR_MOVE_DESTINATIONS", Destination.AE_TITLE + "=127.0.0.1:" + destination.port);
        server = StandaloneServer.start(data, variables);
    }

    @AfterEach
    void stop() {
        if (server != null)
            server.close();
        if (destination != null)
            destination.close();
        if (database != null)
            database.close();
    }

    private void whatNeedsTheDatabaseFailsWhileItIsStoppedAndSucceedsWhenItIsBack() throws Exception {
        WebClient web = new WebClient(server.awaitWeb());
        try (Peer peer = new Peer(server.port())) {
            assertEquals("0000 0000 0000 0000", statuses(peer));
            assertEquals("200 200 200 200 204", statuses(web));

            database.server.stop();
            assertEquals("A700 A700 A701 A701", statuses(peer));
            assertEquals("503 503 503 503 503", statuses(web));
            assertEquals("5", WebClient.header(web.get("/hanging-protocols", WebClient.JSON), "retry-after"));

            database.server.start();
            assertEquals("0000 0000 0000 0000", statuses(peer), "on the same association, at once");
            assertEquals("200 200 200 200 204", statuses(web));
        }
    }

    private void databaseThatDoesNotAnswerIsNamed() throws Exception {
        ServerStatus status = new ServerStatus(data);
        Await.untilTrue("the status is told", () -> status.metrics().contains("hpqr_up 1"));

        database.server.stop();
        Await.untilTrue("the database is missed", () -> status.metrics().contains("hpqr_up 0"));
        status.assertStatus(1, "database: it does not answer", "listener: healthy");

        database.server.start();
        Await.untilTrue("the database is there again", () -> status.metrics().contains("hpqr_up 1"));
    }

    /** Of a search, a retrieve, a store, a history and a restore. */
    private static String statuses(WebClient web) throws Exception {
        String path = "/hanging-protocols/" + UID_HELD;
        byte[] file = new StoredObject(UID.ExplicitVRLittleEndian, null,
                DatasetCodec.encode(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian)).toFile(UID.HangingProtocolStorage, UID_HELD);
        return Stream.of(web.get("/hanging-protocols", WebClient.JSON), web.get(path, WebClient.JSON), web.post(path, WebClient.DICOM, file),
                web.get(path + "/history", "application/json"), web.send("POST", path + "/restore", null))
                .map(response -> String.valueOf(response.statusCode())).collect(Collectors.joining(" "));
    }

    /** Of a store, a find, a get and a move. */
    private static String statuses(Peer peer) throws Exception {
        return String.format("%04X %04X %04X %04X", peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status(),
                peer.find(identifier()).last().status(), peer.get(Peer.uids(UID_HELD)).last().status(),
                peer.move(Peer.uids(UID_HELD), Destination.AE_TITLE).last().status());
    }

    private static Attributes identifier() {
        Attributes identifier = new Attributes();
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        return identifier;
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerIsWrongAndNothingAcknowledgedIsLostWhenItIsStoppedAndKilled(Product product) throws Exception {
        use(product);
        try {
            if (product == Product.POSTGRESQL) {
                whatNeedsTheDatabaseFailsWhileItIsStoppedAndSucceedsWhenItIsBack();
                databaseThatDoesNotAnswerIsNamed();
            }
            killUnderWork(product);
        } catch (Exception | AssertionError e) {
            List<String> lines = server.process().lines();
            e.addSuppressed(new AssertionError("data in " + data + "; the server said last:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))));
            throw e;
        }
        assertEquals(List.of(), server.process().lines().stream().filter(line -> line.startsWith("\tat ")).limit(LAST_LINES).toList(),
                "stack traces, of which peers could have as many written as they like");
    }

    private void killUnderWork(Product product) throws Exception {
        Journal journal = new Journal();
        List<StoreStream> streams = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++)
            streams.add(new StoreStream(seed, journal).to(server.port(), 0.5).tolerating(0xA700));
        try (Peer peer = new Peer(server.port())) {
            journal.begin(UID_HELD, ServedObjects.digest(SampleProtocols.chestXray()));
            assertEquals(0, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());
            journal.acknowledge(UID_HELD);
        }
        ExecutorService peers = Executors.newCachedThreadPool();
        AtomicBoolean over = new AtomicBoolean();
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (StoreStream stream : streams)
                ends.add(peers.submit(stream));
            ends.add(peers.submit(() -> read(over)));

            for (int i = 1; i <= VERSIONED; i++)
                ends.add(peers.submit(new VersionedStores("2.25." + i, server.port(), over)));

            for (int restart = 1; restart <= RESTARTS; restart++) {
                journal.awaitAcknowledgements(journal.acknowledgements() + STORES_BETWEEN);
                if (restart % 3 == 1)
                    database.server.stop();
                else
                    database.server.kill();
                database.server.start();
                for (Future<Void> end : ends)
                    if (end.isDone()) {
                        end.get();
                        fail("the association of a peer is lost");
                    }
            }
            journal.awaitAcknowledgements(journal.acknowledgements() + STORES_BETWEEN);
            System.out.printf("%s: %d restarts, %d stores acknowledged%n", product, RESTARTS, journal.acknowledgements());

            streams.forEach(StoreStream::end);
            over.set(true);
            for (Future<Void> end : ends)
                end.get(120, TimeUnit.SECONDS);
        } finally {
            peers.shutdownNow();
        }
        try (Peer peer = new Peer(server.port())) {
            Set<String> found = ServedObjects.found(peer);
            for (int i = 1; i <= VERSIONED; i++)
                assertTrue(found.remove("2.25." + i), "stored by VersionedStores, which looks at it, too");
            journal.compare(found, ServedObjects.got(peer, found));
        }
    }

    private Void read(AtomicBoolean over) throws Exception {
        try (Peer peer = new Peer(server.port())) {
            while (!over.get()) {
                assertStatus(STORE_OR_FIND, "find", peer.find(identifier()).last());
                assertStatus(RETRIEVE, "get", peer.get(Peer.uids(UID_HELD)).last());
                assertStatus(RETRIEVE, "move", peer.move(Peer.uids(UID_HELD), Destination.AE_TITLE).last());
                peer.receiver.forget();
                destination.receiver.forget();
            }
            return null;
        }
    }

    private static void assertStatus(Set<Integer> allowed, String operation, Peer.Response response) {
        assertTrue(allowed.contains(response.status()), () -> operation + ": " + response.command());
    }
}
