package org.hpqr.it.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.it.hostile.HostilePeer.Response;
import org.hpqr.it.reliability.ServedObjects;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.ServerSockets;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that mean harm, against the server as it is shipped: it answers with documented statuses or ends the association,
 * logs nothing it should not, and serves others afterwards as before. {@code -Dit.hostile} says how many there are; each can
 * be had again by {@code -Dit.hostile.seed} and its number.
 */
class HostileInputIT {

    private static final int CASES = Integer.getInteger("it.hostile", 1_000);
    private static final long SEED = Long.getLong("it.hostile.seed", 6);
    private static final int FIRST_CASES = 100;

    private static final int OBJECTS = 20;
    private static final String ATTACKERS_OBJECT = "2.25.4";
    private static final List<String> TITLES = List.of("HOSTILE", "' OR 1=1 --", "A\r\nforged", "\u001B[31mred", "%n%s{}", "");

    private static final Map<Integer, HpService> RESPONSES = Map.of(0x8001, HpService.STORE, 0x8020, HpService.FIND,
            0x8021, HpService.MOVE, 0x8010, HpService.GET);
    /** What is answered where something broke that nobody has foreseen: documented, and not to be seen here. */
    private static final Set<HpStatus> UNFORESEEN = Set.of(HpStatus.NO_STATUS, HpStatus.STATUS_NOT_ALLOWED,
            HpStatus.FIND_FAILED, HpStatus.FIND_RESPONSE_NOT_ENCODABLE, HpStatus.GET_FAILED, HpStatus.MOVE_FAILED);
    /** What the toolkit answers before the plugin is asked: no such SOP class, unrecognized operation (PS3.7 Annex C). */
    private static final Set<Integer> BEFORE_THE_SERVICE = Set.of(0x0118, 0x0211);

    /** What an entry of the log begins with, before its level. */
    private static final Pattern ENTRY = Pattern.compile("(?m)^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:,]{12} ");

    /** Threads and handles that come and go by themselves: of the Java machine, of pools. */
    private static final int LEEWAY = 15;

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static byte[] sample;

    private final Map<String, Integer> answers = new TreeMap<>();

    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(data, Map.of("HPQR_MOVE_DESTINATIONS", "DEST=127.0.0.1:9"));
        Attributes object = new RandomProtocols(4).next();
        object.setString(Tag.SOPInstanceUID, VR.UI, ATTACKERS_OBJECT);
        sample = DatasetCodec.encode(object, UID.ExplicitVRLittleEndian);
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    @Test
    void serverOutlivesWhateverIsSentToIt() throws Exception {
        Map<String, String> held = store();
        // so that what is made once has been made
        attack(-FIRST_CASES, 0);
        ServerSockets sockets = new ServerSockets(server);
        Await.untilTrue("connections end", () -> sockets.sockets() <= sockets.listening().size() + LEEWAY);
        long threads = sockets.threads();
        long handles = sockets.handles();

        attack(0, CASES);

        System.out.printf("%d cases, -Dit.hostile.seed=%d: %s%n", CASES, SEED, answers);
        Await.untilTrue("no more threads than the " + threads + " before", () -> sockets.threads() <= threads + LEEWAY);
        Await.untilTrue("no more handles than the " + handles + " before", () -> sockets.handles() <= handles + LEEWAY);
        assertHeld(held);
        store();
        assertLogIsClean();
    }

    /** Returns the digests of what is held afterwards, by UID. */
    private static Map<String, String> store() throws Exception {
        Map<String, String> held = new HashMap<>();
        try (Peer peer = new Peer(server.port())) {
            for (Attributes object : new RandomProtocols(1).next(OBJECTS)) {
                assertEquals(0, peer.store(object, UID.ExplicitVRLittleEndian).status());
                held.put(object.getString(Tag.SOPInstanceUID), "");
            }
            held.putAll(ServedObjects.got(peer, held.keySet()));
        }
        return held;
    }

    /** Those objects are what they were, and whatever else is found can be sent. */
    private static void assertHeld(Map<String, String> before) throws Exception {
        try (Peer peer = new Peer(server.port())) {
            Map<String, String> after = ServedObjects.got(peer, ServedObjects.found(peer));
            after.keySet().retainAll(before.keySet());
            assertEquals(before, after);
        }
    }

    private void attack(int first, int end) throws IOException {
        for (int number = first; number < end; number++) {
            // seeds that follow each other begin alike
            Random random = new Random(SEED * 1_000_003 ^ number * 0x9E3779B97F4A7C15L);
            try {
                if (random.nextInt(3) == 0)
                    sendMutated(random);
                else
                    sendHostile(random);
            } catch (AssertionError | IOException e) {
                throw new AssertionError("case " + number + ", -Dit.hostile.seed=" + SEED + ": " + e, e);
            }
        }
    }

    /** Bytes changed anywhere: there may be an answer, and there has to be an end. */
    private void sendMutated(Random random) throws IOException {
        HpService service = anyOf(HpService.values(), random);
        byte[] whole = Bytes.joined(Request.associate("HPQR", "HOSTILE"), Request.message(service, ATTACKERS_OBJECT, sample),
                Request.release());
        try (HostilePeer peer = new HostilePeer(server.port())) {
            peer.send(mutated(whole, random));
            peer.end();
            assertDocumented(peer.toEnd());
        }
    }

    /** A request whose PDUs are in order: there has to be a final response, or the association ends for what is in the command. */
    private void sendHostile(Random random) throws IOException {
        HostileDatasets datasets = new HostileDatasets(random);
        HpService service = anyOf(HpService.values(), random);
        String uid = "2.25." + random.nextInt(1_000_000);
        byte[] dataset = random.nextInt(5) == 0 ? mutated(sample, random) : datasets.next(uid);
        boolean isHostileCommand = random.nextInt(5) == 0;
        String calling = isHostileCommand ? TITLES.get(random.nextInt(TITLES.size())) : "HOSTILE";
        String name = isHostileCommand ? datasets.text() : service == HpService.MOVE ? "DEST" : uid;
        try (HostilePeer peer = new HostilePeer(server.port())) {
            peer.send(Request.associate("HPQR", calling));
            peer.send(Request.message(service, name, dataset));
            List<Response> responses = peer.toFinalResponse();

            boolean isAnswered = !responses.isEmpty() && responses.get(responses.size() - 1).isFinal();
            assertTrue(isAnswered || isHostileCommand, service + " has no final response: " + responses);
            assertDocumented(responses);
            peer.send(Request.release());
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            byte[] before = Arrays.copyOf(bytes, at);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) (random.nextBoolean() ? 0xFF : 0));
                case 3 -> bytes = Bytes.joined(before, Arrays.copyOfRange(bytes, Math.min(bytes.length, at + 2), bytes.length));
                case 4 -> bytes = Bytes.joined(before, new byte[1 + random.nextInt(9)], Arrays.copyOfRange(bytes, at, bytes.length));
                default -> bytes = Arrays.copyOf(bytes, Math.max(at, 1));
            }
            if (bytes.length < 2)
                break;
        }
        return bytes;
    }

    private static <T> T anyOf(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private void assertDocumented(List<Response> responses) {
        for (Response response : responses) {
            HpService service = RESPONSES.get(response.commandField());
            boolean isDocumented = BEFORE_THE_SERVICE.contains(response.status())
                    || service != null && Arrays.stream(HpStatus.values()).anyMatch(status -> status.code() == response.status()
                            && status.services().contains(service) && !UNFORESEEN.contains(status));
            assertTrue(isDocumented,
                    () -> String.format("command %04X is answered with %04X", response.commandField(), response.status()));
            answers.merge(String.format("%s %04X", service, response.status()), 1, Integer::sum);
        }
        if (responses.isEmpty())
            answers.merge("association ended", 1, Integer::sum);
    }

    private static void assertLogIsClean() throws IOException {
        for (String file : List.of("server.log", "hp-qr-audit.log")) {
            String log = Files.readString(data.resolve("log").resolve(file), StandardCharsets.UTF_8);
            List<String> bad = Arrays.stream(ENTRY.split(log)).filter(HostileInputIT::isBad).limit(20).toList();
            assertEquals(List.of(), bad, file);
            assertFalse(log.isEmpty(), file);
        }
    }

    private static boolean isBad(String entry) {
        // an abort by the peer, a request of a service there is none of: the toolkit tells how it came to know
        boolean isToldByTheToolkit = entry.matches("(?s)INFO +\\[org\\.dcm4che3\\.net\\..*");
        return entry.matches("(?s)(ERROR|FATAL).*|.*java\\.lang\\.(OutOfMemory|StackOverflow)Error.*")
                || entry.contains("\n\tat ") && !isToldByTheToolkit
                || entry.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' || c >= 0x7F && c <= 0x9F || c == 0x2028)
                || !entry.startsWith("INFO  [org.hpqr.audit]") && (entry.contains("forged") || entry.contains("DROP TABLE"));
    }
}
