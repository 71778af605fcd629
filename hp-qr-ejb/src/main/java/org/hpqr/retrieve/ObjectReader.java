package org.hpqr.retrieve;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.StoredInstance;
import org.hpqr.spi.ObjectStorage;

/** Reads stored objects and proves by their digest that they are what was stored. */
@ApplicationScoped
public class ObjectReader {

    private ObjectStorage storage;
    private HangingProtocolRepository repository;

    /** For the container. */
    public ObjectReader() {
    }

    /** @param repository where an object is looked up again that was replaced since it was located */
    @Inject
    public ObjectReader(ObjectStorage storage, HangingProtocolRepository repository) {
        this.storage = storage;
        this.repository = repository;
    }

    /**
     * Reads an object. If its bytes are gone because it was replaced meanwhile, the object that took its place is read,
     * and so on: a read fails only if the bytes that are held when it fails cannot be read. This is what lets a store
     * delete what it has replaced without asking who is about to open it. Who has opened it already reads on where the
     * storage keeps an open file, and is led to the new object where it does not.
     *
     * @throws IOException the bytes are missing, cannot be read, or are not those that were stored
     */
    public StoredObject read(StoredInstance instance) throws IOException {
        StoredInstance current = instance;
        while (true) {
            try {
                return verified(current);
            } catch (IOException e) {
                List<StoredInstance> now = repository.locate(List.of(instance.sopInstanceUid()));
                if (now.isEmpty() || now.get(0).location().equals(current.location()))
                    throw e;
                current = now.get(0);
            }
        }
    }

    private StoredObject verified(StoredInstance instance) throws IOException {
        byte[] file;
        try (InputStream in = storage.open(instance.location())) {
            file = in.readAllBytes();
        }
        if (!DatasetCodec.digest(file).equals(instance.location().digest()))
            throw new IOException("the stored bytes of " + instance.sopInstanceUid() + " at " + instance.location().storageId()
                    + ':' + instance.location().path() + " are damaged: their digest is another");
        return StoredObject.ofFile(file);
    }
}
