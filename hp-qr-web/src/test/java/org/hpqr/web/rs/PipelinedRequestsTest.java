package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are sent before the answer to the first is read. */
@Timeout(60)
class PipelinedRequestsTest {

    private static final int SMALL_BUFFER = 2_048;
    /** Less than the buffer that Undertow has for a header, and so often that together it is more than the system buffers. */
    private static final int LARGE_FIELD = 14_000;
    private static final int LARGE = 1_000;
    private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.1 200");

    private ServletServer server;

    /** Answers the query component. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getPathInfo().equals("/large"))
                response.setHeader("Large", "h".repeat(LARGE_FIELD));
            response.getOutputStream().write(("<" + request.getQueryString() + '>').getBytes(StandardCharsets.US_ASCII));
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new ServletServer(new PipelinedRequests(), new Echo());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** All that comes until the connection ends, which the last request asks for, or is cut. */
    private String answers(String path, int count) throws IOException {
        String requests = IntStream.range(0, count).mapToObj(i -> "GET " + path + '?' + i + " HTTP/1.1\r\nHost: localhost\r\n"
                + (i == count - 1 ? "Connection: close\r\n\r\n" : "\r\n")).collect(Collectors.joining());
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(server.address());
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            awaitFullBuffers(socket.getInputStream());
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(received);
            } catch (SocketException e) {
                // the server has cut the connection
            }
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Something has come, and nothing more comes as long as nobody reads. */
    private static void awaitFullBuffers(InputStream in) throws IOException {
        int before = 0;
        for (int now = in.available(); now == 0 || now > before; now = in.available()) {
            before = now;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void allAreAnsweredInTheirOrder() throws IOException {
        String bodies = answers("/small", 100).replaceAll("[^<]*<(\\d+)>", "$1 ");
        assertEquals(IntStream.range(0, 100).mapToObj(i -> i + " ").collect(Collectors.joining()), bodies);
    }

    /** Such a connection may end too early, but nothing comes that is not part of an answer. */
    @Test
    void headerThatIsSentInPartsIsNotFollowedByTheBufferItWasIn() throws IOException {
        String answers = answers("/large", LARGE);
        assertEquals(-1, answers.indexOf(0));
        int complete = answers.split(">", -1).length - 1;
        assertTrue(RESPONSE.matcher(answers).results().count() <= complete + 1);
    }
}
