package org.dcm4che3.util;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** Closes what is not needed any more, where a failure to do so has no consequence. */
public final class SafeClose {

    private SafeClose() {
    }

    /** @param stream may be null */
    public static void close(Closeable stream) {
        if (stream == null)
            return;
        try {
            stream.close();
        } catch (IOException ignored) {
            // as promised
        }
    }

    /** A method of its own because the renamed classes ask for it by this descriptor. */
    public static void close(Socket socket) {
        close((Closeable) socket);
    }
}
