package org.hpqr.dimse;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.WholeValue;
import org.hpqr.retrieve.RetrieveIdentifier;
import org.hpqr.retrieve.RetrieveMatches;
import org.hpqr.retrieve.SubOperations;
import org.hpqr.service.Admission;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.service.Lookup;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;

/**
 * What C-MOVE and C-GET have in common. The thread that reads the association checks the identifier; everything that can
 * take time (directory, database, sub-operations) runs in a task, so that a C-CANCEL and C-STORE responses are read.
 */
abstract class RetrieveScp extends HangingProtocolScp {

    private final Failures failures;

    private final HangingProtocolService service;
    private final Settings settings;
    private final AuditTrail audit;
    private final Admission admission;

    /** All but the first three are {@code null} in a proxy of the container. */
    RetrieveScp(String sopClass, Dimse operation, Failures failures, ScpContext context, HangingProtocolService service,
                Settings settings, AuditTrail audit, Admission admission) {
        super(sopClass, operation, context);
        this.failures = failures;
        this.service = service;
        this.settings = settings;
        this.audit = audit;
        this.admission = admission;
    }

    /**
     * The statuses in which C-MOVE and C-GET differ.
     *
     * @param unreadable     identifier missing or not decodable
     * @param failed         failed outside a single sub-operation
     * @param notCounted     number of matches not established
     * @param tooManyMatches more matches than the counts can tell
     */
    record Failures(HpStatus unreadable, HpStatus failed, HpStatus notCounted, HpStatus tooManyMatches) {
    }

    /** Where the sub-operations of one operation go to. Used by one thread. */
    interface Target extends AutoCloseable {

        /** The move destination; {@code null} for a C-GET. */
        String destination();

        /** Move Originator AE Title of the sub-operations; {@code null} for a C-GET. */
        String originatorAET();

        /** Most associations to send over. */
        int maxChannels();

        /**
         * Begins to open an association to send over; does not wait for it.
         *
         * @param transferSyntaxes those the objects are stored in
         * @param opening          is told how it went, by whatever thread, unless {@link #stopOpening} comes first
         */
        void open(Set<String> transferSyntaxes, Opening opening);

        /** Gives up what {@link #open} began. */
        void stopOpening();

        /** Ends what {@link #open} began. The final response has been sent. */
        @Override
        void close();
    }

    /** Is told whether there is something to send over. */
    interface Opening {

        /** One more association can be sent over. */
        void opened(StoreChannel channel);

        /** The destination takes no (further) association, or the requester not the role it needs. */
        void refused(Exception reason);
    }

    /**
     * Finds out where to send.
     *
     * @throws HpFailure A801, C514 or C515
     */
    abstract Target target(Operation operation) throws HpFailure;

    Settings settings() {
        return settings;
    }

    @Override
    void perform(Operation operation, PDVInputStream data) throws HpFailure, IOException {
        // named as it was asked for, whether or not it is known
        String destination = operation.service() == HpService.MOVE ? WholeValue.of(operation.request(), Tag.MoveDestination) : null;
        operation.onAudit(status -> audit.retrieveEnded(operation.association(), destination, List.of(), List.of(), status));
        byte[] encoded = readIdentifier(operation, data, settings, failures.unreadable());
        RetrieveIdentifier identifier = parseIdentifier(operation, encoded, settings, failures.unreadable(),
                keys -> RetrieveIdentifier.of(keys, settings.get(HpSettings.RETRIEVE_KEYS, operation.calledAET())));
        start(operation, identifier);
    }

    private void start(Operation operation, RetrieveIdentifier identifier) throws HpFailure {
        String calledAET = operation.calledAET();
        if (operation.outstanding().isCrowded()
                || !admission.enter(calledAET, operation.service(), settings.get(HpSettings.MAX_CONCURRENT_RETRIEVES, calledAET)))
            throw new HpFailure(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, "Too many retrieve operations under way");
        operation.onOver(() -> admission.leave(calledAET, operation.service()));
        Stop stop = new Stop();
        // the database is asked while another thread takes the operation over; the first time, that thread looks at the schema first
        Optional<Lookup> lookup = hasFoundSchemaReady() ? Optional.of(service.lookup(operation.caller())) : Optional.empty();
        operation.onCancel(association -> stop.cancel());
        operation.onPeerGone(stop::peerGone);
        try {
            ThreadWait.execute(() -> operation.execute(() -> run(operation, identifier, lookup, stop)));
        } catch (RejectedExecutionException e) {
            throw new HpFailure(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, "No thread is free for the sub-operations", e);
        }
    }

    private void run(Operation operation, RetrieveIdentifier identifier, Optional<Lookup> begun, Stop stop) {
        try {
            retrieve(operation, identifier, begun, stop);
        } catch (HpFailure failure) {
            operation.fail(failure);
        } catch (RuntimeException e) {
            operation.fail(new HpFailure(failures.failed(), "The retrieve failed", e));
        }
    }

    private void retrieve(Operation operation, RetrieveIdentifier identifier, Optional<Lookup> begun, Stop stop) throws HpFailure {
        try (Target target = target(operation)) {
            requireSchema(HpStatus.CANNOT_COUNT_MATCHES);
            Lookup lookup = begun.orElseGet(() -> service.lookup(operation.caller()));
            stop.passTo(lookup::cancel);
            Optional<List<StoredInstance>> found = lookup.find(identifier.sopInstanceUids());
            if (found.isEmpty()) {
                operation.end(HpStatus.CANCEL, new Attributes(), null, "before the matches were counted");
                audit.retrieveEnded(operation.association(), target.destination(), List.of(), List.of(), HpStatus.CANCEL);
                return;
            }
            RetrieveMatches matches = match(identifier, found.get());
            RetrieveTask task = new RetrieveTask(operation, target, matches, service, timing(operation.calledAET()));
            stop.passTo(task);
            if (matches.count() > 0)
                audit.retrieveBegun(operation.association(), target.destination(), matches.sopInstanceUids());
            finish(operation, target, task);
        }
    }

    private RetrieveTask.Timing timing(String calledAET) {
        return new RetrieveTask.Timing(nanos(HpSettings.CONNECT_TIMEOUT, calledAET),
                nanos(HpSettings.STORE_RESPONSE_TIMEOUT, calledAET), nanos(HpSettings.PENDING_INTERVAL, calledAET));
    }

    private long nanos(Setting<Integer> seconds, String calledAET) {
        return TimeUnit.SECONDS.toNanos(settings.get(seconds, calledAET));
    }

    private RetrieveMatches match(RetrieveIdentifier identifier, List<StoredInstance> found) throws HpFailure {
        try {
            return RetrieveMatches.of(identifier, found);
        } catch (RetrieveMatches.InconsistentException e) {
            throw new HpFailure(failures.notCounted(), "The matches do not agree with the list asked for");
        } catch (RetrieveMatches.TooManyException e) {
            throw new HpFailure(failures.tooManyMatches(), "More than " + RetrieveMatches.MAX + " matches");
        }
    }

    /** Performs the sub-operations and ends the operation. */
    private void finish(Operation operation, Target target, RetrieveTask task) {
        SubOperations tally = task.tally();
        operation.onAudit(status -> audit.retrieveEnded(operation.association(), target.destination(), tally.sent(),
                tally.failed(), status));
        try {
            HpStatus status = task.run();
            Attributes fields = tally.counts(status == HpStatus.CANCEL);
            if (status.isFailure())
                fields.setString(Tag.ErrorComment, VR.LO, task.failure());
            operation.end(status, fields, tally.failedList(),
                    (target.destination() == null ? "" : "to " + target.destination() + ' ') + tally);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failRest(operation, task, "The server is going down", e);
        } catch (RuntimeException e) {
            failRest(operation, task, "The retrieve failed among its sub-operations", e);
        }
    }

    private void failRest(Operation operation, RetrieveTask task, String comment, Exception cause) {
        task.failRest();
        operation.fail(new HpFailure(failures.failed(), comment, cause), task.tally().counts(false), task.tally().failedList());
    }

    /** Keeps a cancel, or the loss of the requester, that comes before there is a task to tell. */
    private static final class Stop {

        private Runnable lookup = () -> { };
        private RetrieveTask task;
        private boolean cancelled;
        private boolean peerGone;

        synchronized void cancel() {
            cancelled = true;
            lookup.run();
            if (task != null)
                task.cancel();
        }

        synchronized void peerGone() {
            peerGone = true;
            lookup.run();
            if (task != null)
                task.requesterGone();
        }

        /** @param cancel ends the look-up */
        synchronized void passTo(Runnable cancel) {
            lookup = cancel;
            if (cancelled || peerGone)
                cancel.run();
        }

        synchronized void passTo(RetrieveTask begun) {
            task = begun;
            if (cancelled)
                begun.cancel();
            if (peerGone)
                begun.requesterGone();
        }
    }
}
