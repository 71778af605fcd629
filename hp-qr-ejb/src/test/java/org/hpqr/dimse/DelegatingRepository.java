package org.hpqr.dimse;

import java.util.Collection;
import java.util.List;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.IndexedProtocol;
import org.hpqr.model.StoreResult;
import org.hpqr.model.StoredInstance;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.ObjectLocation;

/** Hands every call on; a test overrides the one that is to fail. */
class DelegatingRepository extends HangingProtocolRepository {

    private final HangingProtocolRepository working;

    DelegatingRepository(HangingProtocolRepository working) {
        this.working = working;
    }

    /** A row is about to be written. */
    void beforeStore() {
    }

    /** A row has been written and committed. */
    void afterStore() {
    }

    @Override
    public void add(IndexedProtocol index, StoredInstance instance, String sourceAet) {
        beforeStore();
        working.add(index, instance, sourceAet);
        afterStore();
    }

    @Override
    public StoreResult store(IndexedProtocol index, StoredInstance instance, String sourceAet, DuplicatePolicy duplicates,
                             boolean renew) {
        beforeStore();
        StoreResult result = working.store(index, instance, sourceAet, duplicates, renew);
        afterStore();
        return result;
    }

    @Override
    public boolean adopt(IndexedProtocol index, StoredInstance instance, String sourceAet, StoredInstance lost) {
        return working.adopt(index, instance, sourceAet, lost);
    }

    @Override
    public List<StoredInstance> locate(Collection<String> sopInstanceUids) {
        return working.locate(sopInstanceUids);
    }

    @Override
    public boolean isNamed(ObjectLocation location) {
        return working.isNamed(location);
    }

    @Override
    public boolean isAnswering() {
        return working.isAnswering();
    }
}
