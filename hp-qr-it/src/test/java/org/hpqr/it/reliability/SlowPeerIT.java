package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that keep the server waiting are cut, all kinds of them at once, and others are served meanwhile. */
@Order(2)
class SlowPeerIT {

    /** More than are open at a time: one that has ended counts until the server has noticed. */
    private static final int MAX_ASSOCIATIONS = 2 * SlowPeer.values().length;
    private static final int OBJECTS = 100;
    private static final int SERVED_BESIDES = 20;
    /** Of what a slow peer is cut after; others need far less time for all they do. */
    private static final int TIMEOUT_SECONDS = 3;
    /** Of associations that a test opens one after the other, and leaves alone meanwhile. */
    private static final int IDLE_SECONDS = 20;

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static List<Attributes> objects;

    @BeforeAll
    static void start() throws Exception {
        server = StandaloneServer.start(data, Map.of("HPQR_REQUEST_TIMEOUT", String.valueOf(TIMEOUT_SECONDS),
                "HPQR_RECEIVE_TIMEOUT", String.valueOf(TIMEOUT_SECONDS), "HPQR_SEND_TIMEOUT", String.valueOf(TIMEOUT_SECONDS),
                "HPQR_IDLE_TIMEOUT", String.valueOf(IDLE_SECONDS), "HPQR_MAX_ASSOCIATIONS", String.valueOf(MAX_ASSOCIATIONS)));
        objects = new RandomProtocols(1).next(OBJECTS);
        try (Peer peer = new Peer(server.port())) {
            for (Attributes object : objects)
                assertEquals(0, peer.store(object, UID.ExplicitVRLittleEndian).status());
        }
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    @Test
    void slowPeersAreCutAndOthersAreServed() throws Exception {
        serveAnother();
        try (ServerFigures figures = new ServerFigures(server.java())) {
            int threads = figures.threads();
            ExecutorService executor = Executors.newCachedThreadPool();
            try {
                Map<SlowPeer, Future<Void>> ends = new EnumMap<>(SlowPeer.class);
                for (SlowPeer peer : SlowPeer.values())
                    ends.put(peer, executor.submit(() -> {
                        peer.untilCut(server.port());
                        return null;
                    }));
                List<Long> besides = new ArrayList<>();
                for (int i = 0; i < SERVED_BESIDES; i++)
                    besides.add(serveAnother());
                Await.untilTrue("all are cut", () -> ends.values().stream().allMatch(Future::isDone));
                for (Future<Void> cut : ends.values())
                    cut.get();
                // one that has to wait for a slow one waits until that is cut
                assertTrue(besides.stream().sorted().skip(SERVED_BESIDES / 2).findFirst().orElseThrow() < TIMEOUT_SECONDS,
                        () -> "others are slowed: " + besides + " s");
            } finally {
                executor.shutdownNow();
            }
            Await.untilTrue("their threads end", () -> figures.threads() <= threads + 2);
        }
    }

    /** Returns how many seconds that took. */
    private static long serveAnother() throws Exception {
        long begun = System.nanoTime();
        try (Peer peer = new Peer(server.port())) {
            assertEquals(0, peer.store(objects.get(0), UID.ExplicitVRLittleEndian).status());
            assertEquals(OBJECTS, ServedObjects.found(peer).size());
        }
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }

    /** PS3.8 9.3.4: result 2 rejected-transient, source 3 service provider (presentation), reason 2 local-limit-exceeded. */
    @Test
    void oneAssociationMoreThanTheLimitIsRejectedToBeTriedAgain() throws Exception {
        List<Peer> open = new ArrayList<>();
        try {
            while (open.size() < MAX_ASSOCIATIONS)
                Await.untilTrue("association " + (open.size() + 1), () -> open(open));

            AAssociateRJ rejection = assertThrows(AAssociateRJ.class, () -> new Peer(server.port()));

            assertEquals(List.of(2, 3, 2), List.of(rejection.getResult(), rejection.getSource(), rejection.getReason()));
            open.remove(0).close();
            Await.untilTrue("a place that was given free can be had", () -> open(open));
            assertFalse(open(open), "there is no other place");
        } finally {
            open.forEach(Peer::close);
        }
    }

    /** {@code false} if there is no place; those of another test may still be taken. */
    private static boolean open(List<Peer> open) {
        try {
            return open.add(new Peer(server.port()));
        } catch (AAssociateRJ e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
