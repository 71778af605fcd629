package org.hpqr.web.rs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** The body of a request, of which no more is read than is accepted, and no longer than is waited. */
final class RequestBody extends FilterInputStream {

    private final long mostNanos;
    /** For bytes: what is done with them between the reads takes no time of the client's. */
    private long waitedNanos;
    private long rest;

    /** There are more bytes than are accepted. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The client takes too long. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param limit          most bytes that are accepted
     * @param timeoutSeconds longest time that the client may be waited for, in all
     */
    RequestBody(InputStream in, long limit, int timeoutSeconds) {
        super(in);
        rest = limit;
        mostNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
    }

    /** What a body that could not be read to its end is answered with. */
    static WebFailure failure(IOException e) {
        if (e instanceof TooLargeException)
            return new WebFailure(WebFailure.CONTENT_TOO_LARGE, "The request is too large");
        if (e instanceof TooSlowException)
            return new WebFailure(WebFailure.REQUEST_TIMEOUT, "The request took too long");
        return new WebFailure(WebFailure.BAD_REQUEST, "The request was not received to its end");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long begin = System.nanoTime();
        int read = super.read(bytes, offset, length);
        waitedNanos += System.nanoTime() - begin;
        if (waitedNanos > mostNanos)
            throw new TooSlowException();
        rest -= Math.max(read, 0);
        if (rest < 0)
            throw new TooLargeException();
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
