package org.hpqr.model;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class CandidateQueryOnPostgresTest extends CandidateQueryCases {

    @Override
    JdbcConnectionPool create() {
        return Postgres.newDatabase();
    }

    @Override
    String endless() {
        return rows("pg_sleep(600)", 1);
    }

    @Override
    String working() {
        return "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep'";
    }

    @Override
    String settings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("SELECT current_setting('transaction_read_only'), "
                     + "current_setting('default_transaction_read_only'), current_setting('statement_timeout')")) {
            result.next();
            return String.join(" ", result.getString(1), result.getString(2), result.getString(3));
        }
    }

    /** 300 rows at once, then nothing for ten minutes. */
    private static final String ENDLESS_AFTER_300 = rows("CASE WHEN x > 300 THEN pg_sleep(600) END", 301);

    /** Of the types of our rows, for which the driver has a prepared statement. */
    private static String rows(String last, int count) {
        return "SELECT ''::bytea, (''::varchar(64)) COLLATE \"C\", ((" + last
                + ")::text::varchar(64)) COLLATE \"C\" FROM generate_series(1, " + count + ") x";
    }

    /** The driver's own streaming could not be cancelled there. */
    @Test
    void cancelEndsAQueryTheDatabaseGoesOnWith() throws Exception {
        checkThatCancelEnds(ENDLESS_AFTER_300);
    }

    @Test
    void databaseGivesUpAfterTheTimeOutAlsoAfterItsFirstRows() throws SQLException {
        checkThatTimeOutEnds(ENDLESS_AFTER_300);
    }
}
