package org.hpqr.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.EncapsulatedValueException;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.dataset.StoredObject;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.CommitSync;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.information.StoredAttributes;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts objects (PS3.4 GG.4). The bytes go into the row, in one transaction with it. If the server provides a storage, they
 * go there, and the order is what makes it safe: bytes first, then the row that names them, then the answer, each when the
 * one before is durable. A crash in between leaves bytes without a row, which the {@link StorageSweep} finds, never a row
 * without bytes.
 */
@ApplicationScoped
public class HangingProtocolReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(HangingProtocolReceiver.class);

    /**
     * A group of objects that are added together may fail because of another one. Two stores of one new UID at once collide at most
     * once each; more attempts would hide another error.
     */
    private static final int MAX_ATTEMPTS = 3;

    /** More bytes are written to the database by one store at a time. */
    static final int LARGE = 1 << 20;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private ExternalStorage storage;
    private HangingProtocolRepository repository;
    private ObjectReader reader;
    private Settings settings;
    private AccessPolicy access;
    private CommitSync commits;
    private Catalogue catalogue;
    /**
     * A database inside the server (H2) takes many times the bytes of an object that it writes, until it has written it; and what is
     * replaced at the same time counts, too. It does not survive a lack of memory.
     */
    private final Semaphore largeWrites = new Semaphore(1, true);
    private Duration maxWait = MAX_WAIT;
    /** Bytes whose row is on its way. */
    private final Set<ObjectLocation> beingStored = ConcurrentHashMap.newKeySet();

    /** For the container. */
    public HangingProtocolReceiver() {
    }

    @Inject
    public HangingProtocolReceiver(ExternalStorage storage, HangingProtocolRepository repository, ObjectReader reader,
                                   Settings settings, AccessPolicy access, CommitSync commits, Catalogue catalogue) {
        this.storage = storage;
        this.repository = repository;
        this.reader = reader;
        this.settings = settings;
        this.access = access;
        this.commits = commits;
        this.catalogue = catalogue;
    }

    /** @param maxWait for how long a large object waits for others to be written */
    HangingProtocolReceiver(ExternalStorage storage, HangingProtocolRepository repository, ObjectReader reader, Settings settings,
                            AccessPolicy access, CommitSync commits, Catalogue catalogue, Duration maxWait) {
        this(storage, repository, reader, settings, access, commits, catalogue);
        this.maxWait = maxWait;
    }

    /**
     * Stores an object. When this returns, it is durable.
     *
     * @param permissions of who stores it. Where they do not suffice, the answer is the same whether that is because of this
     *                    object or of one with the same UID, which may be one that the caller must not know of
     * @return what was done with it
     * @throws HpFailure 0117, 0124, A700, A900 or C000; nothing of the object is kept
     */
    public Outcome receive(ReceivedObject received, Permissions permissions) throws HpFailure {
        if (!SopInstanceUid.isValid(received.affectedSopInstanceUid()))
            throw new HpFailure(HpStatus.INVALID_SOP_INSTANCE, "Invalid Affected SOP Instance UID",
                    Tag.AffectedSOPInstanceUID);
        Attributes dataset;
        String contentDigest;
        StoredObject object = new StoredObject(received.transferSyntax(), received.by().aeTitle(), received.dataset());
        try {
            dataset = DatasetCodec.decode(received.dataset(), received.transferSyntax(),
                    DecodingLimits.of(settings, received.calledAET()));
            contentDigest = DatasetCodec.contentDigest(dataset);
        } catch (EncapsulatedValueException e) {
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "A value of undefined length is not a sequence", e.tag());
        } catch (IOException e) {
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "The data set cannot be parsed", e);
        }
        // before any value is read: reading text re-encodes it, and what a C-FIND returns is taken from here
        byte[] attributes = StoredAttributes.encode(dataset);
        Validation.checkIdentity(dataset, received.affectedSopClassUid(), received.affectedSopInstanceUid());
        Validation.check(dataset, settings.get(HpSettings.VALIDATION, received.calledAET()));
        if (!permissions.allowWriting(dataset))
            throw notPermitted();
        access.checkStore(received.calledAET(), dataset);
        return keep(new Writing(received, object, attributes, contentDigest),
                settings.get(HpSettings.DUPLICATE_POLICY, received.calledAET()), permissions);
    }

    /**
     * Stores a content again that the object had, whatever the settings say now of objects that come. Whether that is permitted
     * is the caller's to ask.
     *
     * @param content  the content
     * @param uid      SOP Instance UID
     * @param replaces content digest of what it is to replace; {@code null} for any
     * @return {@link Outcome#REPLACED}, or {@link Outcome#UNCHANGED} or {@link Outcome#RESTORED} if it is the one that is stored or
     *         retired; {@link Outcome#CONFLICT}
     * @throws HpFailure A700 or C000
     */
    public Outcome putBack(StoredObject content, String uid, String replaces, String calledAET, ChangedBy by) throws HpFailure {
        ReceivedObject received = new ReceivedObject(calledAET, by, UID.HangingProtocolStorage, uid, content.transferSyntax(),
                content.dataset(), replaces);
        try {
            Attributes dataset = DatasetCodec.decode(content.dataset(), content.transferSyntax());
            String contentDigest = DatasetCodec.contentDigest(dataset);
            return keep(new Writing(received, content, StoredAttributes.encode(dataset), contentDigest), DuplicatePolicy.REPLACE, Permissions.ALL);
        } catch (IOException e) {
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "The content cannot be parsed", e);
        }
    }

    private Outcome keep(Writing writing, DuplicatePolicy duplicates, Permissions permissions) throws HpFailure {
        boolean waitsForItsTurn = storage.get().isEmpty() && writing.object.dataset().length > LARGE;
        if (waitsForItsTurn)
            awaitTurn();
        try {
            return writeUnlessHeld(writing, duplicates, permissions);
        } catch (IOException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The object storage is not available", e);
        } catch (DatabaseException | SQLException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", e);
        } finally {
            if (waitsForItsTurn)
                largeWrites.release();
        }
    }

    private void awaitTurn() throws HpFailure {
        try {
            if (largeWrites.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS))
                return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "No memory is free for the data set");
    }

    /** The one place where it is decided what becomes of an object whose UID is stored already. */
    private Outcome writeUnlessHeld(Writing writing, DuplicatePolicy duplicates, Permissions permissions)
            throws HpFailure, IOException, SQLException {
        try {
            while (true) {
                StoredInstance row = writing.find();
                boolean isRemoved = row != null && row.state() == ObjectState.REMOVED;
                StoredInstance stored = isRemoved ? null : row;
                if (writing.isIn(stored))
                    // an earlier attempt was committed, only its answer was lost
                    return writing.succeeded(stored.version() == 0 ? Outcome.ADDED : Outcome.REPLACED, List.of());
                if (!writing.isMeant(stored))
                    return writing.succeeded(Outcome.CONFLICT, writing.written());
                boolean same = stored != null && stored.contentDigest().equals(writing.contentDigest);
                if (same && isReadable(stored)) {
                    if (stored.state() == ObjectState.STORED)
                        return writing.succeeded(Outcome.UNCHANGED, writing.written());
                    if (writing.restore(stored))
                        return writing.succeeded(Outcome.RESTORED, writing.written());
                    continue;
                }
                if (stored != null && !same && !mayReplace(stored, permissions))
                    throw notPermitted();
                if (stored != null && !same && duplicates == DuplicatePolicy.KEEP) {
                    writing.succeeded(Outcome.UNCHANGED, writing.written());
                    throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Another object with this SOP Instance UID is stored",
                            Tag.SOPInstanceUID);
                }
                writing.writeBytes();
                Optional<List<ObjectLocation>> obsolete = writing.writeRow(row);
                if (obsolete.isPresent())
                    return writing.succeeded(stored == null ? Outcome.ADDED : Outcome.REPLACED, obsolete.get());
            }
        } finally {
            writing.end();
        }
    }

    private static HpFailure notPermitted() {
        return new HpFailure(HpStatus.NOT_AUTHORIZED, "The caller may not store this object");
    }

    /** One that does not say any more for whom it is, is for those who may change everything. */
    private boolean mayReplace(StoredInstance stored, Permissions permissions) {
        if (permissions.areUnlimited())
            return true;
        try {
            StoredObject object = reader.read(stored);
            return permissions.allowWriting(DatasetCodec.decode(object.dataset(), object.transferSyntax()));
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code true} as long as these bytes are written and their row is not, by this server: the sweep leaves them alone. */
    public boolean isBeingStored(ObjectLocation location) {
        return beingStored.contains(location);
    }

    /** One object on its way into the storage and the database. */
    private final class Writing {

        private final ReceivedObject received;
        private final StoredObject object;
        private final byte[] attributes;
        private final String uid;
        private final String contentDigest;
        private byte[] file;
        /** {@code null} if nothing was written outside of the database. */
        private ObjectLocation location;
        private int failures;
        /** An attempt failed in a way that does not tell whether it was committed. */
        private boolean mayBeCommitted;

        Writing(ReceivedObject received, StoredObject object, byte[] attributes, String contentDigest) {
            this.received = received;
            this.object = object;
            this.attributes = attributes;
            uid = received.affectedSopInstanceUid();
            this.contentDigest = contentDigest;
        }

        /** The row with the same UID; {@code null} if there is none. */
        StoredInstance find() {
            // most objects are new: if that is wrong, the database refuses to add another row; not one that is to replace another
            if (file == null && received.replaces() == null && !catalogue.mayContain(uid))
                return null;
            try {
                return repository.find(uid);
            } catch (DatabaseException e) {
                failed(e);
                return find();
            }
        }

        /** {@code true} if this row was written by an attempt that seemed to have failed. */
        boolean isIn(StoredInstance stored) {
            if (stored == null)
                return false;
            // which only this store has written to
            if (location != null)
                return location.equals(stored.location());
            return mayBeCommitted && stored.location() == null && stored.objectDigest().equals(DatasetCodec.digest(file));
        }

        /** {@code true} if this is what is to be replaced. */
        boolean isMeant(StoredInstance stored) {
            if (ReceivedObject.NOTHING.equals(received.replaces()))
                return stored == null || stored.state() == ObjectState.RETIRED;
            return received.replaces() == null || stored != null && received.replaces().equals(stored.contentDigest());
        }

        /** What was written outside of the database. */
        List<ObjectLocation> written() {
            return location == null ? List.of() : List.of(location);
        }

        /** Once; outside of the database, if the server has a storage. */
        void writeBytes() throws IOException {
            if (file != null)
                return;
            byte[] bytes = object.toFile(received.affectedSopClassUid(), uid);
            if (storage.get().isPresent()) {
                location = storage.get().get().write(received.calledAET(), bytes);
                beingStored.add(location);
            }
            file = bytes;
        }

        /** @return {@code false} if what was found is not any more what is stored */
        boolean restore(StoredInstance retired) {
            try {
                return repository.changeState(retired, ObjectState.STORED, received.by(), kept()).isPresent();
            } catch (DatabaseException e) {
                failed(e);
                return false;
            }
        }

        /** @return where bytes are that are not needed any more; empty if what was found is not any more what is stored */
        Optional<List<ObjectLocation>> writeRow(StoredInstance found) {
            NewVersion version = new NewVersion(uid, attributes, received.transferSyntax(), contentDigest, file,
                    location, received.by());
            try {
                if (found != null)
                    return repository.replace(found, version, kept());
                if (failures == 0)
                    repository.addInGroup(version);
                else
                    repository.add(version);
                return Optional.of(List.of());
            } catch (DatabaseException e) {
                failed(e);
                return Optional.empty();
            }
        }

        private int kept() {
            return settings.get(HpSettings.HISTORY_SIZE, received.calledAET());
        }

        private void failed(DatabaseException e) {
            if (file == null)
                throw e;
            if (!repository.isAnswering()) {
                // nor would it tell for certain, when it answers again, whether the commit is still to come
                if (location != null)
                    LOG.warn("{} is left to the sweep: the database does not answer", location);
                throw e;
            }
            // another object has the UID: this one was certainly not added
            mayBeCommitted |= !violatesConstraint(e);
            if (++failures == MAX_ATTEMPTS) {
                discardUnlessNamed();
                throw e;
            }
            LOG.debug("Attempt {} to write the row of {} failed", failures, uid, e);
        }

        /** SQLSTATE class 23: integrity constraint violation (ISO 9075). */
        private static boolean violatesConstraint(DatabaseException e) {
            return e.getCause() instanceof SQLException cause && cause.getSQLState() != null && cause.getSQLState().startsWith("23");
        }

        /** @param obsolete bytes that are not needed any more */
        Outcome succeeded(Outcome outcome, List<ObjectLocation> obsolete) throws SQLException {
            end();
            // before bytes are deleted that a row may name again when the power has failed; and of what is there already,
            // the store that has written it may not be there yet
            commits.sync();
            discard(obsolete);
            return outcome;
        }

        void end() {
            if (location != null)
                beingStored.remove(location);
        }

        /**
         * A commit whose answer is lost may have happened all the same: then a row names these bytes and they stay. If the
         * database cannot tell, they stay too, for the sweep.
         */
        private void discardUnlessNamed() {
            if (location == null)
                return;
            try {
                if (!repository.isNamed(location))
                    discard(location);
            } catch (DatabaseException e) {
                LOG.warn("{} is left to the sweep: the database does not answer", location);
            }
        }
    }

    private boolean isReadable(StoredInstance instance) {
        try {
            reader.read(instance);
            return true;
        } catch (IOException e) {
            LOG.warn("The stored bytes of {} are not readable; replacing them with the object sent again",
                    instance.sopInstanceUid(), e);
            return false;
        }
    }

    /** Deletes bytes that no row names any more; the sweep does it if that fails. */
    public void discard(List<ObjectLocation> locations) {
        locations.forEach(this::discard);
    }

    private void discard(ObjectLocation location) {
        if (storage.get().isEmpty()) {
            LOG.warn("{} is orphaned, and no storage is configured", location);
            return;
        }
        try {
            storage.get().get().delete(location);
        } catch (IOException e) {
            LOG.warn("Deleting {} failed; it is left to the sweep", location, e);
        }
    }
}
