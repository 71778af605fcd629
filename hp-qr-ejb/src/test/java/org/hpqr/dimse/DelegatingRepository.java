package org.hpqr.dimse;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
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
    public void add(NewVersion object) {
        beforeStore();
        working.add(object);
        afterStore();
    }

    @Override
    public Optional<List<ObjectLocation>> replace(StoredInstance found, NewVersion object, int kept) {
        beforeStore();
        Optional<List<ObjectLocation>> replaced = working.replace(found, object, kept);
        afterStore();
        return replaced;
    }

    @Override
    public boolean replaceLost(StoredInstance found, NewVersion object) {
        return working.replaceLost(found, object);
    }

    @Override
    public boolean addRecovered(StoredInstance found, NewVersion content, int kept) {
        return working.addRecovered(found, content, kept);
    }

    @Override
    public Content replacedContent(String sopInstanceUid, long number) {
        return working.replacedContent(sopInstanceUid, number);
    }

    @Override
    public Optional<List<ObjectLocation>> changeState(StoredInstance found, ObjectState state, ChangedBy by, int kept) {
        return working.changeState(found, state, by, kept);
    }

    @Override
    public byte[] attributes(String sopInstanceUid) {
        return working.attributes(sopInstanceUid);
    }

    @Override
    public Content content(String sopInstanceUid) {
        return working.content(sopInstanceUid);
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
