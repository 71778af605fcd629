package org.hpqr.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** The databases of the tests, how to keep them busy, and to see that they are. */
public enum BusyDatabase {

    H2(SearchDatabase::h2DataSource,
            "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b WHERE a.x + b.x < 0",
            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT LIKE '%a.x + b.x < 0'"),

    POSTGRESQL(Postgres::newDatabase, postgresRows("pg_sleep(600)", 1),
            "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep'");

    private final Supplier<JdbcConnectionPool> pool;
    private final String endless;
    private final String working;

    /**
     * @param pool    makes a pool of a few connections to an empty database
     * @param endless a query that it works on for some minutes
     * @param working a query for the number of sessions that work on it
     */
    BusyDatabase(Supplier<JdbcConnectionPool> pool, String endless, String working) {
        this.pool = pool;
        this.endless = endless;
        this.working = working;
    }

    /** A pool of a few connections to an empty database. */
    public JdbcConnectionPool create() {
        return pool.get();
    }

    /** A query that the database works on for some minutes. */
    public String endless() {
        return endless;
    }

    /** Rows of exactly the types of ours: a pooled connection may hold a prepared FETCH of them. */
    static String postgresRows(String last, int count) {
        return "SELECT ''::bytea, (''::varchar(64)) COLLATE \"C\", ((" + last
                + ")::text::varchar(64)) COLLATE \"C\" FROM generate_series(1, " + count + ") x";
    }

    /** Waits until somebody works on {@link #endless()}. */
    public void awaitWorking(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
             PreparedStatement statement = connection.prepareStatement(working)) {
            for (boolean isWorking = false; !isWorking;) {
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    isWorking = result.getInt(1) > 0;
                }
            }
        }
    }
}
