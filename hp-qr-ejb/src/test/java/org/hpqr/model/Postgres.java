package org.hpqr.model;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** Empty databases on one {@link PostgresServer}, which starts when the first is asked for and is gone with this Java. */
public final class Postgres {

    private static PostgresServer running;
    private static int databases;

    private Postgres() {
    }

    /**
     * A pool of at most 4 connections to an empty database. Without PostgreSQL on this machine the test that asks for it
     * is skipped, and says so.
     */
    public static synchronized JdbcConnectionPool newDatabase() {
        if (!PostgresServer.isInstalled()) {
            String message = "NOT TESTED ON POSTGRESQL: there is no " + PostgresServer.binary("postgres")
                    + " (Debian package postgresql; another place: -Dhpqr.postgres=...)";
            System.err.println(message);
            return abort(message);
        }
        try {
            if (running == null) {
                running = new PostgresServer();
                Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            }
            return create();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL could not be used", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JdbcConnectionPool create() throws SQLException {
        String name = "hpqr" + ++databases;
        running.execute("CREATE DATABASE " + name);
        PGConnectionPoolDataSource database = new PGConnectionPoolDataSource();
        database.setUrl(running.url(name));
        database.setUser(PostgresServer.USER);
        JdbcConnectionPool pool = JdbcConnectionPool.create(database);
        pool.setMaxConnections(4);
        return pool;
    }
}
