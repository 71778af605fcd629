package org.hpqr.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.dataset.StoredObject;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.information.StoredAttributes;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on stored bytes that no row names. They may be all that is left of an object whose row was lost, by a power
 * failure or because the database was restored from a backup: such an object is given a row again, made of its bytes.
 */
@ApplicationScoped
public class OrphanRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanRecovery.class);

    private ExternalStorage storage;
    private HangingProtocolRepository repository;
    private ObjectReader reader;
    private Settings settings;

    /** What became of the bytes. */
    public enum Outcome {
        /** They are an object that was no longer stored, or a content that one may have had: they have a row again. */
        RECOVERED,
        /** An object with the same SOP Instance UID is stored, and healthy: they were replaced or refused. */
        OBSOLETE,
        /** They are no object, or the stored one cannot be read now: nothing was done. */
        LEFT
    }

    /** For the container. */
    public OrphanRecovery() {
    }

    @Inject
    public OrphanRecovery(ExternalStorage storage, HangingProtocolRepository repository, ObjectReader reader, Settings settings) {
        this.storage = storage;
        this.repository = repository;
        this.reader = reader;
        this.settings = settings;
    }

    /** Looks at bytes that no row names and that no store is at work with. */
    public Outcome decide(ObjectLocation unnamed) {
        try {
            byte[] file;
            try (InputStream in = storage.get().orElseThrow().open(unnamed)) {
                file = in.readAllBytes();
            }
            StoredObject object = StoredObject.ofFile(file);
            Attributes dataset = DatasetCodec.decode(object.dataset(), object.transferSyntax());
            String contentDigest = DatasetCodec.contentDigest(dataset);
            byte[] attributes = StoredAttributes.encode(dataset);
            String uid = dataset.getString(Tag.SOPInstanceUID);
            if (!SopInstanceUid.isValid(uid))
                throw new IOException("no SOP Instance UID");
            Validation.checkIdentity(dataset, UID.HangingProtocolStorage, uid);
            return decide(new NewVersion(uid, attributes, object.transferSyntax(), contentDigest, file, unnamed,
                    ChangedBy.aeTitle(object.sourceAET())));
        } catch (IOException | HpFailure e) {
            LOG.warn("Sweep: {} has no row and was kept", unnamed, e);
            return Outcome.LEFT;
        }
    }

    private Outcome decide(NewVersion unnamed) throws IOException {
        StoredInstance stored = repository.find(unnamed.sopInstanceUid());
        // what was removed was removed on purpose
        if (stored != null && stored.state() == ObjectState.REMOVED)
            return Outcome.OBSOLETE;
        if (stored != null && isThere(stored))
            return addToHistory(stored, unnamed);
        if (stored == null)
            repository.add(unnamed);
        else if (!repository.replaceLost(stored, unnamed))
            return Outcome.LEFT;
        LOG.warn("Sweep: restored the row of {} at {}", unnamed.sopInstanceUid(), unnamed.location());
        return Outcome.RECOVERED;
    }

    /**
     * The object is there, and these bytes are another content. If the database was restored from a backup, they may be the one
     * that was stored last: so they are kept in the history, where there is a history and place in it. The object itself stays as
     * it is.
     */
    private Outcome addToHistory(StoredInstance stored, NewVersion unnamed) {
        // which AE title it was stored to, nobody knows
        int kept = settings.get(HpSettings.HISTORY_SIZE, "");
        if (stored.contentDigest().equals(unnamed.contentDigest()) || !repository.addRecovered(stored, unnamed, kept))
            return Outcome.OBSOLETE;
        LOG.warn("Sweep: a content of {} at {} had no row and was added to its history", unnamed.sopInstanceUid(), unnamed.location());
        return Outcome.RECOVERED;
    }

    /** @throws IOException that cannot be told now */
    private boolean isThere(StoredInstance stored) throws IOException {
        try {
            reader.read(stored);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
