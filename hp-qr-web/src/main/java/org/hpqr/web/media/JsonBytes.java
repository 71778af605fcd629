package org.hpqr.web.media;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects the bytes of a JSON text in UTF-8 (RFC 8259), and writes them whenever there are enough. */
final class JsonBytes implements Closeable {

    private static final int BUFFER = 2_048;
    private static final byte[] DIGITS = ascii("0123456789ABCDEF");
    /** What a string has for characters of ASCII that it must not have as they are (RFC 8259 chapter 7). */
    private static final byte[][] ESCAPES = new byte[0x80][];

    static {
        for (int c = 0; c < ' '; c++)
            ESCAPES[c] = ascii(String.format("\\u%04x", c));
        ESCAPES['\b'] = ascii("\\b");
        ESCAPES['\t'] = ascii("\\t");
        ESCAPES['\n'] = ascii("\\n");
        ESCAPES['\f'] = ascii("\\f");
        ESCAPES['\r'] = ascii("\\r");
        ESCAPES['"'] = ascii("\\\"");
        ESCAPES['\\'] = ascii("\\\\");
    }

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int size;

    /** @param out gets the bytes; closed by {@link #close} */
    JsonBytes(OutputStream out) {
        this.out = out;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void put(char ascii) throws IOException {
        if (size == BUFFER)
            flush();
        buffer[size++] = (byte) ascii;
    }

    void put(byte[] bytes) throws IOException {
        put(bytes, 0, bytes.length);
    }

    void put(byte[] bytes, int from, int to) throws IOException {
        int count = to - from;
        if (count > BUFFER - size)
            flush();
        if (count > BUFFER) {
            out.write(bytes, from, count);
        } else {
            System.arraycopy(bytes, from, buffer, size, count);
            size += count;
        }
    }

    /** Puts 8 hexadecimal digits. */
    void putHex(int number) throws IOException {
        if (8 > BUFFER - size)
            flush();
        for (int shift = 28; shift >= 0; shift -= 4)
            buffer[size++] = DIGITS[number >>> shift & 0xF];
    }

    /** Puts a string with its quotation marks. */
    void putString(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int done = 0;
        put('"');
        for (int i = 0; i < utf8.length; i++)
            if (utf8[i] >= 0 && ESCAPES[utf8[i]] != null) {
                put(utf8, done, i);
                put(ESCAPES[utf8[i]]);
                done = i + 1;
            }
        put(utf8, done, utf8.length);
        put('"');
    }

    private void flush() throws IOException {
        out.write(buffer, 0, size);
        size = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
