package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A connection from a pool, set up so that results stream; goes back to the pool as it came. */
final class ReadingConnection implements AutoCloseable {

    private static final String H2_STREAMS = "SET LAZY_QUERY_EXECUTION ";
    /** Rows that the driver holds at a time. */
    private static final int PORTION = 64;
    private static final String CURSOR = "hp_candidates";
    /** A row with more bytes than this makes a result large, however few rows there are. */
    private static final int SMALL_ROW = 1 << 14;

    private final Connection connection;
    private final boolean autoCommit;
    private final boolean readOnly;
    private final DatabaseProduct product;
    private boolean lazy;

    ReadingConnection(Connection connection) throws SQLException {
        this.connection = connection;
        autoCommit = connection.getAutoCommit();
        readOnly = connection.isReadOnly();
        product = DatabaseProduct.of(connection);
        connection.setReadOnly(true);
    }

    /**
     * Prepares a query for a result that may be small enough to be read in one exchange with the database, and without a
     * transaction: most are.
     *
     * @param most           as many rows are delivered at most
     * @param timeoutSeconds longest time the database may work on it
     * @return rows, of which an empty one says that the result is not small; nothing if the database is not one for which
     *         that makes a difference
     */
    Optional<Rows> small(CandidateSql sql, int most, int timeoutSeconds) throws SQLException {
        // a query for everything is better begun by a cursor: without one all has to be sorted first
        if (product != DatabaseProduct.POSTGRESQL || sql.isUnconditional())
            return Optional.empty();
        PreparedStatement statement = bound("SELECT CASE WHEN octet_length(attrs) <= " + SMALL_ROW
                + " THEN attrs ELSE '' END, name, sop_iuid FROM (", sql, ") o" + CandidateSql.ORDER);
        statement.setMaxRows(most);
        return Optional.of(new Rows(statement, timeoutSeconds));
    }

    /**
     * Prepares a query. The database is first asked by {@link Rows#next}.
     *
     * @param timeoutSeconds longest time the database may work on it
     */
    Rows query(CandidateSql sql, int timeoutSeconds) throws SQLException {
        // a transaction: cursors live in one, and in autocommit mode some drivers read the whole result at once
        connection.setAutoCommit(false);
        if (product == DatabaseProduct.POSTGRESQL)
            // what its driver streams by itself, it can neither cancel nor time out once it has the first rows
            return new Rows(bound("DECLARE " + CURSOR + " NO SCROLL CURSOR FOR ", sql, ""),
                    connection.prepareStatement("FETCH " + PORTION + " FROM " + CURSOR), PORTION, timeoutSeconds);
        // H2 cannot cancel a lazy query between two rows: only for one whose next row is always at hand
        if (product == DatabaseProduct.H2 && sql.isUnconditional()) {
            execute(H2_STREAMS + 1);
            lazy = true;
        }
        PreparedStatement statement = bound("", sql, "");
        // MySQL's driver knows no portions: it reads row by row, or else the whole result at once
        statement.setFetchSize(product == DatabaseProduct.MYSQL ? Integer.MIN_VALUE : PORTION);
        return new Rows(statement, timeoutSeconds);
    }

    private PreparedStatement bound(String prefix, CandidateSql sql, String suffix) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(prefix + sql.text() + suffix,
                ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        sql.bind(statement);
        return statement;
    }

    /** Gives the connection back. What was read from it has to be closed before. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.getAutoCommit())
                connection.rollback();
            if (lazy)
                execute(H2_STREAMS + 0);
            connection.setAutoCommit(autoCommit);
            connection.setReadOnly(readOnly);
        }
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
