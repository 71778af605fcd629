package org.hpqr.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpqr.database.HangingProtocolRepository.Content;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads stored objects, wherever their bytes are, and proves by their digest that they are what was stored. */
@ApplicationScoped
public class ObjectReader {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectReader.class);

    private ExternalStorage storage;
    private HangingProtocolRepository repository;

    /** For the container. */
    public ObjectReader() {
    }

    /** @param repository where an object is looked up again that was replaced since it was located */
    @Inject
    public ObjectReader(ExternalStorage storage, HangingProtocolRepository repository) {
        this.storage = storage;
        this.repository = repository;
    }

    /**
     * Reads an object. If its bytes are gone because it was replaced meanwhile, the object that took its place is read,
     * and so on: a read fails only if the bytes that are stored when it fails cannot be read. This is what lets a store
     * delete what it has replaced without asking who is about to open it. Who has opened it already reads on where the
     * storage keeps an open file, and is led to the new object where it does not.
     *
     * @throws NoSuchFileException the bytes are missing
     * @throws IOException         the bytes cannot be read, or are not those that were stored
     * @throws DatabaseException   the database refused or failed
     */
    public StoredObject read(StoredInstance instance) throws IOException {
        return readFile(instance).object();
    }

    /**
     * An object that was read.
     *
     * @param fileDigest SHA-256 of the file it was read from: if that of the {@link StoredInstance}, it is the version asked for
     */
    public record ReadObject(StoredObject object, String fileDigest) {
    }

    /** As {@link #read(StoredInstance)}, with the digest of the file. */
    public ReadObject readFile(StoredInstance instance) throws IOException {
        StoredInstance current = instance;
        while (true) {
            try {
                return current.location() == null ? fromRow(current.sopInstanceUid())
                        : fromStorage(current.location(), current.objectDigest(), current.sopInstanceUid());
            } catch (IOException e) {
                StoredInstance now = repository.find(instance.sopInstanceUid());
                if (now == null || now.equals(current))
                    throw e;
                current = now;
            }
        }
    }

    /**
     * Reads several objects that have their bytes in their rows, at once.
     *
     * @return those that could be read, by their SOP Instance UIDs
     */
    public Map<String, ReadObject> readRows(List<String> sopInstanceUids) {
        Map<String, ReadObject> read = new HashMap<>();
        repository.contents(sopInstanceUids).forEach((uid, content) -> {
            try {
                read.put(uid, verified(content.file(), content.digest(), uid));
            } catch (IOException e) {
                LOG.debug("Whoever reads {} by itself is told", uid, e);
            }
        });
        return read;
    }

    /**
     * Reads a content that an object has or had.
     *
     * @throws NoSuchFileException the bytes are missing, or are not kept any more
     * @throws IOException         the bytes cannot be read, or are not those that were stored
     * @throws DatabaseException   the database refused or failed
     */
    public StoredObject read(ContentVersion content) throws IOException {
        String what = content.sopInstanceUid() + " version " + content.number();
        if (content.location() != null)
            return fromStorage(content.location(), content.objectDigest(), what).object();
        Content kept = repository.replacedContent(content.sopInstanceUid(), content.number());
        if (kept == null)
            // it is the one that is stored
            kept = repository.content(content.sopInstanceUid());
        if (kept == null || !kept.digest().equals(content.objectDigest()))
            throw new NoSuchFileException(what, null, "the database has no bytes of it");
        return verified(kept.file(), kept.digest(), what).object();
    }

    private ReadObject fromRow(String sopInstanceUid) throws IOException {
        Content content = repository.content(sopInstanceUid);
        if (content == null)
            throw new NoSuchFileException(sopInstanceUid, null, "the database has no bytes of it");
        return verified(content.file(), content.digest(), sopInstanceUid);
    }

    private ReadObject fromStorage(ObjectLocation location, String digest, String what) throws IOException {
        Optional<ObjectStorage> external = storage.get();
        if (external.isEmpty())
            throw new IOException(what + " is at " + location + ", and no storage is configured");
        try (InputStream in = external.get().open(location)) {
            return verified(in.readAllBytes(), digest, what + " at " + location);
        }
    }

    private static ReadObject verified(byte[] file, String digest, String what) throws IOException {
        if (!DatasetCodec.digest(file).equals(digest))
            throw new IOException("the stored bytes of " + what + " are damaged: their digest differs");
        return new ReadObject(StoredObject.ofFile(file), digest);
    }
}
