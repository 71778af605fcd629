package org.dcm4che3.util;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reading, skipping and copying of stream contents of a known length. Lengths given as {@code int} are unsigned. */
public final class StreamUtils {

    private static final int BUFFER_SIZE = 2048;

    private StreamUtils() {
    }

    /** @return the bytes read: fewer than {@code len} only at the end of the stream */
    public static int readAvailable(InputStream in, byte[] buffer, int off, int len) throws IOException {
        return in.readNBytes(buffer, off, len);
    }

    /** @throws EOFException where the stream has fewer bytes */
    public static void readFully(InputStream in, byte[] buffer, int off, int len) throws IOException {
        if (in.readNBytes(buffer, off, len) < len)
            throw new EOFException();
    }

    /** @throws EOFException where the stream has fewer bytes */
    public static void skipFully(InputStream in, long count) throws IOException {
        in.skipNBytes(count);
    }

    /** @throws EOFException where the stream has fewer bytes */
    public static void copy(InputStream in, OutputStream out, int len) throws IOException {
        copy(in, out, len, 1);
    }

    /**
     * Copies and reverses the bytes of every group.
     *
     * @param swapBytes length of a group: 1, 2, 4 or 8
     * @throws EOFException where the stream has fewer bytes
     * @throws IllegalArgumentException where the length is no multiple of a group's
     */
    public static void copy(InputStream in, OutputStream out, int len, int swapBytes) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        for (long left = Integer.toUnsignedLong(len); left > 0; ) {
            int part = (int) Math.min(left, BUFFER_SIZE);
            readFully(in, buffer, 0, part);
            switch (swapBytes) {
                case 2 -> ByteUtils.swapShorts(buffer, 0, part);
                case 4 -> ByteUtils.swapInts(buffer, 0, part);
                case 8 -> ByteUtils.swapLongs(buffer, 0, part);
                default -> {
                    // single bytes stay as they are
                }
            }
            out.write(buffer, 0, part);
            left -= part;
        }
    }

    /** @param name {@code resource:<name>}, a URL or a file name; a single letter before a colon is a drive */
    public static InputStream openFileOrURL(String name) throws IOException {
        if (name.startsWith("resource:")) {
            URL url = ResourceLocator.getResourceURL(name.substring("resource:".length()), StreamUtils.class);
            if (url == null)
                throw new FileNotFoundException(name);
            return url.openStream();
        }
        return name.indexOf(':') < 2 ? Files.newInputStream(Path.of(name)) : new URL(name).openStream();
    }
}
