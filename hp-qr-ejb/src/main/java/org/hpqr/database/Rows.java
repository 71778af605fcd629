package org.hpqr.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** The rows of a query, one after the other: all from one statement, or from a cursor in portions. */
final class Rows implements AutoCloseable {

    /** {@code null} if there is no cursor. */
    private final PreparedStatement declaration;
    private final PreparedStatement statement;
    private final int portion;
    private final int timeoutSeconds;
    private volatile PreparedStatement executing;
    private long begun;
    private ResultSet rows;
    private int inPortion;

    /** @param timeoutSeconds longest time the database may work on all of them */
    Rows(PreparedStatement statement, int timeoutSeconds) {
        this(null, statement, Integer.MAX_VALUE, timeoutSeconds);
    }

    /**
     * @param declaration    makes a cursor
     * @param fetch          fetches its next portion
     * @param portion        rows in a portion; one that has fewer is the last
     * @param timeoutSeconds longest time the database may work on all of them
     */
    Rows(PreparedStatement declaration, PreparedStatement fetch, int portion, int timeoutSeconds) {
        this.declaration = declaration;
        this.statement = fetch;
        this.portion = portion;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** The next row: attributes, name and SOP Instance UID of an object; {@code null} at the end. */
    Candidate next() throws SQLException {
        if (rows == null)
            begin();
        while (!rows.next()) {
            if (inPortion < portion)
                return null;
            execute();
        }
        inPortion++;
        return new Candidate(rows.getString(3), rows.getBytes(1));
    }

    private void begin() throws SQLException {
        begun = System.nanoTime();
        if (declaration != null) {
            prepare(declaration);
            declaration.execute();
        }
        execute();
    }

    private void execute() throws SQLException {
        prepare(statement);
        rows = statement.executeQuery();
        inPortion = 0;
    }

    private void prepare(PreparedStatement next) throws SQLException {
        int passed = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        next.setQueryTimeout(Math.max(1, timeoutSeconds - passed));
        executing = next;
    }

    /** Ends what the database does for a call of {@link #next} in another thread; nothing if it does nothing. */
    void cancel() throws SQLException {
        PreparedStatement working = executing;
        if (working != null)
            working.cancel();
    }

    @Override
    public void close() throws SQLException {
        try (declaration; statement) {
            // H2 keeps the time-out in the session
            statement.setQueryTimeout(0);
        }
    }
}
