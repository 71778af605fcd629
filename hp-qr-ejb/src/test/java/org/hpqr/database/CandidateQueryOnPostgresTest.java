package org.hpqr.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class CandidateQueryOnPostgresTest extends CandidateQueryCases {

    @Override
    BusyDatabase busy() {
        return BusyDatabase.POSTGRESQL;
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
    private static final String ENDLESS_AFTER_300 =
            BusyDatabase.postgresRows("CASE WHEN x > 300 THEN pg_sleep(600) END", 301);

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
