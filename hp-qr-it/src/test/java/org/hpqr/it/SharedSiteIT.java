package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.dicom.Workstation;
import org.hpqr.testkit.dicom.Workstation.Outcome;
import org.hpqr.testkit.dicom.Workstation.Session;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of one site: one PostgreSQL, started at the same time. */
@Order(2)
class SharedSiteIT {

    private static final int SUCCESS = 0;
    private static final int PAIRS = 100;
    private static final int ASSOCIATIONS_OF_EACH = 4;

    private static final RandomProtocols protocols = new RandomProtocols(7);

    @TempDir
    private static Path directory;

    private static PostgresServer postgres;
    private static StandaloneServer one;
    private static StandaloneServer two;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Workstation> workstations = new ArrayList<>();
    private Workstation atOne;
    private Workstation atTwo;

    @BeforeAll
    static void startBothAtOnce() throws Exception {
        assumeTrue(PostgresServer.isInstalled(), "NOT TESTED: two servers of one site need PostgreSQL");
        postgres = new PostgresServer();
        postgres.execute("CREATE DATABASE site");
        one = launch("one");
        two = launch("two");
        one.awaitListening();
        two.awaitListening();
    }

    @AfterAll
    static void stop() {
        Stream.of(one, two, postgres).filter(Objects::nonNull).forEach(SharedSiteIT::close);
    }

    @BeforeEach
    void openWorkstations() {
        atOne = workstation(one);
        atTwo = workstation(two);
    }

    @AfterEach
    void closeWorkstations() {
        threads.shutdownNow();
        workstations.forEach(Workstation::close);
    }

    @Test
    void whatOneStoresTheOtherFindsAndSendsAtOnce() throws Exception {
        Session first = atOne.open();
        Session second = atTwo.open();
        for (int i = 0; i < PAIRS; i++) {
            Attributes protocol = protocols.next();
            String uid = protocol.getString(Tag.SOPInstanceUID);
            boolean turn = i % 2 == 0;
            assertEquals(SUCCESS, (turn ? first : second).store(protocol));

            Session other = turn ? second : first;
            assertEquals(List.of(uid), uids(other, keys(protocol)));
            assertEquals(SUCCESS, other.get(uid));
            assertEquals(List.of(protocol), (turn ? atTwo : atOne).takeReceived());
        }
    }

    @Test
    void duplicatesSentToBothAtOnceGiveOneObject() throws Exception {
        Session first = atOne.open();
        Session second = atTwo.open();
        CyclicBarrier together = new CyclicBarrier(2);
        int rows = uids(first, everything()).size();
        for (int i = 0; i < PAIRS; i++) {
            Attributes protocol = protocols.next();
            Attributes sameOrOther = new Attributes(protocol);
            if (i % 2 == 1)
                sameOrOther.setString(Tag.HangingProtocolName, VR.SH, "other content");
            Future<Integer> stored = threads.submit(() -> {
                together.await();
                return first.store(protocol);
            });
            together.await();
            assertEquals(SUCCESS, second.store(sameOrOther));
            assertEquals(SUCCESS, stored.get());

            String uid = protocol.getString(Tag.SOPInstanceUID);
            assertEquals(SUCCESS, first.get(uid));
            assertEquals(SUCCESS, second.get(uid));
            List<Attributes> held = atOne.takeReceived();
            assertEquals(held, atTwo.takeReceived());
            assertTrue(held.equals(List.of(protocol)) || held.equals(List.of(sameOrOther)), held::toString);
        }
        assertEquals(rows + PAIRS, uids(first, everything()).size());
    }

    @Test
    void killedServerCostsOnlyItsOpenAssociations() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean killed = new AtomicBoolean();
        List<Future<Integer>> loadOnOne = new ArrayList<>();
        List<Future<Integer>> loadOnTwo = new ArrayList<>();
        for (int i = 0; i < ASSOCIATIONS_OF_EACH; i++) {
            Session first = atOne.open();
            Session second = atTwo.open();
            Callable<Attributes> more = SharedSiteIT::next;
            loadOnOne.add(threads.submit(() -> storeUntilLost(first, more, acknowledged)));
            loadOnTwo.add(threads.submit(() -> storeUntil(killed, second, more, acknowledged)));
        }
        Await.untilTrue("load on both", () -> acknowledged.size() > 500);

        one.kill();
        for (Future<Integer> load : loadOnOne)
            assertTrue(load.get() > 0);
        int before = acknowledged.size();
        Await.untilTrue("the other goes on", () -> acknowledged.size() > before + 500);
        killed.set(true);
        for (Future<Integer> load : loadOnTwo)
            assertTrue(load.get() > 0, "no store on the other failed");

        assertAllAreHeld(acknowledged, atTwo);
        one = launch("one");
        one.awaitListening();
        Workstation atOneAgain = workstation(one);
        assertAllAreHeld(acknowledged, atOneAgain);
    }

    /** Of all threads. */
    private static synchronized Attributes next() {
        return protocols.next();
    }

    private static int storeUntil(AtomicBoolean end, Session session, Callable<Attributes> more, Set<String> acknowledged)
            throws Exception {
        int stored = 0;
        for (; !end.get(); stored++) {
            Attributes protocol = more.call();
            assertEquals(SUCCESS, session.store(protocol));
            acknowledged.add(protocol.getString(Tag.SOPInstanceUID));
        }
        return stored;
    }

    private static int storeUntilLost(Session session, Callable<Attributes> more, Set<String> acknowledged) throws Exception {
        for (int stored = 0;; stored++) {
            Attributes protocol = more.call();
            try {
                assertEquals(SUCCESS, session.store(protocol));
            } catch (IOException e) {
                return stored;
            }
            acknowledged.add(protocol.getString(Tag.SOPInstanceUID));
        }
    }

    /** Found, and their bytes are sent. */
    private static void assertAllAreHeld(Set<String> uids, Workstation workstation) throws Exception {
        Session session = workstation.open();
        Set<String> lost = new TreeSet<>(uids);
        lost.removeAll(Set.copyOf(uids(session, everything())));
        assertEquals(Set.of(), lost);
        assertEquals(SUCCESS, session.get(uids.toArray(String[]::new)));
        assertEquals(uids.size(), workstation.takeReceived().size());
    }

    private static List<String> uids(Session session, Attributes keys) throws Exception {
        Outcome found = session.find(keys);
        assertEquals(SUCCESS, found.status());
        return found.uids();
    }

    private static Attributes everything() {
        Attributes keys = new Attributes();
        keys.setNull(Tag.SOPInstanceUID, VR.UI);
        return keys;
    }

    private static Attributes keys(Attributes protocol) {
        Attributes keys = new Attributes();
        keys.setString(Tag.SOPInstanceUID, VR.UI, protocol.getString(Tag.SOPInstanceUID));
        keys.setString(Tag.HangingProtocolLevel, VR.CS, protocol.getString(Tag.HangingProtocolLevel));
        return keys;
    }

    private static StandaloneServer launch(String name) {
        return StandaloneServer.launch(directory.resolve(name), Map.of("HPQR_DB", "postgresql", "HPQR_DB_URL",
                postgres.url("site"), "HPQR_DB_USER", PostgresServer.USER, "HPQR_DB_CONNECTIONS", "20"));
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Workstation workstation(StandaloneServer server) {
        Workstation workstation = new Workstation(server.port());
        workstations.add(workstation);
        return workstation;
    }
}
