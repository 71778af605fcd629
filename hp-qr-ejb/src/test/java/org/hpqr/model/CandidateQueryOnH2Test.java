package org.hpqr.model;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;

class CandidateQueryOnH2Test extends CandidateQueryCases {

    @Override
    JdbcConnectionPool create() {
        return SearchDatabase.h2DataSource();
    }

    @Override
    String endless() {
        return "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b WHERE a.x + b.x < 0";
    }

    @Override
    String working() {
        return "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT LIKE '%a.x + b.x < 0'";
    }

    @Override
    String settings(Connection connection) throws SQLException {
        return "lazy " + ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).isLazyQueryExecution();
    }
}
