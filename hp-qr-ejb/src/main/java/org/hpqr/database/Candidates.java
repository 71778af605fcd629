package org.hpqr.database;

import java.sql.SQLException;

/**
 * The objects that may match a query, one after the other, ordered by name and SOP Instance UID. To be closed; used by
 * one thread, but for {@link #cancel()}.
 */
public interface Candidates extends AutoCloseable {

    /**
     * The next object. The query begins with the first call. Some objects are read ahead: a result that fits into that
     * is read to its end, and its database connection given back, before the first object is returned.
     *
     * @return {@code null} at the end
     * @throws SQLException the database failed, the query took too long, or it was cancelled
     */
    Candidate next() throws SQLException;

    /** Ends the query, also while the database works on it; {@link #next()} then fails. May be called by any thread. */
    void cancel();

    /** Gives the database connection back, if that has not been done. */
    @Override
    void close();
}
