package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.hpqr.testkit.database.PostgresServer;

/** What the server under test keeps its rows in. */
interface ServerDatabase extends AutoCloseable {

    /** The environment variables that tell the server. */
    Map<String, String> variables();

    @Override
    void close();

    /** A file in the server's data directory. */
    static ServerDatabase h2() {
        return new ServerDatabase() {
            @Override
            public Map<String, String> variables() {
                return Map.of();
            }

            @Override
            public void close() {
                // it is gone with the data directory
            }
        };
    }

    /**
     * An empty database on a PostgreSQL server of its own. Without PostgreSQL on this machine, or without its driver in
     * the server under test, the test that asks for it is skipped, and says so.
     */
    static Postgresql postgresql() throws IOException, InterruptedException, SQLException {
        boolean hasDriver = Files.isDirectory(Path.of(System.getProperty("it.server"), "modules", "org", "postgresql"));
        if (!PostgresServer.isInstalled() || !hasDriver) {
            String message = "NOT TESTED ON POSTGRESQL: " + (hasDriver ? "it is not on this machine" : "the server has no driver");
            System.err.println(message);
            abort(message);
        }
        return new Postgresql();
    }

    /** A PostgreSQL server with a database for one or more servers under test. */
    final class Postgresql implements ServerDatabase {

        static final String DATABASE = "hpqr_it";

        final PostgresServer server = new PostgresServer();

        private Postgresql() throws IOException, InterruptedException, SQLException {
            server.execute("CREATE DATABASE " + DATABASE);
        }

        @Override
        public Map<String, String> variables() {
            return Map.of("HPQR_DB", "postgresql", "HPQR_DB_URL", server.url(DATABASE), "HPQR_DB_USER", PostgresServer.USER,
                    "HPQR_DB_PASSWORD", "not asked for");
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
