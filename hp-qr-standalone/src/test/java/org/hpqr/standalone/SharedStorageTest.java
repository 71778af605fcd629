package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.StoredInstance;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.store.Adoption;
import org.hpqr.store.HangingProtocolReceiver;
import org.hpqr.store.StorageSweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers sweep one directory at once, while both store into it. */
class SharedStorageTest {

    private static final int OBJECTS = 200;
    private static final long TEN_MINUTES = TimeUnit.MINUTES.toMillis(10);

    @TempDir
    private Path directory;

    private final Rows rows = new Rows();

    @Test
    void sweepsRemoveWhatHasNoRowAndNothingElse() throws Exception {
        List<DirectoryStorage> servers = List.of(open(), open());
        List<ObjectLocation> left = new ArrayList<>();
        List<ObjectLocation> kept = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            left.add(aged(servers.get(i % 2)));
            kept.add(aged(servers.get(i % 2)));
            rows.add(kept.get(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<ObjectLocation>>> work = new ArrayList<>();
            for (DirectoryStorage server : servers) {
                work.add(() -> store(server));
                work.add(() -> sweep(server));
            }
            for (Future<List<ObjectLocation>> stored : threads.invokeAll(work))
                kept.addAll(stored.get());
        } finally {
            threads.shutdownNow();
        }

        for (ObjectLocation location : left)
            assertFalse(Files.exists(directory.resolve(location.path())));
        assertEquals(3 * OBJECTS, kept.size());
        for (ObjectLocation location : kept)
            assertTrue(Files.exists(directory.resolve(location.path())));
    }

    private DirectoryStorage open() throws IOException {
        DirectoryStorage storage = DirectoryStorage.open(directory);
        storage.claim("1");
        return storage;
    }

    private ObjectLocation aged(DirectoryStorage storage) throws IOException {
        ObjectLocation location = storage.write("HPQR", new byte[1]);
        Files.setLastModifiedTime(directory.resolve(location.path()),
                FileTime.fromMillis(System.currentTimeMillis() - 2 * TEN_MINUTES));
        return location;
    }

    private List<ObjectLocation> store(DirectoryStorage storage) throws IOException {
        List<ObjectLocation> stored = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            stored.add(storage.write("HPQR", new byte[1]));
            rows.add(stored.get(i));
        }
        return stored;
    }

    private List<ObjectLocation> sweep(DirectoryStorage storage) {
        StorageSweep sweep = new StorageSweep(new ExternalStorage(storage), rows, rows.all(), new HangingProtocolReceiver(), new OfNoUse());
        for (int i = 0; i < 20; i++)
            sweep.sweep(TEN_MINUTES);
        return List.of();
    }

    /** What has no row was replaced or refused. */
    private static final class OfNoUse extends Adoption {

        @Override
        public Outcome decide(ObjectLocation unnamed) {
            return Outcome.OBSOLETE;
        }
    }

    /** What the sweep asks of the database. */
    private static final class Rows extends HangingProtocolRepository {

        private final Map<String, ObjectLocation> byPath = new ConcurrentHashMap<>();

        void add(ObjectLocation location) {
            byPath.put(location.path(), location);
        }

        @Override
        public boolean isNamed(ObjectLocation location) {
            return byPath.containsKey(location.path());
        }

        Inventory all() {
            return new Inventory() {
                @Override
                public void forEach(Consumer<StoredInstance> consumer) {
                    byPath.values().forEach(location -> consumer.accept(new StoredInstance("1.2", 0, "1.2", "", location, 0, "")));
                }
            };
        }
    }
}
