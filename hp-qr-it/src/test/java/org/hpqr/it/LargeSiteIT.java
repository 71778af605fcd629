package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.hpqr.testkit.samples.SampleRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A universal query over 100,000 objects, and retrieves of 10,000 in one request, in a server with 256 MB. It is timed, so
 * it runs alone, by a profile: {@code ./verify.sh -Plarge-site [-Dhpqr.db=postgresql]}. Figures: docs/reliability.md.
 */
@Isolated
class LargeSiteIT {

    private static final int RETRIEVED = Math.min(10_000, LargeSite.OBJECTS);

    @TempDir
    private static Path data;

    private static Destination destination;
    private static LargeSite site;

    @BeforeAll
    static void fill() throws Exception {
        destination = new Destination();
        site = new LargeSite(data, Map.of("HPQR_MOVE_DESTINATIONS", Destination.AE_TITLE + "=127.0.0.1:" + destination.port));
    }

    @AfterAll
    static void stop() {
        if (site != null)
            site.close();
        destination.close();
    }

    @Test
    void firstMatchWithinASecondAndConstantMemory() throws Exception {
        try (Peer peer = new Peer(site.server().port())) {
            // classes are loaded and connections open
            peer.find(SampleRequests.byRegion("no such code", "SCT", "")).next();
            long first = 0;
            for (int round = 1; round <= 3; round++)
                first = find(peer);
            long ofTheLast = first;
            assertTrue(first < 1_000, () -> "first match after " + ofTheLast + " ms");
        }
    }

    /** Returns the time to the first match in milliseconds. */
    private static long find(Peer peer) throws Exception {
        long begin = System.nanoTime();
        Peer.Pending find = peer.find(SampleRequests.everyProtocol());
        assertEquals(0xFF00, find.next().status());
        long first = millisSince(begin);
        TreeMap<Integer, Integer> heaps = new TreeMap<>();
        int matches = 1;
        Peer.Response response = find.next();
        for (; response.status() == 0xFF00; response = find.next())
            if (++matches % (LargeSite.OBJECTS / 4) == 0 && matches < LargeSite.OBJECTS)
                heaps.put(matches, site.usedHeap());
        System.out.printf("first of %d matches after %d ms, all after %d ms; MB of heap in use after so many: %s%n", matches,
                first, millisSince(begin), heaps);
        assertEquals(0x0000, response.status());
        assertEquals(LargeSite.OBJECTS, matches);
        checkGrowth(heaps);
        return first;
    }

    /** A search for everything over HTTP: each result goes out as it is found. */
    @Test
    void webSearchForEverythingInConstantMemory() throws Exception {
        URL url = new URL(site.server().awaitWeb() + "/hanging-protocols");
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestProperty("Accept", "application/dicom+json");
        long begin = System.nanoTime();
        TreeMap<Integer, Integer> heaps = new TreeMap<>();
        int results = 0;
        long bytes = 0;
        try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
            int matched = 0;
            byte[] name = "\"00080018\"".getBytes(StandardCharsets.US_ASCII);
            for (int b = in.read(); b >= 0; b = in.read(), bytes++) {
                matched = b == name[matched] ? matched + 1 : b == '"' ? 1 : 0;
                if (matched == name.length) {
                    matched = 0;
                    if (++results % (LargeSite.OBJECTS / 4) == 0 && results < LargeSite.OBJECTS)
                        heaps.put(results, site.usedHeap());
                }
            }
        }
        System.out.printf("web search: %d results, %d MB, after %d ms; MB of heap in use after so many: %s%n", results, bytes >> 20,
                millisSince(begin), heaps);
        assertEquals(LargeSite.OBJECTS, results);
        checkGrowth(heaps);
    }

    @Test
    void moveOfTenThousandInConstantMemory() throws Exception {
        try (Peer peer = implicitPeer()) {
            checkRetrieve("C-MOVE", destination.receiver, identifier -> peer.move(identifier, Destination.AE_TITLE));
        }
    }

    @Test
    void getOfTenThousandInConstantMemory() throws Exception {
        try (Peer peer = implicitPeer()) {
            checkRetrieve("C-GET", peer.receiver, peer::get);
        }
    }

    /** In Explicit VR a UI value of so many UIDs has no place. */
    private static Peer implicitPeer() throws Exception {
        return new Peer(site.server().port(), new AAssociateRQ(), true, UID.ImplicitVRLittleEndian);
    }

    private interface Retrieve {
        Peer.Pending begin(Attributes identifier) throws Exception;
    }

    /** The heap is looked at while a sub-operation waits for its answer. */
    private static void checkRetrieve(String operation, StoreReceiver receiver, Retrieve retrieve) throws Exception {
        ConcurrentSkipListMap<Integer, Integer> heaps = new ConcurrentSkipListMap<>();
        receiver.keepNoDatasets();
        receiver.answer = (number, command) -> {
            if (number % (RETRIEVED / 4) == 0 && number < RETRIEVED)
                heaps.put(number, site.usedHeap());
            return 0;
        };
        int before = site.usedHeap();
        long begin = System.nanoTime();
        Peer.Response last = retrieve.begin(Peer.uids(LargeSite.uids(RETRIEVED))).last();
        System.out.printf("%s of %d objects after %d ms; MB of heap in use before: %d, after so many: %s%n", operation, RETRIEVED,
                millisSince(begin), before, heaps);
        assertEquals(0x0000, last.status());
        assertEquals(RETRIEVED, last.command().getInt(Tag.NumberOfCompletedSuboperations, -1));
        assertEquals(RETRIEVED, receiver.commands.size());
        checkGrowth(heaps);
    }

    private static void checkGrowth(SortedMap<Integer, Integer> heaps) {
        assertEquals(3, heaps.size());
        assertTrue(heaps.get(heaps.lastKey()) - heaps.get(heaps.firstKey()) < LargeSite.MAX_GROWTH_MB, heaps::toString);
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
