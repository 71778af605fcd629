package org.hpqr.service;

import org.hpqr.status.HpFailure;

/**
 * An operation that looks at many objects and returns its results one by one, so that it needs the same memory for any number of
 * them. An object that cannot be read does not keep the others from it, but the end then is a failure. Used by one thread, but for {@link #cancel}.
 *
 * @param <T> a result
 */
public interface Query<T> {

    /**
     * The next result, in the order of the protocols' names by Unicode code points, then of their SOP Instance UIDs. It is about
     * what was committed when the query began, or later.
     *
     * @return {@code null} after the last one, and when the query was cancelled
     * @throws HpFailure A700: the database is not available, or the query takes longer than {@code find-timeout}. C311: the
     *                   database failed otherwise. At the end, C311 or C312: an object was left out
     */
    T next() throws HpFailure;

    /**
     * Passes over results. They are not made, and those that need not be looked at are not read, so this takes less than {@link #next()}.
     *
     * @param max most results to pass over
     * @return how many there were; 0 only at the end, or when the query was cancelled
     * @throws HpFailure as {@link #next()}
     */
    default long skip(long max) throws HpFailure {
        long skipped = 0;
        try {
            while (skipped < max && pass())
                skipped++;
            return skipped;
        } catch (HpFailure e) {
            // at the end it is thrown again
            if (skipped > 0 && isLeftOut(e))
                return skipped;
            throw e;
        }
    }

    /**
     * Passes over the next result.
     *
     * @return {@code false} at the end, and when the query was cancelled
     * @throws HpFailure as {@link #next()}
     */
    default boolean pass() throws HpFailure {
        return next() != null;
    }

    /** Says whether this failure is only about an object that was left out: all other results were returned before it was thrown. */
    boolean isLeftOut(HpFailure failure);

    /** Says whether an object was left out so far. */
    boolean isIncomplete();

    /** Ends the query, also while it waits for the database. May be called by any thread, and again. */
    void cancel();
}
