package org.hpqr.service;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.dcm4che3.data.Attributes;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.catalogue.Proof;
import org.hpqr.database.DatabaseException;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects that an operation looks at, one after the other: the attributes of each that a C-FIND may return, only to be read. An
 * object that cannot be read does not keep the others from it, but the end then is a failure.
 */
final class Candidates implements Query<Attributes> {

    private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);

    private static final int FEW = 20;

    /** Stands for attributes that nobody looks at. */
    private static final Attributes UNREAD = new Attributes(0);

    private final Catalogue catalogue;
    private final Function<Catalogue, Iterable<CatalogueEntry>> which;
    private final Caller caller;
    private final Permissions permissions;
    private final Deadline deadline;
    private final Proof proof;
    private Iterator<CatalogueEntry> entries;
    private CatalogueEntry current;
    /** Why an object was left out; {@code null} if none was. */
    private HpFailure leftOut;
    private volatile boolean cancelled;

    /**
     * @param which       of the catalogue's entries are looked at; asked for once they are proven
     * @param permissions of the caller; what they do not allow to read is passed over
     * @param proof       is waited for
     */
    Candidates(Catalogue catalogue, Function<Catalogue, Iterable<CatalogueEntry>> which, Caller caller, Permissions permissions,
               Deadline deadline, Proof proof) {
        this.catalogue = catalogue;
        this.which = which;
        this.caller = caller;
        this.permissions = permissions;
        this.deadline = deadline;
        this.proof = proof;
    }

    /**
     * Waits for the proof.
     *
     * @param millis at most so long
     * @return {@code true} if it is there then, and there are at most {@value #FEW} objects, all in memory
     */
    boolean areFewWithin(long millis) {
        if (!proof.isMadeWithin(millis))
            return false;
        try {
            Iterable<CatalogueEntry> found = which.apply(catalogue);
            entries = found.iterator();
            return found instanceof Collection<CatalogueEntry> all && all.size() <= FEW
                    && all.stream().allMatch(CatalogueEntry::isReadable);
        } catch (DatabaseException e) {
            // next() will say so
            return false;
        }
    }

    @Override
    public Attributes next() throws HpFailure {
        return next(false);
    }

    @Override
    public boolean pass() throws HpFailure {
        return next(permissions.areUnlimited()) != null;
    }

    /** @param unread the attributes are not looked at: they need not be read if they can be */
    private Attributes next(boolean unread) throws HpFailure {
        try {
            if (entries == null && !cancelled) {
                proof.await(deadline.nanoTime());
                entries = which.apply(catalogue).iterator();
            }
            while (!cancelled) {
                if (deadline.isOver())
                    throw tookTooLong();
                if (!entries.hasNext()) {
                    if (leftOut != null)
                        throw leftOut;
                    return null;
                }
                current = entries.next();
                if (unread && current.isReadable())
                    return UNREAD;
                Attributes stored = read();
                if (stored != null && permissions.allowReading(stored))
                    return stored;
            }
            return null;
        } catch (CancellationException e) {
            if (cancelled)
                return null;
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The server is going down", e);
        } catch (TimeoutException e) {
            throw tookTooLong();
        } catch (DatabaseException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", e);
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

    private Attributes read() throws SQLException {
        try {
            return catalogue.attributes(current);
        } catch (IOException e) {
            // it does not say for whom it is, so it is for those who may see everything
            if (permissions.areUnlimited())
                leaveOut(new HpFailure(HpStatus.FIND_FAILED, "A stored protocol cannot be decoded"), e);
            return null;
        }
    }

    /** SOP Instance UID of the object that was returned last. */
    String sopInstanceUid() {
        return current.sopInstanceUid();
    }

    /** The object that was returned last cannot be handed on. */
    void leaveOut(HpFailure failure, Exception cause) {
        LOG.error("{} is omitted from the answer to {}: {}", current.sopInstanceUid(), caller, failure.comment());
        // the cause may quote the data set
        LOG.debug("{} is left out", current.sopInstanceUid(), cause);
        leftOut = failure;
    }

    @Override
    public boolean isLeftOut(HpFailure failure) {
        return failure == leftOut;
    }

    @Override
    public boolean isIncomplete() {
        return leftOut != null;
    }

    @Override
    public void cancel() {
        cancelled = true;
        proof.cancel();
    }
}
