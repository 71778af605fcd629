package org.hpqr.dimse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.StorageUnavailableException;

/** Storage in memory whose failures can be switched on. */
class MemoryStorage implements ObjectStorage {

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    volatile boolean full;
    /** What happens instead of writing, if anything. */
    volatile RuntimeException bug;
    volatile IOException failure;
    /** Runs before an object is opened. */
    volatile Runnable beforeOpen = () -> { };
    /** What a reader gets of an object that it has opened. */
    volatile UnaryOperator<InputStream> opened = UnaryOperator.identity();
    /** How long all of them lie here, in milliseconds. */
    volatile long age = Long.MAX_VALUE;
    private final AtomicInteger names = new AtomicInteger();

    @Override
    public ObjectLocation write(String calledAET, byte[] object) throws IOException {
        if (full)
            throw new StorageUnavailableException("full", null);
        if (failure != null)
            throw failure;
        if (bug != null)
            throw bug;
        String path = "o" + names.incrementAndGet();
        objects.put(path, object.clone());
        return new ObjectLocation("memory", path);
    }

    @Override
    public InputStream open(ObjectLocation location) throws IOException {
        beforeOpen.run();
        byte[] object = objects.get(location.path());
        if (object == null)
            throw new NoSuchFileException(location.path());
        return opened.apply(new ByteArrayInputStream(object));
    }

    @Override
    public void delete(ObjectLocation location) {
        objects.remove(location.path());
    }

    @Override
    public void list(long minAgeMillis, Consumer<ObjectLocation> found) {
        if (age < minAgeMillis)
            return;
        objects.keySet().stream().sorted(Comparator.comparing(MemoryStorage::turn).reversed())
                .forEach(path -> found.accept(new ObjectLocation("memory", path)));
    }

    /** What was written later has a higher one; what was put here by a test has none. */
    private static int turn(String path) {
        return path.matches("o\\d+") ? Integer.parseInt(path.substring(1)) : 0;
    }
}
