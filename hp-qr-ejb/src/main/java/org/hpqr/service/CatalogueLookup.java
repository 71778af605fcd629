package org.hpqr.service;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.Attributes;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.catalogue.Proof;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** Looks objects up in the catalogue. */
final class CatalogueLookup implements Lookup {

    private final Catalogue catalogue;
    private final Permissions permissions;
    private final Deadline deadline;
    private final Proof proof;
    private volatile boolean cancelled;

    CatalogueLookup(Catalogue catalogue, Permissions permissions, Deadline deadline, Proof proof) {
        this.catalogue = catalogue;
        this.permissions = permissions;
        this.deadline = deadline;
        this.proof = proof;
    }

    @Override
    public Optional<List<StoredInstance>> find(Collection<String> sopInstanceUids) throws HpFailure {
        try {
            proof.await(deadline.nanoTime());
            return Optional.of(visible(sopInstanceUids));
        } catch (CancellationException e) {
            if (cancelled)
                return Optional.empty();
            throw new HpFailure(HpStatus.CANNOT_COUNT_MATCHES, "The server is going down", e);
        } catch (DatabaseException | TimeoutException | SQLException e) {
            throw new HpFailure(HpStatus.CANNOT_COUNT_MATCHES, "The database is not available", e);
        }
    }

    private List<StoredInstance> visible(Collection<String> sopInstanceUids) throws HpFailure {
        List<StoredInstance> found = new ArrayList<>();
        for (String uid : new LinkedHashSet<>(sopInstanceUids)) {
            CatalogueEntry entry = catalogue.get(uid);
            if (entry != null && entry.instance().state() == ObjectState.STORED && isVisible(entry))
                found.add(entry.instance());
        }
        return found;
    }

    /** What is damaged does not say for whom it is, so it is for those who may see everything. */
    private boolean isVisible(CatalogueEntry entry) throws HpFailure {
        if (permissions.areUnlimited())
            return true;
        try {
            Attributes attributes = catalogue.attributes(entry);
            return attributes != null && permissions.allowReading(attributes);
        } catch (IOException e) {
            return false;
        } catch (SQLException e) {
            throw new HpFailure(HpStatus.CANNOT_COUNT_MATCHES, "The database is not available", e);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        proof.cancel();
    }
}
