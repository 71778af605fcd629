package org.hpqr.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection over HTTP, kept open. It does no more than it has to, as what it costs is measured with the server: both
 * what the plugin answers and the constant it is compared with.
 */
final class WebPeer implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final int port;
    /** What was received and is not yet used: from position to limit. */
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    WebPeer(int port) {
        this.port = port;
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of the answer to a GET. */
    byte[] get(String path, String accept) throws IOException {
        return send("GET", path, "Accept: " + accept + "\r\n", new byte[0], 200);
    }

    /** Gives the constant resource what it answers. */
    void put(String path, String contentType, byte[] body) throws IOException {
        send("PUT", path, "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n", body, 204);
    }

    private byte[] send(String method, String path, String fields, byte[] body, int status) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + fields + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
        int begin = line();
        if (!text(begin).startsWith("HTTP/1.1 " + status))
            throw new Client.WrongAnswerException(method + ' ' + path + ": " + text(begin));
        int length = 0;
        boolean chunked = false;
        for (begin = line(); position - begin > 2; begin = line()) {
            if (isField(LENGTH, begin))
                length = Integer.parseInt(text(begin).substring(LENGTH.length).trim());
            chunked |= isField(CODING, begin);
        }
        return chunked ? chunks() : read(length);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(read(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(text(line()).trim(), 16);
    }

    /** Passes over a line: from what is returned to the position, with its end. */
    private int line() throws IOException {
        for (int i = position; ; i++) {
            if (i == limit)
                i -= fill();
            if (buffer[i] == '\n') {
                int begin = position;
                position = i + 1;
                return begin;
            }
        }
    }

    /** Receives more; returns by how much what was there has moved to the beginning. */
    private int fill() throws IOException {
        int moved = position;
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= moved;
        position = 0;
        int received = in.read(buffer, limit, BUFFER - limit);
        if (received <= 0)
            throw new EOFException();
        limit += received;
        return moved;
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int buffered = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, 0, buffered);
        position += buffered;
        if (in.readNBytes(bytes, buffered, length - buffered) < length - buffered)
            throw new EOFException();
        return bytes;
    }

    private String text(int begin) {
        return new String(buffer, begin, position - begin, StandardCharsets.US_ASCII);
    }

    private boolean isField(byte[] name, int begin) {
        for (int i = 0; i < name.length; i++)
            // in lower case, as far as names have letters
            if ((buffer[begin + i] | 0x20) != (name[i] | 0x20))
                return false;
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
