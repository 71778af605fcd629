package org.hpqr.commitment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.UID;
import org.hpqr.commitment.CommitmentRequest.Reference;
import org.hpqr.commitment.CommitmentResult.FailureReason;
import org.hpqr.database.CommitSync;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.status.CauseText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which objects are stored for good (PS3.4 J.3): those that are durable and can be read, as their digests prove now.
 */
@ApplicationScoped
public class StorageCommitment {

    /** Storage Commitment Push Model SOP Class (PS3.4 J.3). */
    public static final String SOP_CLASS = "1.2.840.10008.1.20.1";

    private static final Logger LOG = LoggerFactory.getLogger(StorageCommitment.class);

    private HangingProtocolRepository repository;
    private ObjectReader reader;
    private CommitSync commits;

    /** For the container. */
    public StorageCommitment() {
    }

    @Inject
    public StorageCommitment(HangingProtocolRepository repository, ObjectReader reader, CommitSync commits) {
        this.repository = repository;
        this.reader = reader;
        this.commits = commits;
    }

    /** Looks at every object that is asked about, each once. */
    public CommitmentResult commit(CommitmentRequest request) {
        List<Reference> committed = new ArrayList<>();
        Map<Reference, FailureReason> failed = new LinkedHashMap<>();
        for (Reference reference : new LinkedHashSet<>(request.references())) {
            FailureReason reason = failure(reference);
            if (reason == null)
                committed.add(reference);
            else
                failed.put(reference, reason);
        }
        if (!isDurable()) {
            committed.forEach(reference -> failed.put(reference, FailureReason.RESOURCE_LIMITATION));
            committed = List.of();
        }
        return new CommitmentResult(request.transactionUid(), committed, failed);
    }

    /** {@code null} if there is none. */
    private FailureReason failure(Reference reference) {
        try {
            StoredInstance stored = repository.find(reference.sopInstanceUid());
            boolean isHangingProtocol = reference.sopClassUid().equals(UID.HangingProtocolStorage);
            // of what is retired or removed nobody can get anything
            if (stored == null || stored.state() != ObjectState.STORED)
                return isHangingProtocol ? FailureReason.NO_SUCH_OBJECT_INSTANCE : FailureReason.REFERENCED_SOP_CLASS_NOT_SUPPORTED;
            if (!isHangingProtocol)
                return FailureReason.CLASS_INSTANCE_CONFLICT;
            reader.read(stored);
            return null;
        } catch (IOException e) {
            LOG.warn("{} is not committed: it cannot be read", reference.sopInstanceUid(), e);
            return FailureReason.PROCESSING_FAILURE;
        } catch (DatabaseException e) {
            LOG.warn("{} is not committed: the database does not answer: {}", reference.sopInstanceUid(), CauseText.of(e));
            return FailureReason.RESOURCE_LIMITATION;
        }
    }

    /** What a row says may be in the memory of the database only. */
    private boolean isDurable() {
        try {
            commits.sync();
            return true;
        } catch (SQLException e) {
            LOG.warn("Nothing is committed: the database does not answer: {}", CauseText.of(e));
            return false;
        }
    }
}
