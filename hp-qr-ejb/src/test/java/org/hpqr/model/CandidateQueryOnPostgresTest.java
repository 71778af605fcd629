package org.hpqr.model;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;

class CandidateQueryOnPostgresTest extends CandidateQueryCases {

    @Override
    JdbcConnectionPool create() {
        return Postgres.newDatabase();
    }

    @Override
    String endless() {
        return "SELECT pg_sleep(600)";
    }

    @Override
    String working() {
        return "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'";
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
}
