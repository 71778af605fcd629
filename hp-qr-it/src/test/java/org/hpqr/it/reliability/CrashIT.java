package org.hpqr.it.reliability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hpqr.it.web.Histories;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed (SIGKILL) at random moments while peers store new objects, replace objects, or do both. Started
 * again without a hand, it holds what it acknowledged, and each object it finds it can send.
 *
 * <p>{@code -Dit.crash.rounds=100} kills it so often; {@code -Dit.crash.seed=...} repeats what was stored, though not the
 * moment of the kill to the microsecond.
 */
@Order(1)
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("it.crash.rounds", 2);
    private static final int PEERS = 4;
    private static final int MOST_ACKNOWLEDGEMENTS = 150;
    private static final int MOST_HISTORIES = 100;
    private static final long MOST_MICROSECONDS_LATER = 5_000;
    /** Shares of replacements, of one peer each, in turn: new objects only, nearly all replacements, mixed. */
    private static final double[] REPLACEMENTS = {0, 0.95, 0.5};

    private final long seed = Long.getLong("it.crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Journal journal = new Journal();

    /** With its log, if something fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path data;

    @Test
    void whatWasAcknowledgedSurvivesKillsOnH2() throws Exception {
        try (ServerDatabase database = ServerDatabase.h2()) {
            killRepeatedly(database, ROUNDS);
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesKillsOnPostgresql() throws Exception {
        try (ServerDatabase database = ServerDatabase.postgresql()) {
            killRepeatedly(database, ROUNDS);
        }
    }

    private void killRepeatedly(ServerDatabase database, int rounds) throws Exception {
        System.out.printf("%d kills, -Dit.crash.seed=%d, data in %s%n", rounds, seed, data);
        List<StoreStream> streams = new ArrayList<>();
        for (int i = 0; i < PEERS; i++)
            streams.add(new StoreStream(random.nextLong(), journal));
        int unanswered = 0;
        StandaloneServer server = StandaloneServer.start(data, database.variables());
        try {
            for (int round = 1; round <= rounds; round++) {
                storeUntilKilled(server, streams, round);
                unanswered += journal.unanswered();
                server = StandaloneServer.start(data, database.variables());
                int objects = compare(server);
                System.out.printf("kill %d: %d stores acknowledged so far, %d not answered, %d objects%n", round,
                        journal.acknowledgements(), unanswered, objects);
            }
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new AssertionError("the server said:\n" + server.process().output()));
            throw e;
        } finally {
            server.close();
        }
    }

    private void storeUntilKilled(StandaloneServer server, List<StoreStream> streams, int round) throws Exception {
        int before = journal.acknowledgements();
        ExecutorService peers = Executors.newFixedThreadPool(PEERS);
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < PEERS; i++)
                ends.add(peers.submit(streams.get(i).to(server.port(), REPLACEMENTS[(round + i) % REPLACEMENTS.length])));
            journal.awaitAcknowledgements(before + random.nextInt(MOST_ACKNOWLEDGEMENTS));
            TimeUnit.MICROSECONDS.sleep(random.nextLong(MOST_MICROSECONDS_LATER));
            server.kill();
            for (Future<Void> end : ends)
                end.get(120, TimeUnit.SECONDS);
        } finally {
            peers.shutdownNow();
        }
    }

    /** Returns how many objects are held. */
    private int compare(StandaloneServer server) throws Exception {
        try (Peer peer = new Peer(server.port())) {
            Set<String> found = ServedObjects.found(peer);
            journal.compare(found, ServedObjects.got(peer, found));
            // what was replaced before the kill is there, too
            Histories.fetch(server.awaitWeb(), found.stream().limit(MOST_HISTORIES).toList());
            return found.size();
        }
    }
}
