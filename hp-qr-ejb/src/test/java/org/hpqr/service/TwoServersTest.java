package org.hpqr.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.access.AccessRules;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.database.CommitSync;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.History;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.PersistenceUnit;
import org.hpqr.database.SchemaMigration;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.spi.OpenPolicy;
import org.hpqr.status.HpFailure;
import org.hpqr.store.HangingProtocolReceiver;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;
import org.hpqr.testkit.database.Database;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers on one database: what one has acknowledged, the other sees at once, and never half of it. */
class TwoServersTest {

    /** More with {@code -Dhpqr.rounds=10000}. */
    private static final int ROUNDS = Integer.getInteger("hpqr.rounds", 400);
    private static final int THREADS = 4;
    private static final int OBJECTS = 5;
    private static final Caller CALLER = Caller.ofAETitle("HPQR", "WS1", "127.0.0.1");
    private JdbcConnectionPool pool;
    private EntityManagerFactory persistence;
    private final List<Catalogue> catalogues = new ArrayList<>();

    @AfterEach
    void close() {
        catalogues.forEach(Catalogue::close);
        if (persistence != null)
            persistence.close();
        if (pool != null)
            pool.dispose();
    }

    private void use(Database product) {
        pool = product.create();
        pool.setMaxConnections(20);
        new SchemaMigration(pool).run();
        persistence = PersistenceUnit.on(pool);
    }

    private HangingProtocolService server() {
        Catalogue catalogue = new Catalogue(pool, Thread::new, TimeUnit.MILLISECONDS.toNanos(50));
        catalogues.add(catalogue);
        HangingProtocolRepository repository = new HangingProtocolRepository(pool);
        ExternalStorage none = new ExternalStorage(null);
        ObjectReader reader = new ObjectReader(none, repository);
        CommitSync commits = new CommitSync(pool);
        return new HangingProtocolService(catalogue, repository,
                new HangingProtocolReceiver(none, repository, reader, GivenSettings.DEFAULTS, new OpenPolicy(), commits, catalogue), reader,
                new History(persistence.createEntityManager()), commits, GivenSettings.DEFAULTS, new AccessRules(GivenSettings.DEFAULTS));
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerIsStale(Database product) throws Exception {
        use(product);
        changeAndLook(ROUNDS);
    }

    /** Old versions of all rows and counters are kept for it meanwhile. */
    @ParameterizedTest
    @EnumSource
    void noAnswerIsStaleWhileAnotherSessionHasAnOldSnapshot(Database product) throws Exception {
        use(product);
        server().store(received("2.25.1", "A"), CALLER);
        try (Connection session = pool.getConnection()) {
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            session.setAutoCommit(false);
            assertEquals(1, changes(session));

            changeAndLook(ROUNDS / 4);

            assertEquals(1, changes(session), "it still sees what it saw first");
            session.rollback();
            assertTrue(changes(session) > 1);
            session.rollback();
        }
    }

    private static int changes(Connection session) throws SQLException {
        try (Statement statement = session.createStatement(); ResultSet sum = statement.executeQuery("SELECT SUM(n) FROM hp_change")) {
            sum.next();
            return sum.getInt(1);
        }
    }

    private void changeAndLook(int rounds) throws Exception {
        HangingProtocolService one = server();
        HangingProtocolService other = server();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<Integer> onlooker = threads.submit(() -> lookOn(one, over));
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                work.add(() -> {
                    new Peer(thread, one, other).work(rounds / THREADS);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work))
                done.get();
            over.set(true);
            assertTrue(onlooker.get() > 0);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** Whoever asks for everything finds each object once, and each as one version. */
    private static int lookOn(HangingProtocolService server, AtomicBoolean over) throws Exception {
        int looks = 0;
        while (!over.get()) {
            Set<String> seen = new HashSet<>();
            for (Attributes match : find(server, new Attributes())) {
                assertTrue(seen.add(match.getString(Tag.SOPInstanceUID)), "found twice");
                assertEquals(match.getString(Tag.HangingProtocolName), match.getString(Tag.HangingProtocolDescription));
            }
            looks++;
        }
        return looks;
    }

    /** Changes objects of its own, and looks each time on the other server. */
    private static final class Peer {

        private final Random random;
        private final int number;
        private final HangingProtocolService one;
        private final HangingProtocolService other;
        /** The name of each object that is to be found. */
        private final Map<String, String> stored = new HashMap<>();
        private final Map<String, String> retired = new HashMap<>();
        private int changes;

        Peer(int number, HangingProtocolService one, HangingProtocolService other) {
            this.number = number;
            this.one = one;
            this.other = other;
            random = new Random(number);
        }

        void work(int rounds) throws Exception {
            for (int i = 0; i < rounds; i++) {
                boolean turned = random.nextBoolean();
                String uid = "2.25.1" + number + random.nextInt(OBJECTS);
                change(turned ? other : one, uid);
                check(turned ? one : other, uid);
            }
        }

        private void change(HangingProtocolService server, String uid) throws HpFailure {
            switch (random.nextInt(5)) {
                case 0 -> {
                    assertEquals(stored.containsKey(uid) || retired.containsKey(uid) ? Change.DONE : Change.NOT_FOUND,
                            server.retire(uid, null, CALLER));
                    if (stored.containsKey(uid))
                        retired.put(uid, stored.remove(uid));
                }
                case 1 -> {
                    assertEquals(stored.containsKey(uid) || retired.containsKey(uid) ? Change.DONE : Change.NOT_FOUND,
                            server.restore(uid, null, CALLER));
                    if (retired.containsKey(uid))
                        stored.put(uid, retired.remove(uid));
                }
                case 2 -> {
                    assertEquals(retired.containsKey(uid) ? Change.DONE
                            : stored.containsKey(uid) ? Change.NOT_RETIRED : Change.NOT_FOUND, server.delete(uid, null, CALLER));
                    retired.remove(uid);
                }
                default -> {
                    String name = "P" + number + "-" + ++changes;
                    assertEquals(stored.containsKey(uid) || retired.containsKey(uid) ? Outcome.REPLACED : Outcome.ADDED,
                            server.store(received(uid, name), CALLER));
                    stored.put(uid, name);
                    retired.remove(uid);
                }
            }
        }

        private void check(HangingProtocolService server, String uid) throws Exception {
            String name = stored.get(uid);
            Attributes byUid = new Attributes();
            byUid.setString(Tag.SOPInstanceUID, VR.UI, uid);
            assertEquals(name == null ? List.of() : List.of(name), names(find(server, byUid)));
            if (name != null) {
                Attributes byName = new Attributes();
                byName.setString(Tag.HangingProtocolName, VR.SH, name.substring(0, name.length() - 1) + "?");
                assertTrue(names(find(server, byName)).contains(name));
            }
            List<StoredInstance> located = server.lookup(CALLER).find(List.of(uid)).orElseThrow();
            assertEquals(name == null ? 0 : 1, located.size());
            if (name != null)
                assertEquals(name, DatasetCodec.decode(server.read(located.get(0), CALLER).dataset(), UID.ExplicitVRLittleEndian)
                        .getString(Tag.HangingProtocolName));
        }

        private static List<String> names(List<Attributes> matches) {
            return matches.stream().map(match -> match.getString(Tag.HangingProtocolName)).toList();
        }
    }

    /** PS3.4 U.6: a C-STORE is answered with success where the object can be found afterwards. */
    @Test
    void whatIsStoredAgainIsRestored() throws Exception {
        use(Database.H2);
        HangingProtocolService server = server();
        ReceivedObject object = received("2.25.1", "A");
        server.store(object, CALLER);
        server.retire("2.25.1", null, CALLER);
        assertEquals(List.of(), find(server, new Attributes()));

        assertEquals(Outcome.RESTORED, server.store(object, CALLER));
        assertEquals(1, find(server, new Attributes()).size());
        assertEquals(Outcome.UNCHANGED, server.store(object, CALLER));
    }

    @Test
    void aChangeOfWhatWasReplacedMeanwhileIsAConflict() throws Exception {
        use(Database.H2);
        HangingProtocolService server = server();
        server.store(received("2.25.1", "A"), CALLER);
        String known = server.lookup(CALLER).find(List.of("2.25.1")).orElseThrow().get(0).contentDigest();
        assertNotNull(known);
        server.store(received("2.25.1", "B"), CALLER);

        assertEquals(Change.CONFLICT, server.retire("2.25.1", known, CALLER));
        assertEquals(1, find(server, new Attributes()).size());
    }

    private static ReceivedObject received(String uid, String name) {
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.SOPInstanceUID, VR.UI, uid);
        protocol.setString(Tag.HangingProtocolName, VR.SH, name);
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, name);
        try {
            return new ReceivedObject("HPQR", CALLER.changedBy(), UID.HangingProtocolStorage, uid, UID.ExplicitVRLittleEndian,
                    DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Attributes> find(HangingProtocolService server, Attributes keys) throws HpFailure {
        for (int tag : new int[] {Tag.SOPInstanceUID, Tag.HangingProtocolName, Tag.HangingProtocolDescription})
            if (!keys.contains(tag))
                keys.setNull(tag, tag == Tag.SOPInstanceUID ? VR.UI : tag == Tag.HangingProtocolName ? VR.SH : VR.LO);
        Find find = server.find(FindIdentifier.of(keys, UnknownValues.STRICT, 16), CALLER);
        List<Attributes> matches = new ArrayList<>();
        for (Attributes match; (match = find.next()) != null;)
            matches.add(match);
        return matches;
    }
}
