package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.testkit.database.Database;

/** How to keep the databases of the tests busy, and to see that they are. */
public enum BusyDatabase {

    H2(Database.H2,
            "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b WHERE ? < 0 AND a.x + b.x < 0",
            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT LIKE '%a.x + b.x < 0%'"
            + " AND EXECUTING_STATEMENT NOT LIKE '%SESSIONS%'"),

    POSTGRESQL(Database.POSTGRESQL, "SELECT 0, 0::bigint, pg_sleep(600)::text WHERE ?::bigint < 0",
            "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep'"),

    MARIADB(Database.MARIADB, "SELECT 0, SLEEP(600), 0 FROM DUAL WHERE ? < 0",
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%SLEEP(600)%' AND info NOT LIKE '%processlist%'");

    private final Database database;
    private final String endless;
    private final String working;

    /**
     * @param endless a query with a negative parameter, as the catalogue's, that the database works on for some minutes
     * @param working a query for the number of sessions that work on it
     */
    BusyDatabase(Database database, String endless, String working) {
        this.database = database;
        this.endless = endless;
        this.working = working;
    }

    /** A pool of a few connections to an empty database. */
    public JdbcConnectionPool create() {
        return database.create();
    }

    /** A query that the database works on for some minutes. */
    public String endless() {
        return endless;
    }

    /** Waits until somebody works on {@link #endless()}. */
    public void awaitWorking(DataSource dataSource) throws SQLException {
        await(true, dataSource);
    }

    /** Waits until nobody works on it any more. */
    public void awaitIdle(DataSource dataSource) throws SQLException {
        await(false, dataSource);
    }

    private void await(boolean expected, DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
             PreparedStatement statement = connection.prepareStatement(working)) {
            for (boolean isWorking = !expected; isWorking != expected;) {
                // a test that waits in vain ends with its time limit
                if (Thread.currentThread().isInterrupted())
                    throw new SQLException(expected ? "nobody works on it" : "somebody works on it");
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    isWorking = result.getInt(1) > 0;
                }
            }
        }
    }
}
