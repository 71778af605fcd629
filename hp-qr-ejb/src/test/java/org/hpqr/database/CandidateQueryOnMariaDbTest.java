package org.hpqr.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class CandidateQueryOnMariaDbTest extends CandidateQueryCases {

    @Override
    BusyDatabase busy() {
        return BusyDatabase.MARIADB;
    }

    @Override
    String settings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("SELECT @@session.tx_read_only, @@session.max_statement_time, "
                     + "@@session.tx_isolation")) {
            result.next();
            return String.join(" ", result.getString(1), result.getString(2), result.getString(3));
        }
    }
}
