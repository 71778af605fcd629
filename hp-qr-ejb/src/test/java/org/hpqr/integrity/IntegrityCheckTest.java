package org.hpqr.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.IntegrityRecords;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.SchemaMigration;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.spi.Settings;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read when, and what is said of it. The test moves the clock. */
class IntegrityCheckTest {

    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private final JdbcConnectionPool database = Database.H2.create();
    /** What is stored: UIDs by their places. */
    private final TreeMap<Long, String> stored = new TreeMap<>();
    private final Map<String, RuntimeException> failing = new HashMap<>();
    private final Set<String> damaged = new HashSet<>();
    private final List<String> read = new ArrayList<>();
    private boolean databaseAnswers = true;
    private int days = 1;
    private long now = 1_700_000_000_000L;

    private final Inventory inventory = new Inventory() {
        @Override
        public long countAll() {
            return stored.size();
        }

        @Override
        public List<Entry> after(long pk, int most) {
            return stored.tailMap(pk, false).entrySet().stream().limit(most)
                    .map(object -> new Entry(object.getKey(), instance(object.getValue()))).toList();
        }
    };
    private final HangingProtocolRepository repository = new HangingProtocolRepository() {
        @Override
        public StoredInstance find(String uid) {
            return stored.containsValue(uid) ? instance(uid) : null;
        }

        @Override
        public boolean isAnswering() {
            return databaseAnswers;
        }
    };
    private final ObjectReader reader = new ObjectReader() {
        @Override
        public StoredObject read(StoredInstance instance) throws IOException {
            String uid = instance.sopInstanceUid();
            if (failing.containsKey(uid))
                throw failing.get(uid);
            read.add(uid);
            if (damaged.contains(uid))
                throw new IOException("its digest is another");
            return null;
        }
    };
    private final Settings settings = new Settings() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(Setting<T> setting, String calledAET) {
            assertEquals(HpSettings.INTEGRITY_CHECK_DAYS, setting);
            return (T) Integer.valueOf(days);
        }
    };
    private final IntegrityRecords records = new IntegrityRecords(database);
    private final IntegrityCheck check = newServer();

    IntegrityCheckTest() {
        new SchemaMigration(database).run();
    }

    private IntegrityCheck newServer() {
        return new IntegrityCheck(inventory, repository, reader, records, settings, () -> now);
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void everyObjectIsReadOnceInEachPeriodAndFewAtATime() {
        store(100);
        for (int day = 1; day <= 3; day++) {
            for (int minute = 0; minute < MINUTES_OF_A_DAY; minute++) {
                int before = read.size();
                step(check);
                assertTrue(read.size() - before <= 1, "100 objects in 1,440 minutes");
            }
            assertEquals(day * 100, read.size(), 2, "of this day");
            assertEquals(100, new HashSet<>(read.subList((day - 1) * 100, read.size())).size(), 2);
        }
    }

    @Test
    void serversShareTheWorkAndARestartRepeatsNothing() {
        store(100);
        IntegrityCheck other = newServer();
        for (int minute = 0; minute < MINUTES_OF_A_DAY; minute++) {
            if (minute % 100 == 0)
                other = newServer();
            step(minute % 2 == 0 ? check : other);
        }
        assertEquals(read.size(), new HashSet<>(read).size());
        assertEquals(100, read.size(), 2);
    }

    @Test
    void whatWasMissedIsMadeUpForAtABoundedRate() {
        store(2_500);
        step(check);
        now += 10 * MINUTES_OF_A_DAY * MINUTE;
        read.clear();

        check.step();
        assertEquals(IntegrityCheck.MAX_IN_A_STEP, read.size());
        check.step();
        check.step();
        assertEquals(2_499, read.size(), "the first one was read before");
    }

    @Test
    void objectsThatAreRemovedDoNotStopIt() {
        store(100);
        for (int minute = 0; minute < MINUTES_OF_A_DAY / 2; minute++)
            step(check);
        stored.keySet().removeIf(pk -> pk <= 90);
        day();
        read.clear();
        day();

        assertEquals(Set.copyOf(stored.values()), Set.copyOf(read), "those that are left");
    }

    @Test
    void damagedObjectIsNamedUntilItIsFixed() {
        store(4);
        damaged.addAll(List.of("2.25.1", "2.25.2", "2.25.3", "2.25.4"));
        assertEquals(Map.of("integrity", ""), check.problems());
        day();
        assertEquals(Map.of("integrity", "4 damaged objects: 2.25.1, 2.25.2, 2.25.3 and others, see the log"), check.problems());
        assertEquals(4, check.counts().get("objects_damaged"));
        assertEquals("its digest is another", records.damaged().get("2.25.1"));

        IntegrityCheck restarted = newServer();
        restarted.step();
        assertEquals(check.problems(), restarted.problems());

        damaged.removeAll(List.of("2.25.1", "2.25.3"));
        stored.values().remove("2.25.4");
        check.step();
        assertEquals(Map.of("integrity", "1 damaged objects: 2.25.2"), check.problems());
        assertEquals(Set.of("2.25.2"), records.damaged().keySet());
        assertEquals(1, check.counts().get("objects_damaged"));
    }

    /** As PostgreSQL does where a part of a long value is lost: that row cannot be read, all others can. */
    @Test
    void objectThatTheDatabaseCannotReadIsNamed() {
        store(2);
        failing.put("2.25.1", new DatabaseException(new SQLException("missing chunk number 0 for toast value 1")));
        day();

        assertTrue(records.damaged().get("2.25.1").contains("missing chunk number 0"), records.damaged()::toString);
        assertTrue(read.contains("2.25.2"), "it is not in the way");
    }

    @Test
    void databaseThatIsAwayIsNoDamage() {
        store(1);
        failing.put("2.25.1", new DatabaseException(new SQLException("no connection")));
        databaseAnswers = false;
        assertThrows(DatabaseException.class, check::step);
        databaseAnswers = true;
        failing.clear();

        check.step();

        assertEquals(List.of("2.25.1"), read);
        assertEquals(Map.of("integrity", ""), check.problems());
    }

    @Test
    void nothingIsReadWhereItIsNotWanted() {
        store(3);
        days = 0;
        day();
        assertEquals(List.of(), read);
    }

    private void day() {
        for (int minute = 0; minute < MINUTES_OF_A_DAY; minute++)
            step(check);
    }

    private void step(IntegrityCheck server) {
        server.step();
        now += MINUTE;
    }

    private void store(int objects) {
        for (long pk = 1; pk <= objects; pk++)
            stored.put(pk, "2.25." + pk);
    }

    private static StoredInstance instance(String uid) {
        return new StoredInstance(uid, ObjectState.STORED, 0, "1.2.840.10008.1.2.1", "c".repeat(64), null, 3, "d".repeat(64));
    }
}
