package org.hpqr.dimse;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.service.QueryTask;
import org.hpqr.database.Candidate;
import org.hpqr.database.CandidateQuery;
import org.hpqr.database.Candidates;
import org.hpqr.dataset.EncodedDataset;
import org.hpqr.query.FindIdentifier;
import org.hpqr.query.StoredAttributes;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one C-FIND: candidates from the database one by one, matched exactly, answered at once, so that the memory it
 * needs does not grow with the number of matches. An object that cannot be answered does not keep the others from it, but
 * the final status then says that the answer is not complete.
 */
final class FindTask implements QueryTask {

    private static final Logger LOG = LoggerFactory.getLogger(FindTask.class);

    private static final Attributes NO_FIELDS = new Attributes(0);

    private final Operation operation;
    private final FindIdentifier identifier;
    private final byte[] encodedIdentifier;
    private final CandidateQuery query;
    private final Settings settings;
    private final AuditTrail audit;

    private int matches;
    /** Why an object was left out; {@code null} if none was. */
    private HpFailure leftOut;
    private volatile boolean stopped;
    private volatile Candidates open;

    FindTask(Operation operation, FindIdentifier identifier, byte[] encodedIdentifier, CandidateQuery query,
             Settings settings, AuditTrail audit) {
        this.operation = operation;
        this.identifier = identifier;
        this.encodedIdentifier = encodedIdentifier;
        this.query = query;
        this.settings = settings;
        this.audit = audit;
    }

    Operation operation() {
        return operation;
    }

    @Override
    public void onCancelRQ(Association as) {
        stop();
    }

    /** Stops between two matches, and ends a query the database works on; may be called by any thread, and again. */
    void stop() {
        stopped = true;
        Candidates working = open;
        if (working != null)
            working.cancel();
    }

    @Override
    public void run() {
        operation.onAudit(outcome -> audit.queried(operation.association(), encodedIdentifier,
                operation.context().getTransferSyntax(), matches, outcome));
        try {
            operation.end(find(), NO_FIELDS, null, matches + " matches");
        } catch (IOException e) {
            // the association is lost: nobody to answer, but the operation has to end
            operation.end(HpStatus.CANCEL, NO_FIELDS, null, matches + " matches");
        } catch (HpFailure failure) {
            operation.fail(failure);
        } catch (RuntimeException e) {
            operation.fail(new HpFailure(HpStatus.FIND_FAILED, "The query failed", e));
        }
    }

    private HpStatus find() throws HpFailure, IOException {
        if (identifier.hasNoKeys())
            return HpStatus.SUCCESS;
        HpStatus pending = identifier.hasUnsupportedKeys() ? HpStatus.PENDING_WARNING : HpStatus.PENDING;
        int maxMatches = settings.get(HpSettings.MAX_MATCHES, operation.calledAET());
        int timeout = settings.get(HpSettings.FIND_TIMEOUT, operation.calledAET());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeout);
        try (Candidates candidates = query.open(identifier.filter(), timeout)) {
            open = candidates;
            while (!stopped) {
                Candidate candidate = candidates.next();
                if (candidate == null) {
                    if (leftOut != null)
                        throw leftOut;
                    return HpStatus.SUCCESS;
                }
                if (System.nanoTime() - deadline >= 0)
                    throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The query took longer than " + timeout + " s");
                Optional<Attributes> response = respond(candidate);
                if (response.isEmpty())
                    continue;
                if (matches == maxMatches)
                    throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "There are more than " + maxMatches + " matches");
                operation.pending(pending, NO_FIELDS, response.get());
                matches++;
            }
            return HpStatus.CANCEL;
        } catch (SQLException e) {
            if (stopped)
                return HpStatus.CANCEL;
            if (DatabaseFailure.isLackOfResources(e))
                throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", e);
            throw new HpFailure(HpStatus.FIND_FAILED, "The query failed", e);
        } finally {
            open = null;
        }
    }

    private Optional<Attributes> respond(Candidate candidate) throws HpFailure {
        Attributes stored;
        try {
            stored = StoredAttributes.decode(candidate.attributes());
        } catch (IOException e) {
            return leaveOut(candidate, new HpFailure(HpStatus.FIND_FAILED, "A stored protocol cannot be decoded"), e);
        }
        Optional<Attributes> response = identifier.respond(stored, operation.calledAET());
        if (response.isEmpty())
            return response;
        try {
            return Optional.of(EncodedDataset.of(response.get(), operation.context().getTransferSyntax()));
        } catch (IOException | RuntimeException e) {
            return leaveOut(candidate, new HpFailure(HpStatus.FIND_RESPONSE_NOT_ENCODABLE, "A response cannot be encoded"), e);
        }
    }

    private Optional<Attributes> leaveOut(Candidate candidate, HpFailure failure, Exception cause) {
        LOG.error("{}: {} is left out of the answer to a C-FIND: {}", operation.logName(), candidate.sopInstanceUid(),
                failure.comment());
        // the cause may quote the data set
        LOG.debug("{}: {} is left out", operation.logName(), candidate.sopInstanceUid(), cause);
        leftOut = failure;
        return Optional.empty();
    }
}
