package org.hpqr.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hpqr.spi.ObjectStorage;

/** The storage that the server provides for the bytes of objects, if it does: without one, rows keep their bytes themselves. */
@ApplicationScoped
public class ExternalStorage {

    private Optional<ObjectStorage> storage = Optional.empty();

    /** For the container. */
    public ExternalStorage() {
    }

    @Inject
    ExternalStorage(Instance<ObjectStorage> provided) {
        this(provided.isUnsatisfied() ? null : provided.get());
    }

    /** @param storage {@code null}: none */
    public ExternalStorage(ObjectStorage storage) {
        this.storage = Optional.ofNullable(storage);
    }

    /** The storage, or empty if the database keeps all bytes. */
    public Optional<ObjectStorage> get() {
        return storage;
    }
}
