package org.hpqr.dimse;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.ReceivedBytes;
import org.hpqr.dimse.RetrieveTask.RetrieveTiming;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.StoredInstance;
import org.hpqr.retrieve.ObjectReader;
import org.hpqr.retrieve.RetrieveIdentifier;
import org.hpqr.retrieve.SubOperations;
import org.hpqr.retrieve.SubOperations.Result;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What C-MOVE and C-GET have in common. The thread that reads the association checks the identifier; everything that can
 * take time (directory, database, sub-operations) runs in a task, so that a C-CANCEL and C-STORE responses are read.
 */
abstract class RetrieveScp extends HangingProtocolScp {

    /** The counts of sub-operations are 16-bit numbers. */
    private static final int MAX_MATCHES = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(RetrieveScp.class);

    private final Failures failures;

    @Inject
    private HangingProtocolRepository repository;

    @Inject
    private ObjectReader reader;

    @Inject
    private Settings settings;

    @Inject
    private AuditTrail audit;

    @Inject
    private Admission admission;

    RetrieveScp(String sopClass, Dimse operation, Failures failures) {
        super(sopClass, operation);
        this.failures = failures;
    }

    /** For use outside a container. */
    void inject(HangingProtocolRepository repository, ObjectReader reader, Settings settings, AuditTrail audit,
                Admission admission) {
        this.repository = repository;
        this.reader = reader;
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

    /** Where the sub-operations of one operation go to. */
    interface Target extends AutoCloseable {

        /** The move destination; {@code null} for a C-GET. */
        String destination();

        /** Move Originator AE Title of the sub-operations; {@code null} for a C-GET. */
        String originatorAET();

        /**
         * Opens what the objects are sent over.
         *
         * @throws IOException nothing can be sent: all sub-operations fail
         */
        List<StoreChannel> open(List<StoredInstance> instances) throws IOException, InterruptedException;

        /** Ends what {@link #open} began. */
        @Override
        void close();
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
        try {
            RetrieveIdentifier identifier = parse(operation, read(operation.calledAET(), data));
            start(operation, identifier);
        } catch (HpFailure failure) {
            audit.retrieveEnded(operation.association(), null, List.of(), List.of(), failure.status());
            throw failure;
        }
    }

    private byte[] read(String calledAET, PDVInputStream data) throws HpFailure, IOException {
        if (data == null)
            throw new HpFailure(failures.unreadable(), "The request has no identifier");
        int limit = settings.get(HpSettings.MAX_IDENTIFIER_SIZE, calledAET);
        try {
            return ReceivedBytes.read(data, limit);
        } catch (ReceivedBytes.TooLargeException e) {
            throw new HpFailure(HpStatus.CANNOT_COUNT_MATCHES, "The identifier is larger than " + limit + " bytes");
        }
    }

    private RetrieveIdentifier parse(Operation operation, byte[] encoded) throws HpFailure {
        Attributes identifier;
        try {
            identifier = DatasetCodec.decode(encoded, operation.context().getTransferSyntax());
        } catch (IOException e) {
            throw new HpFailure(failures.unreadable(), "The identifier cannot be parsed", e);
        }
        try {
            return RetrieveIdentifier.of(identifier, settings.get(HpSettings.RETRIEVE_KEYS, operation.calledAET()));
        } catch (RuntimeException e) {
            throw new HpFailure(failures.unreadable(), "The identifier cannot be understood", e);
        }
    }

    private void start(Operation operation, RetrieveIdentifier identifier) throws HpFailure {
        String calledAET = operation.calledAET();
        if (!admission.enter(calledAET, operation.service(), settings.get(HpSettings.MAX_CONCURRENT_RETRIEVES, calledAET)))
            throw new HpFailure(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, "Too many retrieve operations under way");
        Stop stop = new Stop();
        operation.onCancel(association -> stop.cancel());
        operation.onPeerGone(stop::peerGone);
        try {
            operation.association().getApplicationEntity().getDevice().execute(() -> run(operation, identifier, stop));
        } catch (RejectedExecutionException e) {
            admission.leave(calledAET, operation.service());
            throw new HpFailure(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, "No thread is free for the sub-operations", e);
        }
    }

    private void run(Operation operation, RetrieveIdentifier identifier, Stop stop) {
        try {
            retrieve(operation, identifier, stop);
        } catch (HpFailure failure) {
            operation.fail(failure);
            audit.retrieveEnded(operation.association(), null, List.of(), List.of(), failure.status());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            operation.fail(new HpFailure(failures.failed(), "The server is going down", e));
        } catch (RuntimeException e) {
            operation.fail(new HpFailure(failures.failed(), "The retrieve failed", e));
            audit.retrieveEnded(operation.association(), null, List.of(), List.of(), failures.failed());
        } finally {
            admission.leave(operation.calledAET(), operation.service());
        }
    }

    private void retrieve(Operation operation, RetrieveIdentifier identifier, Stop stop) throws HpFailure, InterruptedException {
        try (Target target = target(operation)) {
            List<StoredInstance> instances = locate(identifier);
            if (instances.isEmpty()) {
                finish(operation, target, new SubOperations(0), HpStatus.SUCCESS);
                return;
            }
            audit.retrieveBegun(operation.association(), target.destination(),
                    instances.stream().map(StoredInstance::sopInstanceUid).toList());
            List<StoreChannel> channels;
            try {
                channels = target.open(instances);
            } catch (IOException e) {
                SubOperations none = new SubOperations(instances.size());
                instances.forEach(instance -> none.count(instance.sopInstanceUid(), Result.FAILED));
                LOG.warn("{}: nothing can be sent to {}", operation.association(), target.destination(), e);
                finish(operation, target, none, HpStatus.CANNOT_PERFORM_SUB_OPERATIONS);
                return;
            }
            String calledAET = operation.calledAET();
            RetrieveTask task = new RetrieveTask(operation, instances, channels, reader,
                    operation.request().getInt(Tag.Priority, 0), target.originatorAET(),
                    new RetrieveTiming(
                            TimeUnit.SECONDS.toNanos(settings.get(HpSettings.STORE_RESPONSE_TIMEOUT, calledAET)),
                            TimeUnit.SECONDS.toNanos(settings.get(HpSettings.PENDING_INTERVAL, calledAET))));
            stop.passTo(task);
            HpStatus status = task.run();
            finish(operation, target, task.tally(), status);
        }
    }

    private List<StoredInstance> locate(RetrieveIdentifier identifier) throws HpFailure {
        List<StoredInstance> instances;
        try {
            instances = repository.locate(identifier.sopInstanceUids());
        } catch (EJBException | PersistenceException e) {
            throw new HpFailure(HpStatus.CANNOT_COUNT_MATCHES, "The database is not available", e);
        }
        Set<String> asked = new HashSet<>(identifier.sopInstanceUids());
        for (StoredInstance instance : instances)
            if (!asked.remove(instance.sopInstanceUid()))
                throw new HpFailure(failures.notCounted(), "The matches do not agree with the list asked for");
        if (instances.size() > MAX_MATCHES)
            throw new HpFailure(failures.tooManyMatches(), "More than " + MAX_MATCHES + " matches");
        return instances;
    }

    private void finish(Operation operation, Target target, SubOperations tally, HpStatus status) {
        boolean cancelled = status == HpStatus.CANCEL;
        operation.end(status, tally.counts(cancelled), tally.failedList(),
                (target.destination() == null ? "" : "to " + target.destination() + ' ') + tally);
        audit.retrieveEnded(operation.association(), target.destination(), tally.sent(), tally.failed(), status);
    }

    /** Keeps a cancel, or the loss of the requester, that comes before there is a task to tell. */
    private static final class Stop {

        private RetrieveTask task;
        private boolean cancelled;
        private boolean peerGone;

        synchronized void cancel() {
            cancelled = true;
            if (task != null)
                task.cancel();
        }

        synchronized void peerGone() {
            peerGone = true;
            if (task != null)
                task.requesterGone();
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
