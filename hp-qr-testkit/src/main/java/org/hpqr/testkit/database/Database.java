package org.hpqr.testkit.database;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.ConnectionPoolDataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * The databases that tests run on. A server starts when its first database is asked for, and is gone with this Java;
 * where it is not installed, the test that asks for it is skipped, and says so.
 */
public enum Database {

    /** In memory. */
    H2 {
        @Override
        ConnectionPoolDataSource newDatabase() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=FALSE");
            return database;
        }
    },
    POSTGRESQL {
        @Override
        ConnectionPoolDataSource newDatabase() throws IOException, InterruptedException, SQLException {
            PGConnectionPoolDataSource database = new PGConnectionPoolDataSource();
            database.setUrl(newUrl());
            database.setUser(DatabaseServer.USER);
            return database;
        }

        @Override
        DatabaseServer start() throws IOException, InterruptedException {
            return PostgresServer.isInstalled() ? new PostgresServer() : missing("PostgreSQL", "postgresql", "hpqr.postgres");
        }
    },
    MARIADB {
        @Override
        ConnectionPoolDataSource newDatabase() throws IOException, InterruptedException, SQLException {
            MariaDbDataSource database = new MariaDbDataSource(newUrl());
            database.setUser(DatabaseServer.USER);
            return database;
        }

        @Override
        DatabaseServer start() throws IOException, InterruptedException {
            return MariaDbServer.isInstalled() ? new MariaDbServer() : missing("MariaDB", "mariadb-server", "hpqr.mariadb");
        }
    };

    private static final int CONNECTIONS = 4;

    private DatabaseServer running;
    private int databases;

    abstract ConnectionPoolDataSource newDatabase() throws IOException, InterruptedException, SQLException;

    DatabaseServer start() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** A pool of at most 4 connections to an empty database. */
    public JdbcConnectionPool create() {
        try {
            JdbcConnectionPool pool = JdbcConnectionPool.create(newDatabase());
            pool.setMaxConnections(CONNECTIONS);
            return pool;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(name() + " could not be used", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The JDBC address of an empty database on the server. */
    public synchronized String newUrl() throws IOException, InterruptedException, SQLException {
        if (running == null) {
            running = start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        String name = "hpqr" + ++databases;
        running.execute("CREATE DATABASE " + name);
        return running.url(name);
    }

    private static DatabaseServer missing(String product, String debianPackage, String property) {
        String message = "NOT TESTED ON " + product + ": it is not there (Debian package " + debianPackage
                + "; another place: -D" + property + "=...)";
        System.err.println(message);
        return abort(message);
    }
}
