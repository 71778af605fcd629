package org.hpqr.model;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Candidates from a database. */
final class JdbcCandidates implements Candidates {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCandidates.class);

    /** Objects read ahead at most, and bytes after which no more are. */
    private static final int READ_AHEAD = 256;
    private static final int READ_AHEAD_BYTES = 1 << 20;
    /** Objects that the driver holds, beside those read ahead. */
    private static final int FETCH_SIZE = 64;

    private final CandidateSql sql;
    private final int timeoutSeconds;
    private final Queue<byte[]> readAhead = new ArrayDeque<>();

    /** {@code null} once it was given back. */
    private ReadingConnection connection;
    private ResultSet rows;
    private volatile PreparedStatement statement;
    private volatile boolean cancelled;

    JdbcCandidates(ReadingConnection connection, CandidateSql sql, int timeoutSeconds) {
        this.connection = connection;
        this.sql = sql;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public byte[] next() throws SQLException {
        if (readAhead.isEmpty() && connection != null)
            read();
        if (cancelled)
            throw new SQLException("The query was cancelled");
        return readAhead.poll();
    }

    private void read() throws SQLException {
        if (rows == null) {
            PreparedStatement prepared = connection.prepare(sql.text(), FETCH_SIZE, timeoutSeconds);
            statement = prepared;
            sql.bind(prepared);
            if (cancelled)
                return;
            rows = prepared.executeQuery();
        }
        int bytes = 0;
        while (!cancelled && readAhead.size() < READ_AHEAD && bytes < READ_AHEAD_BYTES) {
            if (!rows.next()) {
                release();
                return;
            }
            byte[] attributes = rows.getBytes(1);
            bytes += attributes.length;
            readAhead.add(attributes);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        PreparedStatement working = statement;
        if (working != null) {
            try {
                working.cancel();
            } catch (SQLException e) {
                LOG.debug("Nothing to cancel any more", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            release();
        } catch (SQLException e) {
            LOG.warn("A database connection could not be given back in order", e);
        }
    }

    private void release() throws SQLException {
        ReadingConnection held = connection;
        PreparedStatement used = statement;
        connection = null;
        statement = null;
        if (held != null)
            held.close(used);
    }
}
