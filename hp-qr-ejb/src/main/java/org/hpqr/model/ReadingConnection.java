package org.hpqr.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection from a pool, set up so that results stream; goes back to the pool as it came. */
final class ReadingConnection implements AutoCloseable {

    private static final String H2_STREAMS = "SET LAZY_QUERY_EXECUTION ";

    private final Connection connection;
    private final boolean autoCommit;
    private final boolean readOnly;
    private final boolean h2;

    ReadingConnection(Connection connection) throws SQLException {
        this.connection = connection;
        autoCommit = connection.getAutoCommit();
        readOnly = connection.isReadOnly();
        h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
        connection.setReadOnly(true);
        // in autocommit mode PostgreSQL's driver reads the whole result at once
        connection.setAutoCommit(false);
        if (h2)
            execute(H2_STREAMS + 1);
    }

    /** A statement whose rows are fetched in portions of {@code fetchSize}. */
    PreparedStatement prepare(String sql, int fetchSize, int timeoutSeconds) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            statement.setFetchSize(fetchSize);
            statement.setQueryTimeout(timeoutSeconds);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Closes what is open on the connection and gives it back. */
    void close(PreparedStatement statement) throws SQLException {
        try (connection) {
            try (statement) {
                // H2 keeps the time-out in the session
                if (statement != null)
                    statement.setQueryTimeout(0);
            }
            connection.rollback();
            if (h2)
                execute(H2_STREAMS + 0);
            connection.setAutoCommit(autoCommit);
            connection.setReadOnly(readOnly);
        }
    }

    @Override
    public void close() throws SQLException {
        close(null);
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
