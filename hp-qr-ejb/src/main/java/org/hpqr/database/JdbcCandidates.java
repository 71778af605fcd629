package org.hpqr.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Candidates from a database. */
final class JdbcCandidates implements Candidates {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCandidates.class);

    /** Objects read ahead at most, and bytes after which no more are. */
    private static final int READ_AHEAD = 256;
    private static final int READ_AHEAD_BYTES = 1 << 20;

    private static final int CANCEL_TRIES = 200;
    private static final long CANCEL_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final CandidateSql sql;
    private final int timeoutSeconds;
    private final Queue<Candidate> readAhead = new ArrayDeque<>();

    /** {@code null} once it was given back. */
    private ReadingConnection connection;
    private volatile Rows rows;
    private volatile boolean reading;
    private volatile boolean cancelled;

    JdbcCandidates(ReadingConnection connection, CandidateSql sql, int timeoutSeconds) {
        this.connection = connection;
        this.sql = sql;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public Candidate next() throws SQLException {
        if (readAhead.isEmpty() && connection != null) {
            reading = true;
            try {
                read();
            } finally {
                reading = false;
            }
        }
        if (cancelled)
            throw new SQLException("The query was cancelled");
        return readAhead.poll();
    }

    private void read() throws SQLException {
        // cancelled is asked after reading was set: either this thread sees the one, or the one that cancels the other
        if (rows == null && !cancelled) {
            long begun = System.nanoTime();
            if (readSmall()) {
                release();
                return;
            }
            if (cancelled)
                return;
            int passed = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            rows = connection.query(sql, Math.max(1, timeoutSeconds - passed));
        }
        int bytes = 0;
        while (!cancelled && readAhead.size() < READ_AHEAD && bytes < READ_AHEAD_BYTES) {
            Candidate candidate = rows.next();
            if (candidate == null) {
                release();
                return;
            }
            bytes += candidate.attributes().length;
            readAhead.add(candidate);
        }
    }

    /** Reads all there is, if that is little; else nothing. */
    private boolean readSmall() throws SQLException {
        Optional<Rows> small = connection.small(sql, READ_AHEAD + 1, timeoutSeconds);
        if (small.isEmpty())
            return false;
        List<Candidate> all = new ArrayList<>();
        rows = small.get();
        try (Rows read = rows) {
            for (Candidate candidate = read.next(); candidate != null; candidate = read.next()) {
                if (candidate.attributes().length == 0 || all.size() == READ_AHEAD)
                    return false;
                all.add(candidate);
            }
        } finally {
            rows = null;
        }
        readAhead.addAll(all);
        return true;
    }

    /** Again and again, as a driver ignores it when it is just about to begin a statement. */
    @Override
    public void cancel() {
        cancelled = true;
        for (int tries = 0; reading && tries < CANCEL_TRIES; tries++) {
            Rows working = rows;
            try {
                if (working != null)
                    working.cancel();
            } catch (SQLException e) {
                LOG.debug("Nothing to cancel any more", e);
            }
            LockSupport.parkNanos(CANCEL_PAUSE);
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
        Rows read = rows;
        connection = null;
        rows = null;
        if (held == null)
            return;
        try (held) {
            if (read != null)
                read.close();
        }
    }
}
