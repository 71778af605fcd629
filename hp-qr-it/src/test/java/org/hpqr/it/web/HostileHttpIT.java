package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.header;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hpqr.it.Dcmtk;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that mean harm, against the server as it is shipped: it refuses or ends the connection, tells nothing of its
 * inside, logs nothing it should not, and serves others afterwards as before. {@code -Dit.hostile} says how many there are;
 * each can be had again by {@code -Dit.hostile.seed} and its number.
 */
class HostileHttpIT {

    private static final int CASES = Integer.getInteger("it.hostile", 1_000);
    private static final long SEED = Long.getLong("it.hostile.seed", 6);
    /** Connections that send nothing more: fewer than the server has, more than it has threads. */
    private static final int SILENT = 200;

    /** Connections whose request is answered before all of it has come. */
    private static final int LATE = 8;
    /** A value that makes an object one for which memory is taken. */
    private static final String LARGE = "a".repeat(100_000);
    /** Bytes of a text that, as it is parsed, takes all memory for large requests: a tenth of the heap, of which it takes twice as much. */
    private static final int GREEDY = 30_000_000;

    /** What is answered to a request for the capabilities. */
    private static final String WADL_NAMESPACE = "http://wadl.dev.java.net/2009/02";

    private static final Set<Integer> STATUSES =
            Set.of(200, 204, 304, 400, 403, 404, 405, 406, 408, 409, 411, 412, 413, 414, 415, 417, 421, 428, 431, 501, 503, 505);
    private static final List<String> PATHS = List.of("/hanging-protocols", "/hanging-protocols/1.2.840.123456.20030822.223344.1",
            "/", "/hanging-protocols/../../../etc/passwd", "/hanging-protocols/%00", "/hanging-protocols/..;/x", "//", "/hanging-protocols/1.2.3/x",
            "/../../WEB-INF/classes/", "/hanging-protocols;a=b", "/hanging-protocols/' OR 1=1 --".replace(" ", "%20"));
    private static final List<String> QUERIES = List.of("HangingProtocolName=%s", "0072000C.00080060=%s", "limit=%s", "includefield=%s", "%s=1",
            "accept=%s", "SOPInstanceUID=%s", "NumberOfScreens=%s", "00731001=%s&00730010=%s");
    private static final List<String> VALUES = List.of("%00", "%0d%0aSet-Cookie:%20a=b", "%C3%28", "%ff", "%", "..%2f..", "*".repeat(2_000),
            "1.2,".repeat(5_000), "a=b&".repeat(3_000), "A.".repeat(2_000), "-1", "99999999999999999999", "<script>", "%F0%9F%98%80", "a,".repeat(5_000));
    private static final List<String> TYPES = List.of("application/dicom+json", "application/dicom", "application/dicom+xml",
            "multipart/related; type=\"application/dicom+json\"; boundary=b", "multipart/related; type=\"application/dicom+xml\"; boundary=b",
            "multipart/related; boundary=", "application/dicom+json;;;", "\u0001/\u0002", "a".repeat(9_000));

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static WebClient web;
    private static List<String> uids;

    private final Map<String, Integer> answers = new TreeMap<>();

    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(data, Map.of());
        web = new WebClient(server.awaitWeb());
        try (Stream<Path> files = Files.list(Path.of("../src/samples"))) {
            List<Path> samples = files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
            Dcmtk.store(server.port(), "-xe", samples);
            uids = samples.stream().map(Dcmtk::sopInstanceUid).toList();
        }
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    @Test
    void serverOutlivesWhateverIsSentToIt() throws Exception {
        List<String> stored = tags();
        for (int number = 0; number < CASES; number++) {
            Random random = new Random(SEED * 1_000_003 ^ number * 0x9E3779B97F4A7C15L);
            byte[] request = random.nextInt(3) == 0 ? mutated(random) : hostile(random);
            String answer = RawHttp.send(URI.create(web.service()).getPort(), request);
            checkAnswer(answer, "case " + number + ": " + new String(request, 0, Math.min(300, request.length), StandardCharsets.ISO_8859_1));
        }
        System.out.printf("%d cases over HTTP, -Dit.hostile.seed=%d: %s%n", CASES, SEED, answers);
        assertEquals(stored, tags());
        assertLogIsClean();
    }

    /** Who sends the beginning of a request and then nothing takes no others their turn. */
    @Test
    void silentClientsKeepNobodyWaiting() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < SILENT; i++) {
                Socket socket = new Socket("127.0.0.1", URI.create(web.service()).getPort());
                silent.add(socket);
                // of the others the header is complete, and they take a thread each
                socket.getOutputStream().write((i % 2 == 0 ? "GET /hp-qr/aets/HPQR/rs/hanging-protocols HTTP/1.1\r\nHost: local"
                        : "POST /hp-qr/aets/HPQR/rs/hanging-protocols HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dicom+json\r\n"
                                + "Content-Length: 1000\r\n\r\n[{").getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 20; i++)
                assertEquals(200, web.get("/hanging-protocols", WebClient.JSON).statusCode());
        } finally {
            for (Socket socket : silent)
                socket.close();
        }
        assertLogIsClean();
    }

    /**
     * Nobody reads the body of a GET. Until it has come, its connection is not used again; the thread that serves this and other
     * connections must not wait for it.
     */
    @Test
    void bodiesThatNobodyReadsKeepNobodyWaiting() throws Exception {
        URI service = URI.create(web.service());
        String get = "GET " + service.getPath() + "/hanging-protocols/" + uids.get(0) + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/dicom+json\r\n";
        byte[] body = web.get("/hanging-protocols/" + uids.get(0), WebClient.JSON).body();
        List<Socket> late = new ArrayList<>();
        try {
            for (int i = 0; i < LATE; i++) {
                Socket socket = new Socket("127.0.0.1", service.getPort());
                late.add(socket);
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write((get + "Content-Length: 2\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertArrayEquals(body, answer(socket));
            }
            for (int i = 0; i < LATE; i++)
                assertArrayEquals(body, web.get("/hanging-protocols/" + uids.get(0), WebClient.JSON).body());
            for (Socket socket : late) {
                socket.getOutputStream().write(("{}" + get + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertArrayEquals(body, answer(socket));
            }
        } finally {
            for (Socket socket : late)
                socket.close();
        }
        assertLogIsClean();
    }

    /** The body of a response with Content-Length. */
    private static byte[] answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertTrue(next >= 0, () -> "closed after " + head);
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
        assertTrue(length.find(), head::toString);
        return in.readNBytes(Integer.parseInt(length.group(1)));
    }

    /** Who sends the beginning of a text that takes all memory for large requests keeps others from large ones only, and as long as he stays. */
    @Test
    @Clause("RFC 9110 10.2.3")
    void withoutMemoryLargeRequestsAreAnswered503WithRetryAfter() throws Exception {
        String large = "/hanging-protocols/2.25.1";
        for (String name : List.of("first", "second"))
            assertEquals(200, store(large, protocol("2.25.1", name, LARGE)).statusCode());
        assertEquals(200, store("/hanging-protocols/2.25.2", protocol("2.25.2", "small", "a")).statusCode());
        String tag = header(web.get(large, WebClient.JSON), "etag");
        try (Socket greedy = new Socket("127.0.0.1", URI.create(web.service()).getPort())) {
            greedy.getOutputStream().write(("POST " + URI.create(web.service()).getPath() + "/hanging-protocols HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/dicom+json\r\nContent-Length: " + (GREEDY + 1) + "\r\n\r\n[").getBytes(StandardCharsets.US_ASCII));
            greedy.getOutputStream().write(" ".repeat(GREEDY - 1).getBytes(StandardCharsets.US_ASCII));
            AtomicReference<HttpResponse<byte[]>> copied = new AtomicReference<>();
            // while its text still comes, there may be memory left
            Await.untilTrue("a large copy is refused", () -> {
                copied.set(copy(large));
                return copied.get().statusCode() != 201;
            });
            for (HttpResponse<byte[]> refused : List.of(copied.get(), web.send("POST", large + "/history/0/restore", null),
                    store(large, protocol("2.25.1", "third", LARGE)))) {
                assertEquals(503, refused.statusCode(), () -> WebClient.text(refused));
                assertEquals("5", header(refused, "retry-after"));
            }
            assertEquals(tag, header(web.get(large, WebClient.JSON), "etag"));
            assertEquals(201, copy("/hanging-protocols/2.25.2").statusCode());
        }
        Await.untilTrue("there is memory again", () -> copy(large).statusCode() == 201);
        assertEquals(204, web.send("POST", large + "/history/0/restore", null).statusCode());
    }

    private static HttpResponse<byte[]> store(String path, String protocol) {
        return web.post(path, WebClient.JSON, bytes(protocol));
    }

    private static HttpResponse<byte[]> copy(String path) {
        return web.post(path + "/copy", WebClient.JSON, bytes("{}"));
    }

    private static String protocol(String uid, String name, String region) {
        return "[{\"00080016\":{\"vr\":\"UI\",\"Value\":[\"1.2.840.10008.5.1.4.38.1\"]},\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + uid
                + "\"]},\"00720002\":{\"vr\":\"SH\",\"Value\":[\"" + name + "\"]},\"00720004\":{\"vr\":\"LO\",\"Value\":[\"d\"]},"
                + "\"00720006\":{\"vr\":\"CS\",\"Value\":[\"SITE\"]},\"00720008\":{\"vr\":\"LO\",\"Value\":[\"c\"]},"
                + "\"0072000A\":{\"vr\":\"DT\",\"Value\":[\"2026\"]},\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{\"00080060\":{\"vr\":\"CS\","
                + "\"Value\":[\"OP\"]},\"00082218\":{\"vr\":\"SQ\",\"Value\":[{\"00080119\":{\"vr\":\"UC\",\"Value\":[\"" + region
                + "\"]}}]}}]},\"00720014\":{\"vr\":\"US\",\"Value\":[0]}}]";
    }

    private void checkAnswer(String answer, String request) {
        if (answer.isEmpty()) {
            answers.merge("closed", 1, Integer::sum);
            return;
        }
        assertTrue(answer.matches("(?s)HTTP/1\\.[01] [0-9]{3}.*"), () -> request + "\n" + answer);
        int status = Integer.parseInt(answer.substring(9, 12));
        assertTrue(STATUSES.contains(status), () -> request + "\n" + answer);
        for (String inside : new String[] {"Exception", "\tat ", "org.hpqr", "java.", "io.undertow", "WildFly", "JBoss", "Set-Cookie"})
            assertTrue(!answer.replace(WADL_NAMESPACE, "").contains(inside), () -> request + "\n" + answer);
        answers.merge(String.valueOf(status), 1, Integer::sum);
    }

    private static List<String> tags() {
        return uids.stream().map(uid -> header(web.get("/hanging-protocols/" + uid, WebClient.JSON), "etag")).toList();
    }

    private static void assertLogIsClean() throws IOException {
        List<String> bad = Files.readAllLines(data.resolve("log/server.log"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.contains(" ERROR ") || line.contains("Exception") || line.chars().anyMatch(c -> c < ' ' && c != '\t')).toList();
        assertEquals(List.of(), bad);
    }

    /** A request that is right but for some bytes. */
    private static byte[] mutated(Random random) {
        byte[] request = request(random, pick(random, List.of("GET", "POST", "OPTIONS", "HEAD")), "/hanging-protocols?limit=1",
                "application/dicom+json", "[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"2.25.4\"]},\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{}]}}]"
                        .getBytes(StandardCharsets.UTF_8));
        for (int i = random.nextInt(4); i >= 0; i--)
            request[random.nextInt(request.length)] = (byte) random.nextInt(256);
        return random.nextInt(4) == 0 ? Arrays.copyOf(request, random.nextInt(request.length)) : request;
    }

    private static byte[] hostile(Random random) {
        String path = pick(random, PATHS);
        if (random.nextBoolean()) {
            String value = pick(random, VALUES);
            path += '?' + pick(random, QUERIES).replace("%s", value);
        }
        return request(random, pick(random, List.of("GET", "POST", "POST", "DELETE", "PUT", "OPTIONS", "TRACE", "CONNECT", "G\u00e4T", "HEAD")), path,
                pick(random, TYPES), body(random));
    }

    private static byte[] request(Random random, String method, String path, String type, byte[] body) {
        StringBuilder head = new StringBuilder(method + ' ' + URI.create(web.service()).getPath() + path + " HTTP/1.1\r\nHost: localhost\r\n");
        head.append("Accept: ").append(pick(random, List.of("*/*", "application/dicom+json", "a/b;q=9", ",".repeat(5_000), "\"")))
                .append("\r\nContent-Type: ").append(type).append("\r\n");
        if (random.nextInt(5) == 0)
            head.append("If-None-Match: ").append("\"x\",".repeat(random.nextInt(5_000))).append("\r\n");
        if (random.nextInt(8) == 0)
            head.append("X-A: a\r\n".repeat(random.nextInt(300)));
        boolean chunked = random.nextInt(6) == 0;
        int length = random.nextInt(8) == 0 ? random.nextInt(Integer.MAX_VALUE) : body.length;
        head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (chunked)
            request.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        if (chunked && random.nextBoolean())
            request.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return request.toByteArray();
    }

    private static byte[] body(Random random) {
        byte[] noise = new byte[random.nextInt(2_000)];
        random.nextBytes(noise);
        return switch (random.nextInt(12)) {
            case 0 -> noise;
            case 1 -> bytes("[".repeat(100_000));
            case 2 -> bytes("[" + "{\"0072000C\":{\"vr\":\"SQ\",\"Value\":[".repeat(20_000));
            case 3 -> bytes("[{\"0072000C\":{\"vr\":\"SQ\",\"Value\":[" + "{},".repeat(30_000) + "{}]}}]");
            case 4 -> bytes("[{\"00720014\":{\"vr\":\"US\",\"Value\":[1" + "0".repeat(50_000) + "]}}]");
            case 5 -> bytes("[{\"00720014\":{\"vr\":\"FD\",\"Value\":[1E999999999]},\"00720002\":{\"vr\":\"SH\",\"Value\":[\"\\ud800\"]}}]");
            case 6 -> bytes("<!DOCTYPE a [<!ENTITY a \"" + "a".repeat(1_000) + "\"><!ENTITY b \"" + "&a;".repeat(1_000) + "\">]>"
                    + "<NativeDicomModel><DicomAttribute tag='00080060' vr='CS'><Value>&b;</Value></DicomAttribute></NativeDicomModel>");
            case 7 -> bytes("<NativeDicomModel>" + "<DicomAttribute tag='0072000C' vr='SQ'><Item>".repeat(20_000));
            case 8 -> bytes("<NativeDicomModel xmlns:a='" + "a".repeat(50_000) + "' " + "a:b='c' ".repeat(2_000) + "/>");
            case 9 -> bytes("--b\r\n\r\n".repeat(5_000) + "--b--");
            case 10 -> bytes("--b\r\n" + "A: b\r\n".repeat(5_000));
            default -> bytes("\0".repeat(128) + "DICM" + new String(noise, StandardCharsets.ISO_8859_1));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
