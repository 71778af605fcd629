package org.hpqr.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.catalogue.CandidateFilter.ValueFilter;
import org.hpqr.database.BusyDatabase;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.ObjectState;
import org.hpqr.database.OtherQuery;
import org.hpqr.database.SearchDatabase;
import org.hpqr.database.Shard;
import org.hpqr.database.StoredInstance;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a catalogue has is what is committed, whatever happens to the database. */
class CatalogueTest {

    private static final String UID = "2.25.1";
    private static final long NEVER = TimeUnit.HOURS.toNanos(1);

    private JdbcConnectionPool pool;
    private ObservedDatabase observed;
    private HangingProtocolRepository repository;
    private Catalogue catalogue;

    private void use(Database product) {
        use(product, NEVER, NEVER);
    }

    private void use(Database product, long comparisonNanos, long stuckNanos) {
        pool = product.create();
        new SearchDatabase(pool);
        observed = new ObservedDatabase(pool);
        repository = new HangingProtocolRepository(pool);
        catalogue = new Catalogue(observed.source(), Thread::new, comparisonNanos, stuckNanos);
    }

    @AfterEach
    void close() {
        if (catalogue != null)
            catalogue.close();
        if (pool != null)
            pool.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedIsInTheNextProof(Database product) throws Exception {
        use(product);
        assertEquals(List.of(), names());

        store(UID, "first");
        assertEquals(List.of("first"), names());
        store(UID, "second");
        store("2.25.2", "other");
        assertEquals(List.of("other", "second"), names());
        repository.changeState(repository.find(UID), ObjectState.RETIRED, ChangedBy.aeTitle("WS1"), 0);
        assertEquals(List.of("other"), names());
        assertEquals(ObjectState.RETIRED, catalogue.get(UID).instance().state());
        repository.changeState(repository.find(UID), ObjectState.REMOVED, ChangedBy.aeTitle("WS1"), 0);
        assertEquals(List.of("other"), names());
        assertNull(catalogue.get(UID));
        store(UID, "again");
        assertEquals(List.of("again", "other"), names());
        assertEquals(repository.find(UID), catalogue.get(UID).instance());
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsReadAtTheStart(Database product) throws Exception {
        use(product);
        List<String> names = IntStream.range(0, 300).mapToObj(i -> String.format("P%03d", i)).toList();
        for (int i = 0; i < names.size(); i++)
            store("2.25." + i, names.get(i));

        assertEquals(names, names());
    }

    /** A store that failed has counted nothing. */
    @Test
    void whatWasRolledBackLeavesNoGap() throws Exception {
        use(Database.H2);
        store(UID, "first");
        StoredInstance first = repository.find(UID);
        store(UID, "second");
        long changes = changes();
        assertEquals(Optional.empty(), repository.replace(first, SearchDatabase.version(protocol(UID, "lost")), 0));
        assertEquals(changes, changes());
        assertEquals(List.of("second"), names());

        store(UID, "third");
        assertEquals(List.of("third"), names());
    }

    /** Those that wait while a statement is under way share the next one; they do not take what it says. */
    @Test
    void aProofCountsForThoseThatBeganBeforeItWasSent() throws Exception {
        use(Database.H2);
        prove();
        observed.proofs.set(0);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        observed.afterProof = () -> {
            answered.countDown();
            await(goOn);
        };
        Proof first = catalogue.prove();
        answered.await();
        store(UID, "new");
        List<Proof> later = IntStream.range(0, 5).mapToObj(i -> catalogue.prove()).toList();
        observed.afterProof = () -> { };
        goOn.countDown();

        first.await(soon());
        for (Proof proof : later)
            proof.await(soon());
        assertEquals(2, observed.proofs.get());
        assertNotNull(catalogue.get(UID));
    }

    /** A backup was restored. */
    @Test
    void countersThatWentBackMakeItReadAnew() throws Exception {
        use(Database.H2);
        store(UID, "new");
        store(UID, "newer");
        assertEquals(List.of("newer"), names());

        execute("UPDATE hp_change SET n = 1 WHERE shard = " + Shard.of(UID), "DELETE FROM hp_object");
        assertEquals(List.of(), names());
    }

    /** The database was made anew, and as many changes were made. */
    @Test
    void anotherDatabaseMakesItReadAnew() throws Exception {
        use(Database.H2);
        store(UID, "here");
        assertEquals(List.of("here"), names());

        execute("UPDATE hp_database SET id = '00000000-0000-0000-0000-000000000000'", "DELETE FROM hp_object");
        assertEquals(List.of(), names());
    }

    /** The row that tells one from the other was deleted, too: it is made again. */
    @Test
    void emptiedDatabaseIsServed() throws Exception {
        use(Database.H2);
        store(UID, "here");
        assertEquals(List.of("here"), names());

        execute("DELETE FROM hp_database", "DELETE FROM hp_object", "UPDATE hp_change SET n = 0");
        assertEquals(List.of(), names());
        store(UID, "again");
        assertEquals(List.of("again"), names());
    }

    /** Nobody has counted these changes. */
    @Test
    void comparisonNoticesWhatWasChangedAndRemovedByHand() throws Exception {
        use(Database.H2, 1, NEVER);
        store(UID, "removed");
        store("2.25.2", "moved");
        assertEquals(List.of("moved", "removed"), names());
        execute("DELETE FROM hp_object WHERE sop_iuid = '" + UID + "'",
                "UPDATE hp_object SET storage_id = 'fs1', storage_path = 'there' WHERE sop_iuid = '2.25.2'");

        // one shard with each proof
        for (int i = 0; i <= Shard.COUNT; i++)
            prove();
        assertEquals(List.of("moved"), names());
        assertEquals("there", catalogue.get("2.25.2").instance().location().path());
    }

    @Test
    void aDatabaseThatFailsFailsTheProofAndIsAskedAgain() throws Exception {
        use(Database.H2);
        store(UID, "here");
        observed.beforeProof = () -> {
            throw new SQLException("the test wants this", "08006");
        };
        SQLException failure = assertThrows(SQLException.class, this::prove);
        assertEquals("08006", failure.getSQLState());

        observed.beforeProof = () -> { };
        assertEquals(List.of("here"), names());
    }

    @Test
    void aHangingDatabaseHoldsNobodyLongerThanHeWaits() throws Exception {
        use(Database.H2);
        CountDownLatch hanging = new CountDownLatch(1);
        observed.beforeProof = () -> await(hanging);
        Proof hasTime = catalogue.prove();
        assertThrows(TimeoutException.class, () -> catalogue.prove().await(System.nanoTime() + 1));
        Proof cancelled = catalogue.prove();
        cancelled.cancel();
        assertThrows(CancellationException.class, () -> cancelled.await(soon()));

        observed.beforeProof = () -> { };
        hanging.countDown();
        hasTime.await(soon());
    }

    /** The other end of its connection has gone without a word. */
    @Test
    void aStatementThatNeverComesBackIsLeftToItself() throws Exception {
        use(Database.H2, NEVER, 1);
        store(UID, "here");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        observed.beforeProof = () -> {
            observed.beforeProof = () -> { };
            sent.countDown();
            await(never);
        };
        Proof proof = catalogue.prove();
        sent.await();

        proof.await(soon());
        assertEquals(List.of("here"), names());
        never.countDown();
    }

    /** The thread that asks the database is the only one: if it ended, nothing would be found any more. */
    @Test
    void anErrorFailsTheProofAndTheNextOneSucceeds() throws Exception {
        use(Database.H2);
        store(UID, "here");
        observed.beforeProof = () -> {
            observed.beforeProof = () -> { };
            throw new OutOfMemoryError("the test wants this");
        };
        SQLException failure = assertThrows(SQLException.class, this::prove);
        assertInstanceOf(OutOfMemoryError.class, failure.getCause());

        assertEquals(List.of("here"), names());
    }

    @Test
    void aThreadThatHasEndedIsReplaced() throws Exception {
        pool = Database.H2.create();
        new SearchDatabase(pool);
        repository = new HangingProtocolRepository(pool);
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        catalogue = new Catalogue(pool, work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        }, NEVER);
        prove();
        store(UID, "here");
        Thread first = threads.take();
        first.interrupt();
        first.join();

        assertEquals(List.of("here"), names());
    }

    /** A container that stops gives none any more. */
    @Test
    void closingNeedsNoThreadOfTheContainer() throws Exception {
        pool = Database.H2.create();
        new SearchDatabase(pool);
        AtomicBoolean stopping = new AtomicBoolean();
        catalogue = new Catalogue(pool, work -> stopping.get() ? null : new Thread(work), NEVER);
        prove();
        stopping.set(true);

        catalogue.close();
    }

    /** The operating system has none left. */
    @Test
    void aThreadThatCannotBeStartedIsStartedLater() throws Exception {
        pool = Database.H2.create();
        new SearchDatabase(pool);
        repository = new HangingProtocolRepository(pool);
        store(UID, "here");
        AtomicBoolean noneIsLeft = new AtomicBoolean(true);
        catalogue = new Catalogue(pool, work -> {
            if (noneIsLeft.getAndSet(false))
                throw new OutOfMemoryError("the test wants this");
            return new Thread(work);
        }, NEVER);
        assertThrows(OutOfMemoryError.class, () -> catalogue.prove());

        assertEquals(List.of("here"), names());
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsAStatementThatTheDatabaseWorksOn(BusyDatabase busy) throws Exception {
        pool = busy.create();
        catalogue = new Catalogue(OtherQuery.in(pool, busy.endless()), Thread::new, NEVER);
        Proof proof = catalogue.prove();
        busy.awaitWorking(pool);

        catalogue.close();
        assertThrows(CancellationException.class, () -> proof.await(soon()));
        busy.awaitIdle(pool);
    }

    @Test
    void whoLooksThroughItSeesEachObjectAsItWasWhenHeBegan() throws Exception {
        use(Database.H2);
        store("2.25.1", "A");
        store("2.25.2", "B");
        store("2.25.3", "C");
        prove();
        Iterator<CatalogueEntry> before = catalogue.candidates(CandidateFilter.ALL).iterator();
        assertEquals("A", name(before.next()));
        store("2.25.2", "Z");
        store("2.25.1", "Y");
        repository.changeState(repository.find("2.25.3"), ObjectState.RETIRED, ChangedBy.aeTitle("WS1"), 0);
        prove();

        assertEquals("B", name(before.next()));
        assertEquals("C", name(before.next()));
        assertFalse(before.hasNext());
        assertEquals(List.of("Y", "Z"), names());
    }

    /** Its attributes are read when it is a candidate. */
    @ParameterizedTest
    @EnumSource
    void largeObjectsStayInTheDatabase(Database product) throws Exception {
        use(product);
        Attributes large = protocol(UID, "large");
        large.setString(Tag.HangingProtocolDescription, VR.UT, "x".repeat(70_000));
        repository.add(SearchDatabase.version(large));
        store("2.25.2", "small");
        prove();
        CatalogueEntry entry = catalogue.get(UID);
        assertNull(entry.attributes());
        assertNotNull(catalogue.get("2.25.2").attributes());

        assertEquals(List.of("large", "small"), names());
        assertEquals(List.of("large"), names(new CandidateFilter(null,
                List.of(new ValueFilter.Equal(List.of(Tag.HangingProtocolName), "large")), false)));
        assertEquals(70_000, catalogue.attributes(entry).getString(Tag.HangingProtocolDescription).length());
        store(UID, "smaller");
        assertEquals(List.of("small", "smaller"), names());
    }

    @Test
    void anObjectWithVeryManyValuesIsAlwaysACandidate() throws Exception {
        use(Database.H2);
        Attributes many = protocol(UID, "many");
        var definitions = many.newSequence(Tag.HangingProtocolDefinitionSequence, 1_001);
        for (int i = 0; i < 1_001; i++) {
            Attributes item = new Attributes();
            item.setString(Tag.Modality, VR.CS, "M" + i);
            definitions.add(item);
        }
        repository.add(SearchDatabase.version(many));
        store("2.25.2", "other");
        prove();

        CandidateFilter filter = new CandidateFilter(null,
                List.of(new ValueFilter.Equal(List.of(Tag.HangingProtocolName), "none")), false);
        assertEquals(List.of("many"), names(filter));
        store(UID, "few");
        prove();
        assertEquals(List.of(), names(filter));
    }

    @Test
    void aDamagedRowIsFoundByItsUidOnly() throws Exception {
        use(Database.H2);
        store("2.25.2", "whole");
        try (Connection connection = pool.getConnection();
             PreparedStatement update = connection.prepareStatement("UPDATE hp_object SET attrs = ?, sop_iuid = ?")) {
            update.setBytes(1, new byte[] {8, 0, 0x18, 0, 'U', 'I', 64, 0, '1'});
            update.setString(2, UID);
            update.executeUpdate();
        }
        store("2.25.2", "whole");
        prove();

        CatalogueEntry damaged = catalogue.get(UID);
        assertThrows(IOException.class, () -> catalogue.attributes(damaged));
        assertTrue(catalogue.candidates(new CandidateFilter(Set.of(UID), List.of(), false)).iterator().hasNext());
        assertFalse(catalogue.candidates(new CandidateFilter(null,
                List.of(new ValueFilter.Equal(List.of(Tag.HangingProtocolName), "none")), false)).iterator().hasNext());
        assertEquals(damaged, catalogue.candidates(CandidateFilter.ALL).iterator().next());
    }

    private void store(String uid, String name) {
        StoredInstance found = repository.find(uid);
        if (found == null)
            repository.add(SearchDatabase.version(protocol(uid, name)));
        else
            assertTrue(repository.replace(found, SearchDatabase.version(protocol(uid, name)), 0).isPresent());
    }

    private static Attributes protocol(String uid, String name) {
        Attributes protocol = new Attributes();
        protocol.setString(Tag.SOPInstanceUID, VR.UI, uid);
        protocol.setString(Tag.HangingProtocolName, VR.SH, name);
        return protocol;
    }

    private void prove() throws Exception {
        catalogue.prove().await(soon());
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    }

    private List<String> names() throws Exception {
        prove();
        return names(CandidateFilter.ALL);
    }

    private List<String> names(CandidateFilter filter) throws Exception {
        List<String> names = new ArrayList<>();
        for (CatalogueEntry entry : catalogue.candidates(filter))
            names.add(name(entry));
        return names;
    }

    private String name(CatalogueEntry entry) throws Exception {
        return catalogue.attributes(entry).getString(Tag.HangingProtocolName);
    }

    /** How many changes of objects in the shard of {@link #UID} are counted. */
    private long changes() throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT n FROM hp_change WHERE shard = " + Shard.of(UID))) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements)
                statement.execute(sql);
        }
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }
}
