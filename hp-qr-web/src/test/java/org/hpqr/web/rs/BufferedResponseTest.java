package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A response that is sent when its request is over (Jakarta Servlet 5.7.1). */
class BufferedResponseTest {

    private static final byte[] SMALL = "a small answer".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LARGE = new byte[20_000];

    /** The container's end of the response. */
    private final class Sent extends ServletOutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private WriteListener listener;
        private boolean ready = true;

        @Override
        public void write(int added) {
            bytes.write(added);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener added) {
            listener = added;
        }
    }

    private final Sent sent = new Sent();
    private final List<String> calls = new ArrayList<>();
    private boolean asyncSupported = true;

    private final HttpServletResponse container = proxy(HttpServletResponse.class);
    private final HttpServletRequest request = proxy(HttpServletRequest.class);
    private final BufferedResponse response = new BufferedResponse(container);

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            switch (method.getName()) {
                case "getOutputStream":
                    return sent;
                case "isAsyncSupported":
                    return asyncSupported;
                case "startAsync":
                    return proxy(AsyncContext.class);
                default:
                    calls.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                    return null;
            }
        }));
    }

    @Test
    void aSmallBodyIsSentByTheWriteListenerWithItsLength() throws IOException {
        response.getOutputStream().write(SMALL);
        assertEquals(0, sent.bytes.size());
        response.send(request);
        assertEquals(0, sent.bytes.size());
        sent.listener.onWritePossible();
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
        assertEquals(List.of("setContentLength " + SMALL.length, "setTimeout 0", "complete"), calls);
    }

    @Test
    void theRequestIsCompleteWhenAllIsWrittenAndNothingIsWrittenTwice() throws IOException {
        response.getOutputStream().write(SMALL);
        response.send(request);
        sent.ready = false;
        sent.listener.onWritePossible();
        assertFalse(calls.contains("complete"));
        sent.ready = true;
        sent.listener.onWritePossible();
        assertTrue(calls.contains("complete"));
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
    }

    @Test
    void theRequestIsCompleteWhenTheClientIsGone() throws IOException {
        response.getOutputStream().write(SMALL);
        response.send(request);
        sent.listener.onError(new IOException("gone"));
        assertTrue(calls.contains("complete"));
    }

    @Test
    void aLargeBodyIsSentWhileItIsMade() throws IOException {
        response.getOutputStream().write(SMALL);
        response.getOutputStream().write(LARGE);
        assertEquals(SMALL.length + LARGE.length, sent.bytes.size());
        response.getOutputStream().write('.');
        assertEquals(SMALL.length + LARGE.length + 1, sent.bytes.size());
        response.send(request);
        assertEquals(List.of(), calls);
    }

    @Test
    void whatIsFlushedIsSentAtOnce() throws IOException {
        response.getOutputStream().write(SMALL);
        response.flushBuffer();
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
        response.send(request);
        assertEquals(List.of("flushBuffer"), calls);
    }

    @Test
    void whatIsResetIsNotSent() throws IOException {
        response.getOutputStream().write(LARGE, 0, 10);
        response.reset();
        response.getOutputStream().write(SMALL);
        response.send(request);
        sent.listener.onWritePossible();
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
    }

    @Test
    void aRequestThatCannotBeAsynchronousIsAnsweredAtOnce() throws IOException {
        asyncSupported = false;
        response.getOutputStream().write(SMALL);
        response.send(request);
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
        assertEquals(List.of(), calls);
    }

    @Test
    void noBodyIsNoBody() throws IOException {
        response.send(request);
        assertEquals(List.of(), calls);
    }
}
