package org.hpqr.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntPredicate;

/** Reads the data set of a request up to a limit, so that no peer can fill the memory. */
public final class ReceivedBytes {

    private static final int CHUNK = 16_384;

    private ReceivedBytes() {
    }

    /** There are more bytes than are taken. */
    public static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** There is no memory for them. */
    public static final class NoMemoryException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads to the end.
     *
     * @param limit  most bytes taken
     * @param memory is asked for memory for that many bytes more
     * @throws TooLargeException there are more; what follows is left unread
     * @throws NoMemoryException it was refused; what follows is left unread
     * @throws IOException       reading failed
     */
    public static byte[] read(InputStream in, int limit, IntPredicate memory)
            throws IOException, TooLargeException, NoMemoryException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        for (int read; (read = in.read(chunk)) >= 0;) {
            if (bytes.size() + read > limit)
                throw new TooLargeException();
            if (!memory.test(read))
                throw new NoMemoryException();
            bytes.write(chunk, 0, read);
        }
        return bytes.toByteArray();
    }
}
