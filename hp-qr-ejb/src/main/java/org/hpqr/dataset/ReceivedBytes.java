package org.hpqr.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Reads the data set of a request up to a limit, so that no peer can fill the memory. */
public final class ReceivedBytes {

    /** Most requests are smaller. */
    private static final int FIRST_SIZE = 1_024;
    /** Above every limit that there is. */
    private static final int LARGEST_SIZE = Integer.MAX_VALUE - 8;

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
        byte[] bytes = new byte[FIRST_SIZE];
        int size = 0;
        for (int read; (read = in.read(bytes, size, bytes.length - size)) >= 0;) {
            if (size + read > limit)
                throw new TooLargeException();
            if (!memory.test(read))
                throw new NoMemoryException();
            size += read;
            if (size == bytes.length)
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * size, LARGEST_SIZE));
        }
        return Arrays.copyOf(bytes, size);
    }
}
