package org.hpqr.service;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.catalogue.Proof;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** Looks objects up in the catalogue. */
final class CatalogueLookup implements Lookup {

    private final Catalogue catalogue;
    private final Deadline deadline;
    private final Proof proof;

    CatalogueLookup(Catalogue catalogue, Deadline deadline) {
        this.catalogue = catalogue;
        this.deadline = deadline;
        proof = catalogue.prove();
    }

    @Override
    public Optional<List<StoredInstance>> find(Collection<String> sopInstanceUids) throws HpFailure {
        try {
            proof.await(deadline.nanoTime());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (TimeoutException | SQLException e) {
            throw new HpFailure(HpStatus.CANNOT_COUNT_MATCHES, "The database is not available", e);
        }
        List<StoredInstance> found = new ArrayList<>();
        for (String uid : new LinkedHashSet<>(sopInstanceUids)) {
            CatalogueEntry entry = catalogue.get(uid);
            if (entry != null && entry.instance().state() == ObjectState.STORED)
                found.add(entry.instance());
        }
        return Optional.of(found);
    }

    @Override
    public void cancel() {
        proof.cancel();
    }
}
