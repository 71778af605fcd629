package org.hpqr.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

class CandidateQueryOnH2Test extends CandidateQueryCases {

    @Override
    BusyDatabase busy() {
        return BusyDatabase.H2;
    }

    @Override
    String settings(Connection connection) throws SQLException {
        return "lazy " + ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).isLazyQueryExecution();
    }
}
