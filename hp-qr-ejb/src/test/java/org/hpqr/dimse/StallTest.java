package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Gate;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Log and audit trail that hang: an operation takes as long as they do, but none is refused, and the threads do not become
 * more.
 */
class StallTest {

    private static final int LIMIT_SECONDS = 60;
    private static final int FINDS = 10;
    private static final byte[] NO_KEYS = new byte[0];

    /** Executors of the shape of those that a device has. */
    enum Threads {
        /** More than enough for 256 associations. */
        STANDALONE(1_088),
        /** For all that an archive does. */
        ARCHIVE(100);

        private final int most;

        Threads(int most) {
            this.most = most;
        }

        ThreadPoolExecutor executor() {
            return new ThreadPoolExecutor(0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
        }
    }

    /** What hangs. */
    enum Where {
        LOG, AUDIT_TRAIL
    }

    private enum Service {
        STORE(UID.HangingProtocolStorage, Dimse.C_STORE_RSP),
        FIND(UID.HangingProtocolInformationModelFind, Dimse.C_FIND_RSP),
        MOVE(UID.HangingProtocolInformationModelMove, Dimse.C_MOVE_RSP),
        GET(UID.HangingProtocolInformationModelGet, Dimse.C_GET_RSP);

        private final String sopClass;
        private final Dimse response;

        Service(String sopClass, Dimse response) {
            this.sopClass = sopClass;
            this.response = response;
        }

        Attributes request() {
            return switch (this) {
                case STORE -> Commands.mkCStoreRQ(1, sopClass, "2.25.1", 0);
                case FIND -> Commands.mkCFindRQ(1, sopClass, 0);
                case MOVE -> Commands.mkCMoveRQ(1, sopClass, 0, "DEST");
                case GET -> Commands.mkCGetRQ(1, sopClass, 0);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void logAndAuditTrailComeBeforeTheFinalResponse(Service service) throws Exception {
        try (TestServer server = new TestServer(); RawPeer peer = new RawPeer(server.port, service.sopClass)) {
            server.addDestination("DEST", "127.0.0.1", FreePort.find());
            Association association = server.acceptedAssociation();
            List<Integer> sent = new ArrayList<>();
            server.onAudit = () -> sent.add(association.getNumberOfSent(service.response));
            byte[] identifier = NO_KEYS;
            if (service == Service.MOVE || service == Service.GET) {
                Attributes uid = new Attributes();
                uid.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
                identifier = DatasetCodec.encode(uid, UID.ImplicitVRLittleEndian);
            }
            try (LogWatch log = new LogWatch("org.hpqr.operation",
                    line -> sent.add(association.getNumberOfSent(service.response)))) {
                peer.send(0, service.request(), identifier);
                peer.finalResponse();
            }
            assertEquals(List.of(0, 0), sent, "final responses at the time of either");
            assertEquals(1, association.getNumberOfSent(service.response));
        }
    }

    /** Not a thread more than the operations have that are not answered yet, even if one is stuck after its response. */
    @Test
    void nextOperationWaitsForTheThreadOfOneThatIsAnswered() throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        ExecutorService counting = new ThreadPoolExecutor(0, 100, 1, TimeUnit.SECONDS, new SynchronousQueue<>()) {
            @Override
            public void execute(Runnable task) {
                tasks.incrementAndGet();
                super.execute(task);
            }
        };
        Gate gate = new Gate();
        AtomicInteger releases = new AtomicInteger();
        try (TestServer server = new TestServer(counting); Peer peer = new Peer(server.port);
             Destination destination = new Destination();
             LogWatch log = new LogWatch("org.dcm4che3.net", line -> {
                 // the destination's association is released after the C-MOVE was answered
                 if (line.getMessage().contains("<< A-RELEASE-RQ") && releases.getAndIncrement() == 0)
                     gate.pass();
             })) {
            server.addDestination("DEST", "127.0.0.1", destination.port);
            Attributes object = SampleProtocols.chestXray();
            assertEquals(0, peer.store(object, UID.ExplicitVRLittleEndian).status());
            assertEquals(0, peer.move(Peer.uids(object.getString(Tag.SOPInstanceUID)), "DEST").last().status());
            gate.awaitArrival();

            int before = tasks.get();
            Peer.Pending find = peer.find(new Attributes());
            // whoever answers this has read the C-FIND before
            assertEquals(0, peer.store(object, UID.ExplicitVRLittleEndian).status());
            assertEquals(before, tasks.get(), "another thread for the C-FIND");
            gate.open();
            assertEquals(0, find.last().status());
        }
    }

    @ParameterizedTest
    @CsvSource({"STANDALONE, LOG, 16", "STANDALONE, AUDIT_TRAIL, 16", "STANDALONE, LOG, 200", "ARCHIVE, LOG, 16",
        "ARCHIVE, AUDIT_TRAIL, 60", "ARCHIVE, LOG, 99"})
    void everyFindIsAnsweredWithFewThreads(Threads threads, Where where, int associations) throws Exception {
        ThreadPoolExecutor executor = threads.executor();
        Set<Thread> stuck = ConcurrentHashMap.newKeySet();
        CountDownLatch over = new CountDownLatch(1);
        Runnable hang = () -> {
            stuck.add(Thread.currentThread());
            await(over);
        };
        ExecutorService clients = Executors.newCachedThreadPool();
        try (TestServer server = new TestServer(executor); LogWatch log = new LogWatch("org.hpqr.operation", line -> {
            if (where == Where.LOG)
                hang.run();
        })) {
            if (where == Where.AUDIT_TRAIL)
                server.onAudit = hang;
            List<RawPeer> peers = connect(server, associations);
            List<Future<Void>> finding = new ArrayList<>();
            for (RawPeer peer : peers) {
                finding.add(clients.submit(() -> find(peer)));
                // one after the other, so that each could go on while the others come
                awaitSize(stuck, finding.size());
            }
            assertEquals(associations, stuck.size(), "operations at a time");
            over.countDown();
            for (Future<Void> one : finding)
                one.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertTrue(executor.getLargestPoolSize() <= 3 * associations + 1,
                    () -> executor.getLargestPoolSize() + " threads for " + associations + " associations");
            for (RawPeer peer : peers)
                peer.close();
        } finally {
            over.countDown();
            clients.shutdownNow();
        }
    }

    private static List<RawPeer> connect(TestServer server, int associations) throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < associations; i++)
            peers.add(new RawPeer(server.port, UID.HangingProtocolInformationModelFind));
        return peers;
    }

    private static Void find(RawPeer peer) throws Exception {
        for (int i = 0; i < FINDS; i++) {
            peer.send(0, Commands.mkCFindRQ(i + 1, UID.HangingProtocolInformationModelFind, 0), NO_KEYS);
            RawPeer.Message response = peer.finalResponse();
            assertEquals(0, response.status(), () -> response.command().toString());
        }
        return null;
    }

    private static void awaitSize(Set<?> set, int size) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (set.size() < size) {
            assertTrue(System.nanoTime() - deadline < 0, () -> set.size() + " of " + size);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
