package org.hpqr.dimse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.StorageUnavailableException;

/** Storage in memory whose failures can be switched on. */
class MemoryStorage implements ObjectStorage {

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    volatile boolean full;
    private final AtomicInteger names = new AtomicInteger();

    @Override
    public ObjectLocation write(String calledAET, byte[] object) throws IOException {
        if (full)
            throw new StorageUnavailableException("full", null);
        String path = "o" + names.incrementAndGet();
        objects.put(path, object.clone());
        return new ObjectLocation("memory", path, object.length, DatasetCodec.digest(object));
    }

    @Override
    public InputStream open(ObjectLocation location) throws IOException {
        byte[] object = objects.get(location.path());
        if (object == null)
            throw new NoSuchFileException(location.path());
        return new ByteArrayInputStream(object);
    }

    @Override
    public void delete(ObjectLocation location) {
        objects.remove(location.path());
    }

    @Override
    public void list(long minAgeMillis, Consumer<ObjectLocation> found) {
        objects.keySet().forEach(path -> found.accept(new ObjectLocation("memory", path, 0, null)));
    }
}
