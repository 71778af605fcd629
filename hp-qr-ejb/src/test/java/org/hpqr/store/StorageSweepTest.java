package org.hpqr.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.StoredInstance;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.junit.jupiter.api.Test;

/** What the sweep removes, and above all what it does not. */
class StorageSweepTest {

    private final Set<String> stored = new TreeSet<>();
    private final Set<String> rows = new TreeSet<>();
    private final Set<String> beingStored = new TreeSet<>();
    private Runnable afterRowsAreAsked = () -> { };

    @Test
    void bytesWithoutARowAreRemovedAndOthersStay() {
        stored.addAll(List.of("a", "b", "left by a crash"));
        rows.addAll(List.of("a", "b"));

        assertEquals(1, sweep());
        assertEquals(Set.of("a", "b"), stored);
    }

    /** However old they seem: the clock may have been set in between. */
    @Test
    void bytesWhoseRowIsOnItsWayStay() {
        stored.addAll(List.of("a", "on its way"));
        rows.add("a");
        beingStored.add("on its way");

        assertEquals(0, sweep());
        assertEquals(Set.of("a", "on its way"), stored);
    }

    @Test
    void bytesWhoseRowIsCommittedWhileTheSweepLooksStay() {
        stored.addAll(List.of("a", "just committed"));
        rows.add("a");
        beingStored.add("just committed");
        afterRowsAreAsked = () -> {
            rows.add("just committed");
            beingStored.remove("just committed");
        };

        assertEquals(0, sweep());
        assertEquals(Set.of("a", "just committed"), stored);
    }

    /** An empty database, or one restored from long ago, beside a full storage: the bytes are the only copy. */
    @Test
    void nothingIsRemovedIfMoreBytesLackARowThanHaveOne() {
        stored.addAll(List.of("a", "b", "c"));
        rows.add("a");

        assertEquals(0, sweep());
        assertEquals(Set.of("a", "b", "c"), stored);
    }

    private long sweep() {
        return new StorageSweep(new Storage(), new Rows(), new HangingProtocolReceiver() {
            @Override
            public boolean isBeingStored(ObjectLocation location) {
                return beingStored.contains(location.path());
            }
        }).sweep(0);
    }

    private static ObjectLocation location(String path) {
        return new ObjectLocation("memory", path, 0, null);
    }

    private final class Rows extends HangingProtocolRepository {

        @Override
        public boolean isNamed(ObjectLocation location) {
            boolean named = rows.contains(location.path());
            afterRowsAreAsked.run();
            return named;
        }

        @Override
        public long count() {
            return rows.size();
        }

        @Override
        public void forEach(Consumer<StoredInstance> consumer) {
            rows.forEach(path -> consumer.accept(new StoredInstance("2.25.1", "1.2.840.10008.1.2.1", "", location(path))));
        }
    }

    private final class Storage implements ObjectStorage {

        @Override
        public ObjectLocation write(String calledAET, byte[] object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(ObjectLocation location) throws IOException {
            if (!stored.contains(location.path()))
                throw new NoSuchFileException(location.path());
            return InputStream.nullInputStream();
        }

        @Override
        public void delete(ObjectLocation location) {
            stored.remove(location.path());
        }

        @Override
        public void list(long minAgeMillis, Consumer<ObjectLocation> found) {
            List.copyOf(stored).forEach(path -> found.accept(location(path)));
        }
    }
}
