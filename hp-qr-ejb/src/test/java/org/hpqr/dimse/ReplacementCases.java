package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.testkit.dicom.Gate;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.samples.SampleRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One UID stored again with other content while others find, retrieve and store it: they see one object, old or new. */
abstract class ReplacementCases {

    private static final int TIMEOUT_SECONDS = 60;

    private final ExecutorService peers = Executors.newCachedThreadPool();
    /** Where stores wait for each other before they write their rows, the first time; of one party if nobody waits. */
    private CyclicBarrier atRow = new CyclicBarrier(1);
    private final AtomicInteger stores = new AtomicInteger();
    private TestServer server;
    private Peer peer;

    /** Connections to an empty database. */
    abstract JdbcConnectionPool newDatabase();

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer(new TestDatabase(newDatabase()), working -> new DelegatingRepository(working) {
            @Override
            void beforeStore() {
                if (stores.incrementAndGet() <= atRow.getParties())
                    meet();
            }
        }, TestServer::catalogue);
        // the bytes of what is replaced are deleted at once, which is harder on those who read them
        server.settings.put(HpSettings.HISTORY_SIZE, 0);
        peer = new Peer(server.port);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        server.close();
        peers.shutdownNow();
    }

    private void meet() {
        try {
            atRow.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void untilItIsCommittedAReplacementIsNotSeen() throws Exception {
        store("old");
        Gate commit = new Gate();
        server.database.beforeStoreCommits = commit::pass;
        Future<Peer.Response> replacing = storeByAnother("new");
        commit.awaitArrival();

        assertEquals(List.of("old"), found());
        assertEquals(List.of("old"), got());
        commit.open();
        assertEquals(0, replacing.get().status());
        assertEquals(List.of("new"), found());
        assertEquals(List.of("new"), got());
        assertOneObject();
    }

    @Test
    void retrieveThatHasLocatedReplacedBytesSendsTheNewObject() throws Exception {
        store("old");
        Gate open = new Gate();
        server.storage.beforeOpen = open::pass;
        Peer.Pending retrieve = peer.get(Peer.uids(SampleProtocols.CHEST_XRAY_UID));
        open.awaitArrival();
        assertEquals(0, storeByAnother("new").get().status());
        assertOneObject();
        open.open();

        assertEquals(0, retrieve.last().status());
        assertEquals(List.of("new"), received());
    }

    @Test
    void retrieveFollowsOneReplacementAfterTheOther() throws Exception {
        store("old");
        AtomicInteger replacements = new AtomicInteger();
        server.storage.beforeOpen = () -> {
            if (replacements.get() < 3)
                await(storeByAnother("new " + replacements.incrementAndGet()));
        };

        assertEquals(List.of("new 3"), got());
    }

    /** A storage that does not keep what is open. */
    @Test
    void retrieveThatLosesReplacedBytesWhileReadingSendsTheNewObject() throws Exception {
        store("old");
        AtomicInteger readers = new AtomicInteger();
        server.storage.opened = in -> readers.getAndIncrement() > 0 ? in : new FilterInputStream(in) {
            @Override
            public byte[] readAllBytes() throws IOException {
                await(storeByAnother("new"));
                throw new IOException("stale file handle");
            }
        };

        assertEquals(List.of("new"), got());
    }

    @Test
    void ofTwoReplacementsAtOnceOneIsHeld() throws Exception {
        store("old");
        meetAtRow();
        List<Integer> statuses = statuses(storeByAnother("left"), storeByAnother("right"));

        assertEquals(List.of(0, 0), statuses);
        assertHeldIsOneOf("left", "right");
    }

    @ParameterizedTest
    @EnumSource(DuplicatePolicy.class)
    void ofTwoNewOnesAtOnceOneIsHeld(DuplicatePolicy duplicates) throws Exception {
        server.settings.put(HpSettings.DUPLICATE_POLICY, duplicates);
        meetAtRow();
        List<Integer> statuses = statuses(storeByAnother("left"), storeByAnother("right"));

        if (duplicates == DuplicatePolicy.REPLACE) {
            assertEquals(List.of(0, 0), statuses);
            assertHeldIsOneOf("left", "right");
        } else {
            assertEquals(List.of(0, 0xA900), statuses.stream().sorted().toList());
            assertHeldIsOneOf(statuses.get(0) == 0 ? "left" : "right");
        }
    }

    @Test
    void ofTwoEqualOnesAtOnceOneIsHeld() throws Exception {
        meetAtRow();
        assertEquals(List.of(0, 0), statuses(storeByAnother("equal"), storeByAnother("equal")));
        assertHeldIsOneOf("equal");
    }

    @Test
    void whereTheFirstIsKeptItIsSeenThroughout() throws Exception {
        server.settings.put(HpSettings.DUPLICATE_POLICY, DuplicatePolicy.KEEP);
        store("old");
        assertEquals(0xA900, storeByAnother("new").get().status());

        assertHeldIsOneOf("old");
    }

    private void meetAtRow() {
        stores.set(0);
        atRow = new CyclicBarrier(2);
    }

    private static Attributes described(String description) {
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, description);
        return protocol;
    }

    private void store(String description) throws Exception {
        assertEquals(0, peer.store(described(description), UID.ExplicitVRLittleEndian).status());
    }

    private Future<Peer.Response> storeByAnother(String description) {
        Callable<Peer.Response> store = () -> {
            try (Peer another = new Peer(server.port)) {
                return another.store(described(description), UID.ExplicitVRLittleEndian);
            }
        };
        return peers.submit(store);
    }

    private static Peer.Response await(Future<Peer.Response> store) {
        try {
            return store.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @SafeVarargs
    private static List<Integer> statuses(Future<Peer.Response>... stores) {
        List<Integer> statuses = new ArrayList<>();
        for (Future<Peer.Response> store : stores)
            statuses.add(await(store).status());
        return statuses;
    }

    /** The descriptions that a C-FIND returns. */
    private List<String> found() throws Exception {
        List<Peer.Response> responses = peer.find(SampleRequests.everyProtocol()).all();
        return responses.subList(0, responses.size() - 1).stream()
                .map(response -> response.data().getString(Tag.HangingProtocolDescription)).toList();
    }

    /** The descriptions that a C-GET brings. */
    private List<String> got() throws Exception {
        peer.received.clear();
        assertEquals(0, peer.get(Peer.uids(SampleProtocols.CHEST_XRAY_UID)).last().status());
        return received();
    }

    private List<String> received() {
        return peer.received.stream().map(protocol -> protocol.getString(Tag.HangingProtocolDescription)).toList();
    }

    private void assertHeldIsOneOf(String... descriptions) throws Exception {
        List<String> found = found();
        assertEquals(1, found.size());
        assertTrue(List.of(descriptions).contains(found.get(0)), found::toString);
        assertEquals(found, got());
        assertOneObject();
    }

    private void assertOneObject() {
        assertEquals(1, server.inventory.count(), "rows");
        assertEquals(1, server.storage.objects.size(), "stored objects");
    }
}
