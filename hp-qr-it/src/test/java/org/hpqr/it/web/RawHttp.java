package org.hpqr.it.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would send. */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int ENOUGH = 4_096;

    private RawHttp() {
    }

    /** Sends bytes, says that there are no more, and returns the beginning of what comes back, or nothing. */
    static String send(int port, byte[] bytes) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } catch (SocketException e) {
                // the server has answered and closed before it has read everything
            }
            InputStream in = socket.getInputStream();
            byte[] some = new byte[ENOUGH];
            for (int read = in.read(some); read >= 0 && answer.size() < ENOUGH; read = in.read(some))
                answer.write(some, 0, read);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer, and no end: " + answer, e);
        } catch (SocketException e) {
            // reset, as bytes were left unread
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
