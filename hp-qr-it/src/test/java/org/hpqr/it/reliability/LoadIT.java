package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.dcm4che3.data.Tag;
import org.hpqr.it.reliability.ServerFigures.Use;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many associations at once store, find, get and move, and what the server uses does not grow: threads, file handles,
 * database connections and heap, compared at rest after a first spell of the same load and after the load itself.
 *
 * <p>{@code -Dit.load.seconds}, {@code -Dit.load.pause} (milliseconds between two operations of an association) and
 * {@code -Dit.load.database} (h2, postgresql) choose another load.
 */
@Order(1)
class LoadIT {

    private static final int ASSOCIATIONS = 200;
    private static final int OBJECTS = 2_000;

    private static final int SECONDS = Integer.getInteger("it.load.seconds", 20);
    private static final int FIRST_SECONDS = Math.min(Math.max(SECONDS / 4, 1), 300);
    private static final int SAMPLES = 12;
    private static final int PAUSE_MILLIS = Integer.getInteger("it.load.pause", 2_000);

    /** Threads and handles of the application server that come and go. */
    private static final int TOLERATED = 8;
    private static final long TOLERATED_HEAP = 16L << 20;

    private final Random random = new Random(SECONDS);
    private final List<String> uids =
            new RandomProtocols(SECONDS).next(OBJECTS).stream().map(object -> object.getString(Tag.SOPInstanceUID)).toList();
    private final Map<String, LongAdder> operations = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    /** With its log, if something fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path data;

    @Test
    void nothingFailsAndNothingGrows() throws Exception {
        boolean postgresql = System.getProperty("it.load.database", "h2").equals("postgresql");
        try (ServerDatabase database = postgresql ? ServerDatabase.postgresql() : ServerDatabase.h2();
             Destination destination = new Destination()) {
            destination.receiver.keepNoDatasets();
            destination.receiver.answer = (number, command) -> {
                destination.receiver.forget();
                return 0;
            };
            Map<String, String> variables = new HashMap<>(database.variables());
            variables.put("JBOSS_JAVA_SIZING", "");
            // what is tested is that all of them are served, not that some are refused
            variables.put("HPQR_MAX_CONCURRENT_FINDS", String.valueOf(ASSOCIATIONS));
            variables.put("HPQR_MAX_CONCURRENT_RETRIEVES", String.valueOf(ASSOCIATIONS));
            variables.put("HPQR_MAX_ASSOCIATIONS", String.valueOf(2 * ASSOCIATIONS));
            variables.put("HPQR_MOVE_DESTINATIONS", Destination.AE_TITLE + "=127.0.0.1:" + destination.port);
            try (StandaloneServer server = StandaloneServer.start(data, variables);
                 ServerFigures figures = new ServerFigures(server.java())) {
                int threadsAtRest = figures.threads();
                System.out.printf("%d associations, %d s, data in %s%n%8s %10s %8s %8s %12s %8s %6s %s%n", ASSOCIATIONS, SECONDS, data,
                        "second", "operations", "threads", "handles", "connections", "heap MB", "CPU s", "errors");
                work(server.port(), FIRST_SECONDS, () -> { });
                Use before = atRest(figures, threadsAtRest);
                int connections = connections(database);
                print("before", before, connections);

                long begun = System.nanoTime();
                work(server.port(), SECONDS, () -> {
                    long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                    print(String.valueOf(second), figures.now(), connections(database));
                });

                Use after = atRest(figures, before.threads());
                int connectionsAfter = connections(database);
                print("after", after, connectionsAfter);
                System.out.println(new TreeMap<>(operations));
                assertEquals(List.of(), errors);
                assertNotGrown("threads", before.threads(), after.threads(), TOLERATED);
                // the pool keeps what was needed at once at the most
                assertNotGrown("file handles", before.fileHandles() - connections, after.fileHandles() - connectionsAfter, TOLERATED);
                assertNotGrown("heap", before.heapBytes(), after.heapBytes(), TOLERATED_HEAP);
                assertEquals(List.of(), server.process().lines().stream().filter(line -> line.contains(" ERROR ")).toList());
            }
        }
    }

    /** Something done from time to time. */
    @FunctionalInterface
    private interface Sampling {
        void sample() throws Exception;
    }

    private void work(int port, int seconds, Sampling sampling) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        MixedWork.Load load = new MixedWork.Load() {
            @Override
            public boolean isOver() {
                return System.nanoTime() - end > 0;
            }

            @Override
            public void count(String operation) {
                operations.computeIfAbsent(operation, name -> new LongAdder()).increment();
            }

            @Override
            public void error(Throwable error) {
                errors.add(error.toString());
            }
        };
        ExecutorService peers = Executors.newFixedThreadPool(ASSOCIATIONS);
        try {
            List<Future<Void>> shares = new ArrayList<>();
            for (int i = 0; i < ASSOCIATIONS; i++)
                shares.add(peers.submit(new MixedWork(random.nextLong(), port, uids, PAUSE_MILLIS, load)));
            peers.shutdown();
            while (!peers.awaitTermination(Math.max(seconds / SAMPLES, 1), TimeUnit.SECONDS))
                if (!load.isOver())
                    sampling.sample();
            for (Future<Void> share : shares)
                share.get();
        } finally {
            peers.shutdownNow();
        }
    }

    private static Use atRest(ServerFigures figures, int threads) {
        Await.untilTrue("the threads of associations that are gone end", () -> figures.threads() <= threads + TOLERATED);
        return figures.now();
    }

    private static int connections(ServerDatabase database) throws SQLException {
        if (!(database instanceof ServerDatabase.OfServer postgresql))
            return 0;
        try (Connection connection = postgresql.server.connect("postgres"); Statement statement = connection.createStatement();
             ResultSet count = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                     + ServerDatabase.OfServer.DATABASE + "'")) {
            count.next();
            return count.getInt(1);
        }
    }

    private void print(String when, Use use, int connections) {
        long done = operations.entrySet().stream().filter(operation -> !operation.getKey().equals("association"))
                .mapToLong(operation -> operation.getValue().sum()).sum();
        System.out.printf("%8s %10d %8d %8d %12d %8.1f %6.0f %d%n", when, done, use.threads(), use.fileHandles(), connections,
                use.heapBytes() / (double) (1 << 20), use.cpuSeconds(), errors.size());
    }

    private static void assertNotGrown(String what, long before, long after, long tolerated) {
        assertTrue(after <= before + tolerated, () -> what + ": " + before + " before, " + after + " after");
    }
}
