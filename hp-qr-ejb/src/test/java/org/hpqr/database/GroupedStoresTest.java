package org.hpqr.database;

import static org.hpqr.testkit.database.JdbcProxy.invoke;
import static org.hpqr.testkit.database.JdbcProxy.proxy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.OpenPolicy;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.HangingProtocolReceiver;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;
import org.hpqr.testkit.database.Database;
import org.hpqr.testkit.database.Rows;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that are committed together on PostgreSQL: each ends as if it were alone (PS3.4 GG.4). */
class GroupedStoresTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final String FIRST = "2.25.1";
    private static final ExternalStorage NONE = new ExternalStorage((ObjectStorage) null);
    private static final ChangedBy BY = new ChangedBy("WS1", null, "127.0.0.1");
    private static JdbcConnectionPool pool;

    private final CountDownLatch firstIsSent = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final List<FutureTask<Outcome>> others = new ArrayList<>();
    private volatile Batch batch = PreparedStatement::executeBatch;
    private volatile boolean isGone;
    private HangingProtocolRepository repository;
    private HangingProtocolReceiver receiver;

    /** What becomes of the statements of a group. */
    private interface Batch {
        int[] execute(PreparedStatement statement) throws SQLException;
    }

    @BeforeAll
    static void open() {
        pool = Database.POSTGRESQL.create();
        pool.setMaxConnections(40);
        new SchemaMigration(pool).run();
    }

    @AfterAll
    static void close() {
        pool.dispose();
    }

    @BeforeEach
    void useEmptyDatabase() throws SQLException {
        execute("DELETE FROM hp_history");
        execute("DELETE FROM hp_object");
        repository = repository(LONG);
        receiver = receiver(repository);
    }

    @AfterEach
    void letFirstEnd() {
        firstMayEnd.countDown();
    }

    /** One that has already seen which database it has, as it does not group before. */
    private HangingProtocolRepository repository(Duration patience) throws SQLException {
        HangingProtocolRepository made = new HangingProtocolRepository(proxy(DataSource.class, this::dataSource), patience);
        made.add(new NewVersion("2.25.99", new byte[1], UID.ExplicitVRLittleEndian, "a".repeat(64), new byte[1], null, BY));
        execute("DELETE FROM hp_object");
        return made;
    }

    /** Its catalogue knows no object, as that of a server that another one has just stored something beside. */
    private static HangingProtocolReceiver receiver(HangingProtocolRepository repository) {
        Catalogue catalogue = new Catalogue() {
            @Override
            public boolean mayContain(String sopInstanceUid) {
                return false;
            }
        };
        return new HangingProtocolReceiver(NONE, repository, new ObjectReader(NONE, repository), GivenSettings.DEFAULTS, new OpenPolicy(),
                new CommitSync(pool), catalogue);
    }

    /** Its store is under way until the test lets it end, so that those that come meanwhile are a group. */
    private FutureTask<Outcome> storeFirst() throws InterruptedException {
        FutureTask<Outcome> first = start(() -> store(receiver, FIRST, "first"));
        firstIsSent.await();
        return first;
    }

    private FutureTask<Outcome> storeWaiting(String uid, String name) {
        FutureTask<Outcome> store = start(() -> store(receiver, uid, name));
        others.add(store);
        while (repository.waiting() < others.size())
            Thread.yield();
        return store;
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    private static Outcome store(HangingProtocolReceiver receiver, String uid, String name) throws HpFailure {
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.SOPInstanceUID, VR.UI, uid);
        protocol.setString(Tag.HangingProtocolName, VR.SH, name);
        try {
            return receiver.receive(new ReceivedObject("HPQR", BY, UID.HangingProtocolStorage, uid, UID.ExplicitVRLittleEndian,
                    DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian)), Permissions.ALL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of one transaction have the same xmin. */
    @Test
    void aGroupIsOneTransaction() throws Exception {
        FutureTask<Outcome> first = storeFirst();
        for (int i = 2; i < 42; i++)
            storeWaiting("2.25." + i, "other");
        firstMayEnd.countDown();

        assertEquals(Outcome.ADDED, first.get());
        for (FutureTask<Outcome> other : others)
            assertEquals(Outcome.ADDED, other.get());
        assertEquals(List.of("1", "40"), rows("SELECT COUNT(*) FROM hp_object GROUP BY xmin ORDER BY 1"));
        assertEquals(List.of(), rows("SELECT shard FROM hp_object GROUP BY shard, change_number HAVING COUNT(*) > 1"),
                "each change has its own number");
        assertEquals(List.of(), rows("SELECT c.shard FROM hp_change c JOIN hp_object o ON o.shard = c.shard GROUP BY c.shard, c.n "
                + "HAVING MAX(o.change_number) <> c.n"));
    }

    /** Another server has stored one of them, and this one does not know it yet. */
    @Test
    void oneThatReplacesAnObjectLeavesTheOthersAlone() throws Exception {
        HangingProtocolReceiver otherServer = receiver(new HangingProtocolRepository(pool));
        assertEquals(Outcome.ADDED, store(otherServer, "2.25.3", "theirs"));
        assertEquals(Outcome.ADDED, store(otherServer, "2.25.4", "same"));
        storeFirst();
        FutureTask<Outcome> added = storeWaiting("2.25.2", "new");
        FutureTask<Outcome> replaced = storeWaiting("2.25.3", "ours");
        FutureTask<Outcome> unchanged = storeWaiting("2.25.4", "same");
        firstMayEnd.countDown();

        assertEquals(Outcome.ADDED, added.get());
        assertEquals(Outcome.REPLACED, replaced.get());
        assertEquals(Outcome.UNCHANGED, unchanged.get());
        assertEquals(List.of("2.25.3 0 WS1"), rows("SELECT sop_iuid, version, source_aet FROM hp_history"));
    }

    @Test
    void twoWithOneUidAreStoredOneAfterTheOther() throws Exception {
        storeFirst();
        FutureTask<Outcome> one = storeWaiting("2.25.2", "one");
        FutureTask<Outcome> two = storeWaiting("2.25.2", "two");
        FutureTask<Outcome> another = storeWaiting("2.25.3", "another");
        firstMayEnd.countDown();

        assertEquals(Set.of(Outcome.ADDED, Outcome.REPLACED), Set.of(one.get(), two.get()));
        assertEquals(Outcome.ADDED, another.get());
        assertEquals(List.of("2.25.2 0"), rows("SELECT sop_iuid, version FROM hp_history"));
        assertEquals(List.of("2.25.2 1", "2.25.3 0"), rows("SELECT sop_iuid, version FROM hp_object WHERE sop_iuid <> '2.25.1' ORDER BY 1"));
    }

    @Test
    void aGroupWhoseCommitIsNotAnsweredIsStoredOnce() throws Exception {
        batch = statement -> {
            statement.executeBatch();
            throw new SQLException("the test wants this", "08006");
        };
        assertTwoAreAdded();
    }

    @Test
    void eachOfAGroupThatFailsIsStoredByItself() throws Exception {
        batch = statement -> {
            throw new SQLException("the test wants this", "53200");
        };
        assertTwoAreAdded();
    }

    private void assertTwoAreAdded() throws Exception {
        storeFirst();
        storeWaiting("2.25.2", "one");
        storeWaiting("2.25.3", "two");
        firstMayEnd.countDown();

        for (FutureTask<Outcome> other : others)
            assertEquals(Outcome.ADDED, other.get());
        assertEquals(List.of("2.25.2 0", "2.25.3 0"), rows("SELECT sop_iuid, version FROM hp_object WHERE sop_iuid <> '2.25.1' ORDER BY 1"));
        assertEquals(List.of("0"), rows("SELECT COUNT(*) FROM hp_history"));
    }

    @Test
    void eachOfAGroupFailsIfTheDatabaseIsGone() throws Exception {
        batch = statement -> {
            isGone = true;
            throw new SQLException("the test wants this", "08006");
        };
        storeFirst();
        storeWaiting("2.25.2", "one");
        storeWaiting("2.25.3", "two");
        firstMayEnd.countDown();

        for (FutureTask<Outcome> other : others) {
            Throwable failure = assertThrows(ExecutionException.class, other::get).getCause();
            assertEquals(HpStatus.OUT_OF_RESOURCES, ((HpFailure) failure).status());
        }
        assertEquals(List.of("2.25.1"), rows("SELECT sop_iuid FROM hp_object"));
    }

    /** As every group has several shards, else it would stop the stores of all. */
    @Test
    void aSessionThatLocksAShardStopsTheStoresOfThatShardOnly() throws Exception {
        String locked = "2.25.2";
        String free = "2.25.3";
        assertTrue(Shard.of(locked) != Shard.of(free));
        FutureTask<Outcome> first = storeFirst();
        try (Connection session = pool.getConnection(); Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("UPDATE hp_change SET n = n WHERE shard = " + Shard.of(locked));
            FutureTask<Outcome> waits = storeWaiting(locked, "waits");
            FutureTask<Outcome> passes = storeWaiting(free, "passes");
            firstMayEnd.countDown();

            assertEquals(Outcome.ADDED, first.get());
            assertEquals(Outcome.ADDED, passes.get());
            assertFalse(waits.isDone());
            session.rollback();
            session.setAutoCommit(true);
            assertEquals(Outcome.ADDED, waits.get());
        }
    }

    /** Half of the UIDs are stored over both at once. */
    @Test
    void groupsOfTwoServersDoNotLockEachOther() throws Exception {
        HangingProtocolRepository here = repository(GroupCommit.PATIENCE);
        List<HangingProtocolReceiver> servers = List.of(receiver(here), receiver(repository(GroupCommit.PATIENCE)));
        firstMayEnd.countDown();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Outcome>> stores = new ArrayList<>();
            Set<String> uids = new HashSet<>();
            for (int i = 0; i < 400; i++)
                for (int server = 0; server < 2; server++) {
                    String uid = "2.25.10" + (i % 2 == 0 ? i : i + 1_000 * (server + 1));
                    String name = "of" + server;
                    HangingProtocolReceiver receiver = servers.get(server);
                    uids.add(uid);
                    stores.add(() -> store(receiver, uid, name));
                }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> store : threads.invokeAll(stores))
                outcomes.add(store.get());

            assertEquals(600, outcomes.stream().filter(outcome -> outcome == Outcome.ADDED).count());
            assertEquals(200, outcomes.stream().filter(outcome -> outcome == Outcome.REPLACED).count());
            assertEquals(uids, new HashSet<>(rows("SELECT sop_iuid FROM hp_object")));
            assertEquals(List.of("200"), rows("SELECT COUNT(*) FROM hp_history"));
            assertEquals(List.of(), rows("SELECT shard FROM hp_object GROUP BY shard, change_number HAVING COUNT(*) > 1"));
        } finally {
            threads.shutdownNow();
        }
    }

    private Object dataSource(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (isGone)
            throw new SQLException("no connection", "08001");
        Connection connection = pool.getConnection();
        return proxy(Connection.class, (any, called, values) -> {
            Object result = invoke(connection, called, values);
            return called.getName().equals("prepareStatement") ? statement((PreparedStatement) result) : result;
        });
    }

    private PreparedStatement statement(PreparedStatement statement) {
        boolean[] isFirst = new boolean[1];
        return proxy(PreparedStatement.class, (any, called, values) -> {
            if (called.getName().equals("setString") && FIRST.equals(values[1]))
                isFirst[0] = true;
            if (called.getName().equals("executeUpdate") && isFirst[0]) {
                firstIsSent.countDown();
                firstMayEnd.await();
            }
            return called.getName().equals("executeBatch") ? batch.execute(statement) : invoke(statement, called, values);
        });
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static List<String> rows(String select) throws SQLException {
        return Rows.of(pool, select);
    }
}
