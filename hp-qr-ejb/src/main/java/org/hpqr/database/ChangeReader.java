package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Reads what has changed, over one connection. Every statement is a transaction of its own (autocommit), so each sees
 * everything that was committed before it was sent, whatever the isolation level of the database is.
 */
public final class ChangeReader implements AutoCloseable {

    /** Attributes that are larger are read one by one, and not kept in memory. */
    public static final int LARGE = 1 << 16;

    /**
     * Every shard is at least 0, but so the database may use the index: hp_change can have many pages without rows, for example after
     * stores while another session had an open snapshot.
     */
    private static final String COUNTERS = "SELECT c.shard, c.n, d.id FROM hp_change c, hp_database d "
            + "WHERE d.pk = 1 AND c.shard >= 0 AND c.n > ?";
    static final String CHANGED = "SELECT " + ObjectRows.INSTANCE + ", shard, change_number, attrs_size, "
            + "CASE WHEN attrs_size <= " + LARGE + " THEN attrs ELSE NULL END FROM hp_object WHERE shard = ? AND change_number > ?";
    private static final int AFTER_INSTANCE = 10;
    /** Rows that a driver reads at a time. */
    private static final int PORTION = 200;
    /** So many changes are read at once, without a transaction that streams them. */
    private static final long FEW = 1_000;

    private final Connection connection;
    private final int timeoutSeconds;
    private PreparedStatement counters;
    private long lastBelowAll;
    private volatile PreparedStatement running;

    /** @param timeoutSeconds longest time the database may work on one statement that reads rows */
    public ChangeReader(DataSource dataSource, int timeoutSeconds) throws SQLException {
        connection = dataSource.getConnection();
        this.timeoutSeconds = timeoutSeconds;
        try {
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /**
     * How many changes were committed.
     *
     * @param databaseId tells the database from every other, and from what it was before it was made anew
     * @param ofShard    the number of changes of each shard
     */
    public record Counters(String databaseId, long[] ofShard) {
    }

    /**
     * The counters, from one statement. It has no time limit of its own, as PostgreSQL's driver wakes another thread to set one and
     * again to unset it: see {@link #abort}.
     */
    public Counters counters() throws SQLException {
        Counters found = readCounters();
        if (found == null) {
            DatabaseId.of(connection);
            found = readCounters();
        }
        if (found == null)
            throw new SQLException("hp_change has no rows");
        return found;
    }

    /** @return {@code null} if one of the tables is empty */
    private Counters readCounters() throws SQLException {
        if (counters == null)
            counters = connection.prepareStatement(COUNTERS);
        long[] ofShard = new long[Shard.COUNT];
        String databaseId = null;
        int rows = 0;
        counters.setLong(1, belowAll());
        running = counters;
        try (ResultSet row = counters.executeQuery()) {
            for (; row.next(); rows++) {
                ofShard[row.getInt(1)] = row.getLong(2);
                if (databaseId == null)
                    databaseId = row.getString(3);
            }
        }
        if (rows == 0)
            return null;
        if (rows != Shard.COUNT)
            throw new SQLException("hp_change has " + rows + " rows, not " + Shard.COUNT);
        return new Counters(databaseId, ofShard);
    }

    /**
     * Hands out the rows of a shard that were changed.
     *
     * @param after    number of the last change that is known; below 0 for all rows
     * @param expected about how many rows there are; many are streamed
     */
    public void changed(int shard, long after, long expected, Consumer<ObjectRow> consumer) throws SQLException {
        if (after >= 0 && expected <= FEW) {
            read(shard, after, 0, consumer);
            return;
        }
        // PostgreSQL's driver reads portions in a transaction only; this one has one statement, so it sees no old state
        connection.setAutoCommit(false);
        try {
            read(shard, after < 0 ? belowAll() : after, fetchSize(), consumer);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /**
     * Less than any number of changes, and each time another value: H2 keeps the last result of a query, and for the same
     * values hands it out again although a transaction was committed meanwhile.
     */
    private long belowAll() {
        return --lastBelowAll;
    }

    /** MySQL's driver knows no portions: it reads row by row, or else the whole result at once. */
    private int fetchSize() throws SQLException {
        return DatabaseProduct.of(connection) == DatabaseProduct.MYSQL ? Integer.MIN_VALUE : PORTION;
    }

    private void read(int shard, long after, int fetchSize, Consumer<ObjectRow> consumer) throws SQLException {
        List<ObjectRow> large = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.setFetchSize(fetchSize);
            statement.setInt(1, shard);
            statement.setLong(2, after);
            running = statement;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ObjectRow changed = new ObjectRow(ObjectRows.toInstance(row, 1), row.getInt(AFTER_INSTANCE),
                            row.getLong(AFTER_INSTANCE + 1), row.getBytes(AFTER_INSTANCE + 3), row.getInt(AFTER_INSTANCE + 2));
                    if (changed.attributesSize() > LARGE)
                        large.add(changed);
                    else
                        consumer.accept(changed);
                }
            }
        }
        for (ObjectRow row : large)
            consumer.accept(new ObjectRow(row.instance(), row.shard(), row.changeNumber(),
                    attributes(row.instance().sopInstanceUid()), row.attributesSize()));
    }

    private byte[] attributes(String sopInstanceUid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT attrs FROM hp_object WHERE sop_iuid = ?")) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.setString(1, sopInstanceUid);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** Ends what the database does, and cuts the connection, for a statement that no time-out ends. By any thread. */
    public void abort() throws SQLException {
        PreparedStatement working = running;
        if (working != null)
            working.cancel();
        connection.abort(Runnable::run);
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (counters != null)
                counters.close();
        }
    }
}
