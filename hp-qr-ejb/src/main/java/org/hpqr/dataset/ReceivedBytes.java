package org.hpqr.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the data set of a request up to a limit, so that no peer can fill the memory. */
public final class ReceivedBytes {

    private static final int CHUNK = 16_384;

    private ReceivedBytes() {
    }

    /** There are more bytes than are taken. */
    public static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads to the end.
     *
     * @param limit most bytes taken
     * @throws TooLargeException there are more; what follows is left unread
     * @throws IOException       reading failed
     */
    public static byte[] read(InputStream in, int limit) throws IOException, TooLargeException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        for (int read; (read = in.read(chunk)) >= 0;) {
            if (bytes.size() + read > limit)
                throw new TooLargeException();
            bytes.write(chunk, 0, read);
        }
        return bytes.toByteArray();
    }
}
