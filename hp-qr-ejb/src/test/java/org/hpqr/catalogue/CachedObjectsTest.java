package org.hpqr.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.dcm4che3.data.UID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.SearchDatabase;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects are read from memory as long as they are those that are stored. */
class CachedObjectsTest {

    private static final String OBJECT = "2.25.1";
    private static final ChangedBy SOMEBODY = ChangedBy.aeTitle("WS1");

    private JdbcConnectionPool pool;
    private HangingProtocolRepository repository;
    private Catalogue catalogue;
    private CountingReader reader;
    private byte[] inStorage;

    /** Counts how often an object is read. */
    private static final class CountingReader extends ObjectReader {

        private int reads;

        private CountingReader(ExternalStorage storage, HangingProtocolRepository repository) {
            super(storage, repository);
        }

        @Override
        public ReadObject readFile(StoredInstance instance) throws IOException {
            reads++;
            return super.readFile(instance);
        }
    }

    @BeforeEach
    void start() {
        pool = Database.H2.create();
        new SearchDatabase(pool);
        repository = new HangingProtocolRepository(pool);
        catalogue = new Catalogue(pool, Thread::new, TimeUnit.HOURS.toNanos(1));
        reader = new CountingReader(new ExternalStorage(new Storage()), repository);
    }

    @AfterEach
    void stop() {
        catalogue.close();
        pool.dispose();
    }

    @Test
    void anObjectIsReadOnce() throws Exception {
        store(dataset(1_000, 1), null);
        assertArrayEquals(dataset(1_000, 1), read(look()));
        assertArrayEquals(dataset(1_000, 1), read(look()));
        assertEquals(1, reader.reads);
    }

    @Test
    void aNewVersionTakesThePlaceOfTheOldOne() throws Exception {
        store(dataset(1_000, 1), null);
        StoredInstance first = look();
        read(first);
        store(dataset(1_000, 2), null);

        assertArrayEquals(dataset(1_000, 2), read(look()));
        assertArrayEquals(dataset(1_000, 2), read(first), "it is not there any more");
    }

    /** The catalogue has not been asked since: what it has is older. */
    @Test
    void whatIsNewerThanTheCatalogueIsReadFromTheDatabase() throws Exception {
        store(dataset(1_000, 1), null);
        StoredInstance first = look();
        store(dataset(1_000, 2), null);

        assertArrayEquals(dataset(1_000, 2), read(first), "read, and not to be kept for the first version");
        assertArrayEquals(dataset(1_000, 2), read(first));
        assertEquals(2, reader.reads);
    }

    @Test
    void whatWasFoundInTheDatabaseIsNotAnsweredWithWhatIsOlder() throws Exception {
        store(dataset(1_000, 1), null);
        read(look());
        store(dataset(1_000, 2), null);

        assertArrayEquals(dataset(1_000, 2), read(repository.find(OBJECT)));
    }

    @Test
    void nothingIsLeftOfADeletedObject() throws Exception {
        store(dataset(1_000, 1), null);
        StoredInstance stored = look();
        read(stored);
        repository.changeState(repository.find(OBJECT), ObjectState.RETIRED, SOMEBODY, 0);
        repository.changeState(repository.find(OBJECT), ObjectState.REMOVED, SOMEBODY, 0);
        prove();

        assertThrows(NoSuchFileException.class, () -> read(stored));
    }

    /** So that nobody fills the memory with them. */
    @Test
    void aLargeObjectIsReadEachTime() throws Exception {
        store(dataset(70_000, 1), null);
        read(look());
        assertArrayEquals(dataset(70_000, 1), read(look()));
        assertEquals(2, reader.reads);
    }

    /** A file can be lost or damaged without a change of its row. */
    @Test
    void anObjectOutsideTheDatabaseIsReadEachTime() throws Exception {
        store(dataset(1_000, 1), new ObjectLocation("fs1", "a"));
        assertArrayEquals(dataset(1_000, 1), read(look()));
        inStorage[200] ^= 1;
        assertThrows(IOException.class, () -> read(look()));
    }

    @Test
    void whatIsAskedForNextIsReadAtOnce() throws Exception {
        for (int i = 1; i <= 5; i++)
            store("2.25." + i, dataset(1_000, i), null);
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE hp_object SET content = attrs WHERE sop_iuid = '2.25.3'");
        }
        prove();
        List<StoredInstance> all = IntStream.rangeClosed(1, 5).mapToObj(i -> catalogue.get("2.25." + i).instance()).toList();
        store("2.25.4", dataset(1_000, 14), null);
        catalogue.readAhead(all, reader);

        for (int i : new int[] {1, 2, 5})
            assertArrayEquals(dataset(1_000, i), read(all.get(i - 1)));
        assertEquals(0, reader.reads);
        assertThrows(IOException.class, () -> read(all.get(2)), "it is damaged");
        assertArrayEquals(dataset(1_000, 14), read(all.get(3)), "it was replaced");
        assertEquals(2, reader.reads);
    }

    private void store(byte[] dataset, ObjectLocation location) throws IOException {
        store(OBJECT, dataset, location);
    }

    private void store(String uid, byte[] dataset, ObjectLocation location) throws IOException {
        byte[] file = new StoredObject(UID.ExplicitVRLittleEndian, "WS1", dataset).toFile(UID.HangingProtocolStorage, uid);
        inStorage = location == null ? null : file;
        NewVersion version = new NewVersion(uid, new byte[0], UID.ExplicitVRLittleEndian, DatasetCodec.digest(dataset), file,
                location, SOMEBODY);
        StoredInstance found = repository.find(uid);
        if (found == null)
            repository.add(version);
        else
            repository.replace(found, version, 0).orElseThrow();
    }

    private void prove() throws Exception {
        catalogue.prove().await(System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
    }

    private StoredInstance look() throws Exception {
        prove();
        return catalogue.get(OBJECT).instance();
    }

    private byte[] read(StoredInstance instance) throws IOException {
        return catalogue.object(instance, reader).dataset();
    }

    private static byte[] dataset(int length, int content) {
        byte[] dataset = new byte[length];
        dataset[length - 1] = (byte) content;
        return dataset;
    }

    private final class Storage implements ObjectStorage {

        @Override
        public ObjectLocation write(String calledAET, byte[] bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(ObjectLocation location) {
            return new ByteArrayInputStream(inStorage);
        }

        @Override
        public void delete(ObjectLocation location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void list(long minAgeMillis, Consumer<ObjectLocation> found) {
            throw new UnsupportedOperationException();
        }
    }
}
