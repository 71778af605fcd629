package org.hpqr.web.rs;

import io.undertow.io.AsyncSenderImpl;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A response whose body, if it is small, is sent by the connection's I/O thread when the request is over. If the worker thread
 * sent it, the client's next request would often come before the worker has ended this one. Undertow's I/O
 * thread then waits for the worker in a busy loop, which takes more processor time than the request where processors are few.
 */
final class BufferedResponse extends HttpServletResponseWrapper {

    /** Largest body that is buffered; a larger one is sent while it is made. */
    private static final int MAX_BODY = 16_384;
    private static final int USUAL_BODY = 4_096;

    private final HttpServletResponse response;
    private final Body body = new Body();

    BufferedResponse(HttpServletResponse response) {
        super(response);
        this.response = response;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return body;
    }

    @Override
    public void flushBuffer() throws IOException {
        body.sent();
        super.flushBuffer();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        body.size = 0;
    }

    @Override
    public void reset() {
        super.reset();
        body.size = 0;
    }

    /** Sends a whole body. */
    interface Sender {

        /** {@code false}: not this one, nothing was done. */
        boolean send(ByteBuffer body);
    }

    /** The request is over: has the body sent that was not sent. */
    void send(Sender sender) throws IOException {
        if (body.sending == null && body.size > 0 && !sender.send(ByteBuffer.wrap(body.bytes, 0, body.size)))
            body.sent();
    }

    /**
     * Has a body sent by the I/O thread of the current request. By Undertow itself, as each step of the Servlet API's asynchronous
     * processing is another thread's.
     */
    static boolean sendByIoThread(ByteBuffer body) {
        ServletRequestContext request = ServletRequestContext.requireCurrent();
        HttpServerExchange exchange = request.getExchange();
        // nobody has read the body of the request: to skip that may take its time, for which an I/O thread must not wait, and Undertow
        // closes the connection instead
        if (!exchange.isRequestComplete())
            return false;
        request.getCurrentServletContext().updateSessionAccessTime(exchange);
        exchange.dispatch(exchange.getIoThread(), sending -> new AsyncSenderImpl(sending).send(body));
        return true;
    }

    /** Buffers bytes until there are too many, or something flushes them. */
    private final class Body extends ServletOutputStream {

        private byte[] bytes = new byte[USUAL_BODY];
        private int size;
        /** The container's stream; {@code null} as long as bytes are buffered. */
        private ServletOutputStream sending;

        private ServletOutputStream sent() throws IOException {
            if (sending == null) {
                sending = response.getOutputStream();
                sending.write(bytes, 0, size);
                size = 0;
            }
            return sending;
        }

        @Override
        public void write(byte[] added, int offset, int length) throws IOException {
            if (sending != null || size + length > MAX_BODY) {
                sent().write(added, offset, length);
                return;
            }
            if (size + length > bytes.length)
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
            System.arraycopy(added, offset, bytes, size, length);
            size += length;
        }

        @Override
        public void write(int added) throws IOException {
            write(new byte[] {(byte) added}, 0, 1);
        }

        @Override
        public void flush() throws IOException {
            sent().flush();
        }

        @Override
        public void close() throws IOException {
            sent().close();
        }

        @Override
        public boolean isReady() {
            return sending == null || sending.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the request is answered at once");
        }
    }
}
