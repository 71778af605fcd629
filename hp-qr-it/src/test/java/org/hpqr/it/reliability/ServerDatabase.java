package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.hpqr.database.Shard;
import org.hpqr.testkit.database.DatabaseServer;
import org.hpqr.testkit.database.MariaDbServer;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.database.StoredContent;

/** What the server under test keeps its rows in. */
public interface ServerDatabase extends AutoCloseable {

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
    static OfServer postgresql() throws IOException, InterruptedException, SQLException {
        require("PostgreSQL", PostgresServer.isInstalled(), "org/postgresql");
        return new OfServer("postgresql", new PostgresServer());
    }

    /** The same on a MariaDB server. */
    static OfServer mariaDb() throws IOException, InterruptedException, SQLException {
        require("MariaDB", MariaDbServer.isInstalled(), "org/mariadb");
        return new OfServer("mariadb", new MariaDbServer());
    }

    private static void require(String product, boolean isInstalled, String driver) {
        boolean hasDriver = Files.isDirectory(Path.of(System.getProperty("it.server"), "modules", driver));
        if (!isInstalled || !hasDriver) {
            String message = "NOT TESTED ON " + product + ": " + (hasDriver ? "it is not on this machine" : "the server has no driver");
            System.err.println(message);
            abort(message);
        }
    }

    /** A database server with a database for one or more servers under test. */
    final class OfServer implements ServerDatabase {

        static final String DATABASE = "hpqr_it";
        static final String PASSWORD = "secret";
        private static final String USER = "somebody";

        final DatabaseServer server;
        private final String product;

        private OfServer(String product, DatabaseServer server) throws SQLException {
            this.product = product;
            this.server = server;
            server.execute("CREATE DATABASE " + DATABASE);
            // the owner has no password, and WildFly takes no user without one
            if (product.equals("mariadb")) {
                server.execute("CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
                server.execute("GRANT ALL ON *.* TO " + USER);
            }
        }

        String user() {
            return product.equals("mariadb") ? USER : DatabaseServer.USER;
        }

        @Override
        public Map<String, String> variables() {
            return variables(DATABASE);
        }

        /** Of another database on this server. */
        Map<String, String> variables(String database) {
            return Map.of("HPQR_DB", product, "HPQR_DB_URL", server.url(database), "HPQR_DB_USER", user(),
                    "HPQR_DB_PASSWORD", PASSWORD);
        }

        /** Makes the attributes of a stored object unreadable, in a way that the server under test notices. */
        public void damage(String sopInstanceUid) throws SQLException {
            String shard = "WHERE shard = " + Shard.of(sopInstanceUid);
            try (Connection connection = connect();
                    PreparedStatement damage = connection.prepareStatement("UPDATE hp_object SET attrs = ?, change_number = "
                            + "(SELECT n FROM hp_change " + shard + ") WHERE sop_iuid = ?");
                    Statement count = connection.createStatement()) {
                connection.setAutoCommit(false);
                count.executeUpdate("UPDATE hp_change SET n = n + 1 " + shard);
                damage.setBytes(1, new byte[] {8, 0, 0x18, 0, 'U', 'I', 64, 0, '1'});
                damage.setString(2, sopInstanceUid);
                if (damage.executeUpdate() != 1)
                    throw new SQLException("it is not stored");
                connection.commit();
            }
        }

        /** Changes a bit of a stored object. The server under test notices when it reads it, if it does not have it in memory. */
        public void damageContent(String sopInstanceUid) throws SQLException {
            try (Connection connection = connect()) {
                StoredContent.damage(connection, sopInstanceUid);
            }
        }

        private Connection connect() throws SQLException {
            return DriverManager.getConnection(server.url(DATABASE), user(), PASSWORD);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
