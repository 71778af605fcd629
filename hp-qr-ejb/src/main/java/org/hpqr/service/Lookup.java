package org.hpqr.service;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hpqr.database.StoredInstance;
import org.hpqr.status.HpFailure;

/** Looks up which of some objects are stored, once. Used by one thread, but for {@link #cancel}. */
public interface Lookup {

    /**
     * Those of the objects that are stored, each once, in the order of their UIDs. It is what was committed when the look-up
     * began, or later.
     *
     * @return empty if it was cancelled
     * @throws HpFailure A701: the database is not available, or does not answer in time
     */
    Optional<List<StoredInstance>> find(Collection<String> sopInstanceUids) throws HpFailure;

    /** Ends it, also while it waits for the database. May be called by any thread, and again. */
    void cancel();
}
