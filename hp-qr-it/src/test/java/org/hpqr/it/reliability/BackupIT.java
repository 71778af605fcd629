package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
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
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore as docs/operation.md describes them: what was acknowledged before the backup is there again. */
class BackupIT {

    private static final int OBJECTS = 100;
    private static final double REPLACEMENTS = 0.5;
    private static final String RESTORED = "hpqr_restored";

    private final Journal journal = new Journal();
    private final ExecutorService peers = Executors.newCachedThreadPool();

    @TempDir
    private Path data;

    @TempDir
    private Path backup;

    @AfterEach
    void endPeers() {
        peers.shutdownNow();
    }

    @Test
    void dataDirectoryOfAStoppedServerOnH2() throws Exception {
        try (StandaloneServer server = StandaloneServer.start(data, Map.of())) {
            store(server);
            assertEquals(0, server.stop());
        }
        ExternalProcess.run(data, List.of("cp", "-a", data + "/.", backup.toString()));

        try (StandaloneServer server = StandaloneServer.start(backup, Map.of()); Peer peer = new Peer(server.port())) {
            Set<String> found = Inventory.found(peer);
            journal.compare(found, Inventory.got(peer, found));
        }
    }

    @Test
    void databaseAndObjectsOfARunningServerOnPostgresql() throws Exception {
        try (ServerDatabase.Postgresql database = ServerDatabase.postgresql()) {
            Set<String> before;
            try (StandaloneServer server = StandaloneServer.start(data, database.variables())) {
                store(server);
                before = journal.acknowledged();
                StoreStream meanwhile = new StoreStream(2, journal).to(server.port(), REPLACEMENTS);
                Future<Void> storing = peers.submit(meanwhile);

                backUp(database.server);

                meanwhile.end();
                storing.get(60, TimeUnit.SECONDS);
            }

            restore(database.server);

            Map<String, String> variables = new HashMap<>(database.variables());
            variables.put("HPQR_DB_URL", database.server.url(RESTORED));
            try (StandaloneServer server = StandaloneServer.start(backup, variables); Peer peer = new Peer(server.port())) {
                Set<String> found = Inventory.found(peer);
                assertTrue(found.containsAll(before), "what was acknowledged before the backup");
                assertEquals(found, Inventory.got(peer, found).keySet());
            }
        }
    }

    private void store(StandaloneServer server) throws Exception {
        StoreStream stream = new StoreStream(1, journal).to(server.port(), REPLACEMENTS);
        Future<Void> end = peers.submit(stream);
        journal.awaitAcknowledgements(OBJECTS);
        stream.end();
        end.get(60, TimeUnit.SECONDS);
    }

    private void backUp(PostgresServer postgres) {
        List<String> command = environment(postgres);
        command.addAll(List.of("bash", Path.of(System.getProperty("it.server"), "bin", "hp-qr-backup.sh").toAbsolutePath().toString(),
                data.resolve("objects").toString(), backup.toString()));
        List<String> said = ExternalProcess.run(data, command);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("backed up: ")), said::toString);
    }

    /** The directory of the backup becomes the data directory of the server. */
    private void restore(PostgresServer postgres) throws Exception {
        postgres.execute("CREATE DATABASE " + RESTORED);
        List<String> command = environment(postgres);
        command.addAll(List.of("pg_restore", "--exit-on-error", "--dbname=" + RESTORED, backup.resolve("database.dump").toString()));
        ExternalProcess.run(data, command);
        Files.delete(backup.resolve("database.dump"));
    }

    private static List<String> environment(PostgresServer postgres) {
        return new ArrayList<>(List.of("env",
                "PATH=" + Path.of(PostgresServer.binary("pg_dump")).getParent() + ":" + System.getenv("PATH"),
                "PGHOST=127.0.0.1", "PGPORT=" + postgres.port(), "PGUSER=" + PostgresServer.USER,
                "PGDATABASE=" + ServerDatabase.Postgresql.DATABASE));
    }
}
