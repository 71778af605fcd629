package org.hpqr.web.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Takes a multipart body apart (RFC 2046 5.1, RFC 2387), part by part; nothing of a part is kept. */
public final class MultipartReader {

    private static final int BUFFER = 16_384;
    /** Longest header section of a part, in bytes. */
    private static final int MAX_HEADERS = 8_192;
    private static final int MAX_BOUNDARY = 70;
    private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int begin;
    private int end;
    private boolean atEnd;
    private Body current;

    /**
     * One part.
     *
     * @param headers names in lower case
     * @param body    to be read before the next part is asked for
     */
    public record Part(Map<String, String> headers, InputStream body) {
    }

    /**
     * @param in       the body of the message; its size is bounded by the caller
     * @param boundary parameter of the media type
     * @throws MalformedContentException the boundary is missing, or none
     */
    public MultipartReader(InputStream in, String boundary) throws MalformedContentException {
        if (!isBoundary(boundary))
            throw new MalformedContentException("The multipart media type has no valid boundary");
        this.in = in;
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        // the first delimiter may stand at the very beginning, the others stand in a new line
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
        current = new Body();
    }

    private static boolean isBoundary(String boundary) {
        return boundary != null && !boundary.isEmpty() && boundary.length() <= MAX_BOUNDARY && !boundary.endsWith(" ")
                && boundary.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
                        || BOUNDARY_MARKS.indexOf(c) >= 0);
    }

    /**
     * The next part; {@code null} after the last.
     *
     * @throws MalformedContentException the body is not what RFC 2046 says, or ends too early
     */
    public Part next() throws IOException {
        if (atEnd)
            return null;
        current.skipRest();
        begin += delimiter.length;
        if (isNext('-', '-')) {
            atEnd = true;
            return null;
        }
        // transport padding
        while (available() > 0 && (buffer[begin] == ' ' || buffer[begin] == '\t'))
            begin++;
        if (!isNext('\r', '\n'))
            throw new MalformedContentException("A boundary does not end its line");
        begin += 2;
        Map<String, String> headers = readHeaders();
        current = new Body();
        return new Part(headers, current);
    }

    private int available() throws IOException {
        if (begin == end)
            fill(1);
        return end - begin;
    }

    private boolean isNext(char first, char second) throws IOException {
        return fill(2) && buffer[begin] == first && buffer[begin + 1] == second;
    }

    private Map<String, String> readHeaders() throws IOException {
        Map<String, String> headers = new HashMap<>();
        String last = null;
        int size = 0;
        for (String line = readLine(MAX_HEADERS); !line.isEmpty(); line = readLine(MAX_HEADERS - size)) {
            size += line.length() + 2;
            if (last != null && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                // a long header goes on in the next line (RFC 5322 2.2.3)
                headers.merge(last, line.trim(), (begun, rest) -> (begun + ' ' + rest).trim());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0)
                throw new MalformedContentException("A header of a part has no name");
            last = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
            if (headers.put(last, line.substring(colon + 1).trim()) != null)
                throw new MalformedContentException("A header of a part occurs twice");
        }
        return headers;
    }

    private String readLine(int limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (!isNext('\r', '\n')) {
            if (available() == 0)
                throw tooShort();
            if (line.size() >= limit)
                throw new MalformedContentException("The headers of a part are longer than " + MAX_HEADERS + " bytes");
            line.write(buffer[begin++]);
        }
        begin += 2;
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sees to it that there are {@code count} bytes in the buffer; {@code false} at the end of the stream. */
    private boolean fill(int count) throws IOException {
        if (end - begin >= count)
            return true;
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        while (end < count) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0)
                return false;
            end += read;
        }
        return true;
    }

    private static MalformedContentException tooShort() {
        return new MalformedContentException("The multipart body ends before its last boundary");
    }

    /** What is before the next delimiter. */
    private final class Body extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (this != current || length == 0)
                return this == current ? 0 : -1;
            if (!fill(delimiter.length))
                throw tooShort();
            int stop = indexOfDelimiter();
            if (stop == begin && Arrays.equals(buffer, begin, begin + delimiter.length, delimiter, 0, delimiter.length))
                return -1;
            int count = Math.min(length, stop - begin);
            System.arraycopy(buffer, begin, bytes, offset, count);
            begin += count;
            return count;
        }

        /** Where the delimiter is, or how far there is none. */
        private int indexOfDelimiter() {
            int last = end - delimiter.length;
            for (int at = begin; at <= last; at++)
                if (buffer[at] == '\r' && Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length))
                    return at;
            return last + 1;
        }

        private void skipRest() throws IOException {
            byte[] rest = new byte[1_024];
            while (read(rest, 0, rest.length) >= 0)
                continue;
        }
    }
}
