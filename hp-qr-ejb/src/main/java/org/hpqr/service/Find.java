package org.hpqr.service;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.Attributes;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.catalogue.Proof;
import org.hpqr.query.FindIdentifier;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One query (PS3.4 K.4.1): its matches, one after the other. It needs the same memory for any number of them. An object that
 * cannot be answered does not keep the others from it, but the query then does not end as if it were complete. Used by one
 * thread, but for {@link #cancel}.
 */
public final class Find {

    private static final Logger LOG = LoggerFactory.getLogger(Find.class);

    private final Catalogue catalogue;
    private final FindIdentifier identifier;
    private final Caller caller;
    private final Deadline deadline;
    private final boolean retired;
    private final Proof proof;
    private Iterator<CatalogueEntry> candidates;
    private CatalogueEntry current;
    /** Why an object was left out; {@code null} if none was. */
    private HpFailure leftOut;
    private volatile boolean cancelled;

    /** @param retired the retired objects are asked for, and no others */
    Find(Catalogue catalogue, FindIdentifier identifier, Caller caller, Deadline deadline, boolean retired) {
        this.retired = retired;
        this.catalogue = catalogue;
        this.identifier = identifier;
        this.caller = caller;
        this.deadline = deadline;
        proof = catalogue.prove();
    }

    /**
     * The next match, by name in the order of Unicode code points, then by SOP Instance UID. It is what was committed when
     * the query began, or later.
     *
     * @return the response identifier; {@code null} after the last one, and when the query was cancelled
     * @throws HpFailure A700: the database is not available, or the query takes longer than {@code find-timeout}. C311: the
     *                   database failed otherwise. At the end, C311 or C312: an object was left out
     */
    public Attributes next() throws HpFailure {
        try {
            if (candidates == null && !cancelled) {
                proof.await(deadline.nanoTime());
                candidates = retired ? catalogue.retired() : catalogue.candidates(identifier.filter());
            }
            while (!cancelled) {
                if (deadline.isOver())
                    throw tookTooLong();
                if (!candidates.hasNext()) {
                    if (leftOut != null)
                        throw leftOut;
                    return null;
                }
                current = candidates.next();
                Optional<Attributes> response = respond();
                if (response.isPresent())
                    return response.get();
            }
            return null;
        } catch (CancellationException e) {
            if (cancelled)
                return null;
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The server is going down", e);
        } catch (TimeoutException e) {
            throw tookTooLong();
        } catch (SQLException e) {
            if (cancelled)
                return null;
            throw DatabaseFailure.isLackOfResources(e)
                    ? new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", e)
                    : new HpFailure(HpStatus.FIND_FAILED, "The query failed", e);
        }
    }

    private HpFailure tookTooLong() {
        return new HpFailure(HpStatus.OUT_OF_RESOURCES, "The query took longer than " + deadline.seconds() + " s");
    }

    private Optional<Attributes> respond() throws HpFailure, SQLException {
        Attributes stored;
        try {
            stored = catalogue.attributes(current);
        } catch (IOException e) {
            leaveOut(new HpFailure(HpStatus.FIND_FAILED, "A stored protocol cannot be decoded"), e);
            return Optional.empty();
        }
        return stored == null ? Optional.empty() : identifier.respond(stored, caller.calledAET());
    }

    /** The match that was returned last cannot be handed on. */
    public void leaveOut(HpFailure failure, Exception cause) {
        LOG.error("{} is left out of the answer to {}: {}", current.sopInstanceUid(), caller, failure.comment());
        // the cause may quote the data set
        LOG.debug("{} is left out", current.sopInstanceUid(), cause);
        leftOut = failure;
    }

    /** Says whether this failure is only about an object that was left out: all other matches were returned before it was thrown. */
    public boolean isLeftOut(HpFailure failure) {
        return failure == leftOut;
    }

    /** Ends the query, also while it waits for the database. May be called by any thread, and again. */
    public void cancel() {
        cancelled = true;
        proof.cancel();
    }
}
