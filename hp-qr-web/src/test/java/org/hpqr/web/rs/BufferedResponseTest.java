package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A response that is sent when its request is over. */
class BufferedResponseTest {

    private static final byte[] SMALL = "a small answer".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LARGE = new byte[20_000];

    /** The container's end of the response. */
    private static final class Sent extends ServletOutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int added) {
            bytes.write(added);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener added) {
            throw new UnsupportedOperationException();
        }
    }

    private final Sent sent = new Sent();
    private final List<String> calls = new ArrayList<>();
    private byte[] handedOver;

    private final BufferedResponse response = new BufferedResponse((HttpServletResponse) Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (self, method, arguments) -> {
                if (method.getName().equals("getOutputStream"))
                    return sent;
                calls.add(method.getName());
                return null;
            }));

    private boolean handOver(ByteBuffer body) {
        handedOver = new byte[body.remaining()];
        body.get(handedOver);
        return true;
    }

    @Test
    void aSmallBodyIsHandedOverWhenTheRequestIsOver() throws IOException {
        response.getOutputStream().write(SMALL);
        response.send(this::handOver);
        assertArrayEquals(SMALL, handedOver);
        assertEquals(0, sent.bytes.size());
    }

    @Test
    void whatNobodyTakesOverIsSentAtOnce() throws IOException {
        response.getOutputStream().write(SMALL);
        response.send(body -> false);
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
    }

    @Test
    void aLargeBodyIsSentWhileItIsMade() throws IOException {
        response.getOutputStream().write(SMALL);
        response.getOutputStream().write(LARGE);
        assertEquals(SMALL.length + LARGE.length, sent.bytes.size());
        response.getOutputStream().write('.');
        assertEquals(SMALL.length + LARGE.length + 1, sent.bytes.size());
        response.send(this::handOver);
        assertNull(handedOver);
    }

    @Test
    void whatIsFlushedIsSentAtOnce() throws IOException {
        response.getOutputStream().write(SMALL);
        response.flushBuffer();
        assertArrayEquals(SMALL, sent.bytes.toByteArray());
        response.send(this::handOver);
        assertNull(handedOver);
        assertEquals(List.of("flushBuffer"), calls);
    }

    @Test
    void whatIsResetIsNotSent() throws IOException {
        response.getOutputStream().write(LARGE, 0, 10);
        response.reset();
        response.getOutputStream().write(SMALL);
        response.send(this::handOver);
        assertArrayEquals(SMALL, handedOver);
    }

    @Test
    void noBodyIsNoBody() throws IOException {
        response.send(this::handOver);
        assertNull(handedOver);
    }
}
