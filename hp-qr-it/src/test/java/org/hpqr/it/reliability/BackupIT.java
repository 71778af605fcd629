package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hpqr.it.reliability.ServerDatabase.OfServer;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.it.web.Histories;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backup and restore as docs/operation.md describes them, while objects are stored and replaced: what was acknowledged before
 * the backup is there again.
 */
@Order(1)
class BackupIT {

    private static final int OBJECTS = 100;
    private static final int MOST_HISTORIES = 100;
    private static final double REPLACEMENTS = 0.5;
    private static final String RESTORED = "hpqr_restored";

    private final Journal journal = new Journal();
    private final ExecutorService peers = Executors.newCachedThreadPool();

    @TempDir
    private Path data;

    @TempDir
    private Path restored;

    @TempDir
    private Path backup;

    /** Something that may fail in many ways. */
    private interface Step {
        void perform() throws Exception;
    }

    @AfterEach
    void endPeers() {
        peers.shutdownNow();
    }

    @Test
    void h2() throws Exception {
        Path file = backup.resolve("hp-qr's backup.zip");

        Set<String> before = backUpWhileStoring(Map.of(), () -> run(Map.of("HPQR_DATA", data.toString()),
                "bash", script("hp-qr.sh"), "backup", file.toString()));

        ExternalProcess.run(restored, List.of("jar", "xf", file.toString()));
        assertRestored(before, Map.of());
    }

    @Test
    void postgresql() throws Exception {
        try (OfServer database = ServerDatabase.postgresql()) {
            Map<String, String> login = Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(database.server.port()), "PGUSER",
                    database.user());
            String dump = backup.resolve("hp-qr.dump").toString();

            Set<String> before = backUpWhileStoring(database.variables(), () -> run(login, PostgresServer.binary("pg_dump"),
                    "--format=custom", "--file=" + dump, OfServer.DATABASE));

            database.server.execute("CREATE DATABASE " + RESTORED);
            run(login, PostgresServer.binary("pg_restore"), "--exit-on-error", "--dbname=" + RESTORED, dump);
            assertRestored(before, database.variables(RESTORED));
        }
    }

    @Test
    void mariaDb() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mariadb-dump")), "NOT TESTED ON MariaDB: mariadb-dump is not there");
        try (OfServer database = ServerDatabase.mariaDb()) {
            String login = "--host=127.0.0.1 --port=" + database.server.port() + " --user=" + database.user() + " --password="
                    + OfServer.PASSWORD + ' ';
            String dump = backup.resolve("hp-qr.sql").toString();

            Set<String> before = backUpWhileStoring(database.variables(), () -> run(Map.of(), "bash", "-c",
                    "mariadb-dump --single-transaction --hex-blob " + login + OfServer.DATABASE + " > " + dump));

            database.server.execute("CREATE DATABASE " + RESTORED);
            run(Map.of(), "bash", "-c", "mariadb " + login + RESTORED + " < " + dump);
            assertRestored(before, database.variables(RESTORED));
        }
    }

    /** Returns the UIDs of what was acknowledged before. */
    private Set<String> backUpWhileStoring(Map<String, String> variables, Step backUp) throws Exception {
        try (StandaloneServer server = StandaloneServer.start(data, variables)) {
            StoreStream stream = new StoreStream(1, journal).to(server.port(), REPLACEMENTS);
            Future<Void> storing = peers.submit(stream);
            journal.awaitAcknowledgements(OBJECTS);
            Set<String> before = journal.acknowledged();

            backUp.perform();

            journal.awaitAcknowledgements(journal.acknowledgements() + 1);
            stream.end();
            storing.get(120, TimeUnit.SECONDS);
            return before;
        }
    }

    private void assertRestored(Set<String> before, Map<String, String> variables) throws Exception {
        try (StandaloneServer server = StandaloneServer.start(restored, variables); Peer peer = new Peer(server.port())) {
            Set<String> found = ServedObjects.found(peer);
            assertTrue(found.containsAll(before), "what was acknowledged before the backup");
            assertEquals(found, ServedObjects.got(peer, found).keySet());
            assertTrue(Histories.fetch(server.awaitWeb(), before.stream().limit(MOST_HISTORIES).toList()) > 0,
                    "what was replaced before the backup");
        }
    }

    private static String script(String name) {
        return Path.of(System.getProperty("it.server"), "bin", name).toAbsolutePath().toString();
    }

    private void run(Map<String, String> environment, String... command) {
        List<String> all = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> all.add(name + '=' + value));
        all.addAll(List.of(command));
        ExternalProcess.run(data, all);
    }
}
