package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.JSON;
import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of the DIMSE services has its counterpart over HTTP: 413, 503 with Retry-After, 408, a warning, a Failure Reason. */
@Order(2)
class WebLimitsIT {

    private static final String ALL = "/hanging-protocols";
    private static final int PROTOCOLS = 200;
    /** All matches together are more than the buffers between a server and a client that reads nothing. */
    private static final String DESCRIPTION = "d".repeat(45_000);
    /** To compare it with {@link #PATTERN} takes a thousand times its length; to do so with all of them, longer than find-timeout. */
    private static final String REGION = "a".repeat(50_000);
    private static final String PATTERN = '*' + "a".repeat(1_000) + "*b";
    private static final String SLOW = "?HangingProtocolDefinitionSequence.AnatomicRegionSequence.LongCodeValue=" + PATTERN;
    private static final int MAX_REQUEST = 20_000_000;

    private static final String SEARCH_ALL = "GET /hp-qr/aets/HPQR/rs/hanging-protocols HTTP/1.1\r\nHost: localhost\r\nAccept: application/dicom+json\r\n\r\n";

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static WebClient web;

    @BeforeAll
    static void startAndStore() {
        server = StandaloneServer.start(data, Map.of("HPQR_MAX_REQUEST_SIZE", String.valueOf(MAX_REQUEST), "HPQR_MAX_OBJECT_SIZE", "100000",
                "HPQR_RECEIVE_TIMEOUT", "3", "HPQR_SEND_TIMEOUT", "3", "HPQR_FIND_TIMEOUT", "2", "HPQR_MAX_CONCURRENT_FINDS", "1",
                "HPQR_MAX_KEYS", "16", "HPQR_MAX_DEPTH", "8", "HPQR_MAX_ITEMS", "100"));
        web = new WebClient(server.awaitWeb());
        String all = IntStream.rangeClosed(1, PROTOCOLS).mapToObj(number -> protocol("2.25." + number, DESCRIPTION, ""))
                .collect(Collectors.joining(",", "[", "]"));
        HttpResponse<byte[]> response = web.post(ALL, JSON, all.getBytes(StandardCharsets.US_ASCII));
        assertEquals(200, response.statusCode(), () -> text(response));
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    /** max-request-size, whether the length is announced or not. */
    @Test
    @Clause("RFC 9110 15.5.14")
    void aRequestThatIsTooLargeIs413() throws IOException {
        // answered before the body is sent
        try (Socket socket = connected()) {
            write(socket, "POST " + path(ALL) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dicom+json\r\n"
                    + "Content-Length: " + (MAX_REQUEST + 1) + "\r\n\r\n");
            String answer = statusLine(socket);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        }
        String chunk = protocol("2.25.1", DESCRIPTION, "") + ',';
        try (Socket socket = connected()) {
            write(socket, "POST " + path(ALL) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dicom+json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n");
            for (int sent = 0; sent <= MAX_REQUEST; sent += chunk.length())
                writeUnlessClosed(socket, Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
            String answer = statusLine(socket);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        }
    }

    /** receive-timeout: a client that sends a byte now and then. */
    @Test
    @Clause("RFC 9110 15.5.9")
    void aRequestThatComesTooSlowlyIs408() throws IOException {
        try (Socket socket = connected()) {
            write(socket, "POST " + path(ALL) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/dicom+json\r\n"
                    + "Content-Length: 1000\r\n\r\n[");
            socket.setSoTimeout(100);
            String answer = null;
            for (int i = 0; i < 300 && answer == null; i++)
                try {
                    answer = statusLine(socket);
                } catch (SocketTimeoutException e) {
                    writeUnlessClosed(socket, " ");
                }
            assertTrue(String.valueOf(answer).startsWith("HTTP/1.1 408"), answer);
        }
    }

    /** max-concurrent-finds; a client that does not read its answer has its search as long as the server waits for it. */
    @Test
    @Clause("RFC 9110 10.2.3")
    void tooManySearchesAreAnswered503WithRetryAfter() {
        AtomicReference<HttpResponse<byte[]>> refused = new AtomicReference<>();
        // the server may have given up the one before the other comes
        Await.untilTrue("a search beside another one is refused", () -> {
            try (Socket slow = searching()) {
                refused.set(web.get(ALL + "?limit=1", JSON));
                return refused.get().statusCode() == 503;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals("5", header(refused.get(), "retry-after"));
        Await.untilTrue("the search has ended with its client", () -> web.get(ALL + "?limit=1", JSON).statusCode() == 200);
    }

    /** send-timeout. */
    @Test
    void aClientThatDoesNotReadIsDropped() throws IOException {
        try (Socket slow = searching()) {
            Await.untilTrue("its search has ended, although it is still there", () -> web.get(ALL + "?limit=1", JSON).statusCode() == 200);
            // an array without an end is one that is not complete, whether or not the server ends the response
            String rest = rest(slow);
            assertFalse(rest.replaceFirst("\r\n0\r\n\r\n$", "").endsWith("]"), () -> rest.substring(rest.length() - 100));
        }
    }

    /** Of a client that has asked for everything and does not read it. */
    private static Socket searching() {
        AtomicReference<Socket> searching = new AtomicReference<>();
        // a search that came before may not have ended yet
        Await.untilTrue("a search has begun", () -> {
            try {
                Socket socket = connected();
                write(socket, SEARCH_ALL);
                searching.set(socket);
                if (statusLine(socket).startsWith("HTTP/1.1 200"))
                    return true;
                socket.close();
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return searching.get();
    }

    /** find-timeout, before there is a match. */
    @Test
    @Clause("RFC 9110 15.6.4")
    void aSearchThatTakesTooLongIs503WithRetryAfter() {
        AtomicReference<HttpResponse<byte[]>> last = new AtomicReference<>();
        // while another search has not ended, it is 503 for that
        Await.untilTrue("a search that takes too long", () -> {
            last.set(web.get(ALL + SLOW, JSON));
            return text(last.get()).startsWith("The query took longer than");
        });
        assertEquals("The query took longer than 2 s\n", text(last.get()));
        assertEquals(503, last.get().statusCode());
        assertEquals("5", header(last.get(), "retry-after"));
    }

    /**
     * find-timeout, when a match has been sent: those that come after it take too long. The answer is broken off, and its array has
     * no end, so that nobody takes it for complete.
     */
    @Test
    @Clause("RFC 9110 15.6.4")
    void aSearchThatTakesTooLongInTheMiddleOfItsAnswerIsBrokenOff() {
        withMatch(DESCRIPTION, () -> {
            AtomicReference<String> answer = new AtomicReference<>();
            // while another search has not ended, it is 503 for that
            Await.untilTrue("an answer begins", () -> {
                answer.set(answer(SLOW));
                return answer.get().startsWith("HTTP/1.1 200");
            });
            assertTrue(answer.get().contains("\"2.25.0\""), answer::get);
            assertFalse(answer.get().replaceFirst("\r\n0\r\n\r\n$", "").endsWith("]"), "an array with an end is complete");
        });
    }

    /** The same if nothing has been sent: then it is as if there had been no match, in each media type. */
    @ParameterizedTest
    @ValueSource(strings = {JSON, WebClient.MULTIPART_XML, "application/zip", "application/vnd.ohif.hanging-protocol+json"})
    @Clause("RFC 9110 15.6.4")
    void aSearchThatTakesTooLongBeforeItsAnswerIsSentIs503(String type) {
        withMatch("small", () -> {
            AtomicReference<HttpResponse<byte[]>> last = new AtomicReference<>();
            Await.untilTrue("a search that takes too long", () -> {
                last.set(web.get(ALL + SLOW, type));
                return !text(last.get()).startsWith("Too many searches");
            });
            assertEquals("The query took longer than 2 s\n", text(last.get()));
            assertEquals(503, last.get().statusCode());
            assertEquals("5", header(last.get(), "retry-after"));
            assertEquals("text/plain;charset=UTF-8", header(last.get(), "content-type"));
        });
    }

    /** Stores, as long as something is done, a protocol that comes first and that {@link #SLOW} finds. */
    private static void withMatch(String description, Runnable work) {
        HttpResponse<byte[]> stored = store(protocol("2.25.0", description, "").replace(REGION, "a".repeat(1_000) + 'b'));
        assertEquals(200, stored.statusCode(), () -> text(stored));
        try {
            work.run();
        } finally {
            assertEquals(204, web.send("POST", ALL + "/2.25.0/retire", null).statusCode());
        }
    }

    private static String answer(String query) {
        try (Socket socket = connected()) {
            write(socket, "GET " + path(ALL) + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Accept: application/dicom+json\r\n\r\n");
            return statusLine(socket) + rest(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** max-keys, max-object-size, max-depth, max-items: as over DIMSE A900, A700 and C000. */
    @Test
    @Clause("PS3.18 Annex I")
    void keysSizeDepthAndItemsHaveTheLimitsOfTheDimseServices() {
        String keys = IntStream.range(0, 17).mapToObj(i -> String.format("0010%04X=1", 0x1000 + i)).collect(Collectors.joining("&"));
        assertEquals(400, web.get(ALL + '?' + keys, JSON).statusCode());
        HttpResponse<byte[]> large = store(protocol("2.25.1000", "d".repeat(100_000), ""));
        assertEquals(413, large.statusCode());
        assertEquals("", header(large, "retry-after"));
        assertTrue(text(large).contains("\"00081197\":{\"vr\":\"US\",\"Value\":[42752]}"), () -> text(large));
        String deep = "\"00720300\":{\"vr\":\"SQ\",\"Value\":[{".repeat(9) + "}]}".repeat(9);
        String many = "\"00720300\":{\"vr\":\"SQ\",\"Value\":[" + "{},".repeat(100) + "{}]}";
        for (String beyond : new String[] {deep, many}) {
            HttpResponse<byte[]> refused = store(protocol("2.25.1001", "d", ',' + beyond));
            assertEquals(400, refused.statusCode());
            assertTrue(text(refused).contains("\"00081197\":{\"vr\":\"US\",\"Value\":[49152]}"), () -> text(refused));
        }
    }

    private static HttpResponse<byte[]> store(String protocol) {
        return web.post(ALL, JSON, ('[' + protocol + ']').getBytes(StandardCharsets.US_ASCII));
    }

    private static String protocol(String uid, String description, String more) {
        return "{\"00080016\":{\"vr\":\"UI\",\"Value\":[\"1.2.840.10008.5.1.4.38.1\"]},\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + uid
                + "\"]},\"00720002\":{\"vr\":\"SH\",\"Value\":[\"" + uid + "\"]},\"00720004\":{\"vr\":\"LO\",\"Value\":[\"" + description
                + "\"]},\"00720006\":{\"vr\":\"CS\",\"Value\":[\"SITE\"]},\"00720008\":{\"vr\":\"LO\",\"Value\":[\"c\"]},"
                + "\"0072000A\":{\"vr\":\"DT\",\"Value\":[\"2026\"]},\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{\"00080060\":{\"vr\":\"CS\","
                + "\"Value\":[\"OP\"]},\"00082218\":{\"vr\":\"SQ\",\"Value\":[{\"00080119\":{\"vr\":\"UC\",\"Value\":[\"" + REGION
                + "\"]}}]}}]},\"00720014\":{\"vr\":\"US\",\"Value\":[0]}" + more + '}';
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(120_000);
        socket.connect(new InetSocketAddress("127.0.0.1", URI.create(web.service()).getPort()));
        return socket;
    }

    private static String path(String resource) {
        return URI.create(web.service()).getPath() + resource;
    }

    /** The server may have answered and closed already; its answer is still to be read. */
    private static void writeUnlessClosed(Socket socket, String text) {
        try {
            write(socket, text);
        } catch (IOException e) {
            // closed
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What still comes, until the connection is closed or broken off. */
    private static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(rest);
        } catch (SocketException e) {
            // reset
        }
        return rest.toString(StandardCharsets.US_ASCII);
    }

    private static String statusLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read())
            line.append((char) c);
        return line.toString();
    }
}
