package org.hpqr.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.dataset.StoredObject;
import org.hpqr.model.CommitSync;
import org.hpqr.model.DatabaseException;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.IndexedProtocol;
import org.hpqr.model.StoreResult;
import org.hpqr.model.StoreResult.Outcome;
import org.hpqr.model.StoredInstance;
import org.hpqr.query.ProtocolIndexer;
import org.hpqr.retrieve.ObjectReader;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts objects (PS3.4 GG.4). The order is what makes it safe: bytes first, then the row that names them, then the
 * answer, each when the one before is durable. A crash in between leaves bytes without a row, which the
 * {@link StorageSweep} finds, never a row without bytes.
 */
@ApplicationScoped
public class HangingProtocolReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(HangingProtocolReceiver.class);

    /** Two stores of one new UID at once collide at most once each; more attempts would hide another error. */
    private static final int MAX_ATTEMPTS = 3;

    private ObjectStorage storage;
    private HangingProtocolRepository repository;
    private ObjectReader reader;
    private Settings settings;
    private CommitSync commits;
    /** Bytes whose row is on its way. */
    private final Set<String> beingStored = ConcurrentHashMap.newKeySet();

    /** For the container. */
    public HangingProtocolReceiver() {
    }

    @Inject
    public HangingProtocolReceiver(ObjectStorage storage, HangingProtocolRepository repository, ObjectReader reader,
                                   Settings settings, CommitSync commits) {
        this.storage = storage;
        this.repository = repository;
        this.reader = reader;
        this.settings = settings;
        this.commits = commits;
    }

    /**
     * Stores an object. When this returns, it is durable.
     *
     * @return what was done with it
     * @throws HpFailure 0117, A700, A900 or C000; nothing of the object is kept
     */
    public Outcome receive(ReceivedObject received) throws HpFailure {
        if (!SopInstanceUid.isValid(received.affectedSopInstanceUid()))
            throw new HpFailure(HpStatus.INVALID_SOP_INSTANCE, "Invalid Affected SOP Instance UID",
                    Tag.AffectedSOPInstanceUID);
        Attributes dataset;
        String contentDigest;
        try {
            dataset = DatasetCodec.decode(received.dataset(), received.transferSyntax(),
                    DecodingLimits.of(settings, received.calledAET()));
            contentDigest = DatasetCodec.contentDigest(dataset);
        } catch (IOException e) {
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "The data set cannot be parsed", e);
        }
        // before any value is read: reading text re-encodes it, and what a C-FIND returns is taken from here
        IndexedProtocol index = ProtocolIndexer.index(dataset);
        Validation.checkIdentity(dataset, received.affectedSopClassUid(), received.affectedSopInstanceUid());
        Validation.check(dataset, settings.get(HpSettings.VALIDATION, received.calledAET()));
        try {
            return keep(received, index, contentDigest);
        } catch (IOException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The object storage is not available", e);
        } catch (DatabaseException | SQLException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", e);
        }
    }

    private Outcome keep(ReceivedObject received, IndexedProtocol index, String contentDigest)
            throws HpFailure, IOException, SQLException {
        DuplicatePolicy duplicates = settings.get(HpSettings.DUPLICATE_POLICY, received.calledAET());
        boolean damaged = false;
        List<StoredInstance> held = repository.locate(List.of(index.sopInstanceUid()));
        if (!held.isEmpty()) {
            boolean same = held.get(0).contentDigest().equals(contentDigest);
            if (same && isReadable(held.get(0))) {
                // the store that has written it may not be there yet
                commits.sync();
                return Outcome.UNCHANGED;
            }
            if (!same && duplicates == DuplicatePolicy.KEEP)
                throw duplicate();
            damaged = same;
        }
        byte[] file = new StoredObject(received.transferSyntax(), received.callingAET(), received.dataset())
                .toFile(index.sopClassUid(), index.sopInstanceUid());
        ObjectLocation location = storage.write(received.calledAET(), file);
        StoredInstance instance = new StoredInstance(index.sopInstanceUid(), received.transferSyntax(), contentDigest, location);
        StoreResult result;
        beingStored.add(key(location));
        try {
            result = writeRow(index, instance, received.callingAET(), duplicates, held.isEmpty(), damaged);
        } finally {
            beingStored.remove(key(location));
        }
        // before bytes are deleted that a row may name again when the power has failed
        commits.sync();
        if (result.obsolete() != null)
            discard(result.obsolete());
        if (result.outcome() == Outcome.KEPT)
            throw duplicate();
        return result.outcome();
    }

    /** {@code true} as long as these bytes are written and their row is not, by this server: the sweep leaves them alone. */
    public boolean isBeingStored(ObjectLocation location) {
        return beingStored.contains(key(location));
    }

    private static String key(ObjectLocation location) {
        return location.storageId() + ':' + location.path();
    }

    private StoreResult writeRow(IndexedProtocol index, StoredInstance instance, String sourceAet,
                                 DuplicatePolicy duplicates, boolean isNew, boolean renew) {
        for (int attempt = 1;; attempt++) {
            try {
                if (isNew && attempt == 1) {
                    repository.add(index, instance, sourceAet);
                    return new StoreResult(Outcome.ADDED, null);
                }
                return repository.store(index, instance, sourceAet, duplicates, renew);
            } catch (DatabaseException e) {
                if (!repository.isAnswering()) {
                    // nor would it tell for certain, when it answers again, whether the commit is still to come
                    LOG.warn("{}:{} is left to the sweep, as the database does not answer", instance.location().storageId(),
                            instance.location().path());
                    throw e;
                }
                if (attempt == MAX_ATTEMPTS) {
                    discardUnlessNamed(instance.location());
                    throw e;
                }
                LOG.debug("Attempt {} to write the row of {} failed", attempt, instance.sopInstanceUid(), e);
            }
        }
    }

    private boolean isReadable(StoredInstance instance) {
        try {
            reader.read(instance);
            return true;
        } catch (IOException e) {
            LOG.warn("The stored bytes of {} are not readable and are replaced by those that were sent again",
                    instance.sopInstanceUid(), e);
            return false;
        }
    }

    /**
     * A commit whose answer is lost may have happened all the same: then a row names these bytes and they stay. If the
     * database cannot tell, they stay too, for the sweep.
     */
    private void discardUnlessNamed(ObjectLocation location) {
        try {
            if (!repository.isNamed(location))
                discard(location);
        } catch (DatabaseException e) {
            LOG.warn("{}:{} is left to the sweep, as the database does not answer", location.storageId(), location.path());
        }
    }

    private void discard(ObjectLocation location) {
        try {
            storage.delete(location);
        } catch (IOException e) {
            LOG.warn("{}:{} could not be deleted and is left to the sweep", location.storageId(), location.path(), e);
        }
    }

    private static HpFailure duplicate() {
        return new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Another object with this SOP Instance UID is held",
                Tag.SOPInstanceUID);
    }
}
