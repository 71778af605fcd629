package org.hpqr.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports of 127.0.0.1 for servers under test. */
public final class FreePort {

    private static final int FIRST = 20_000;
    /** Linux: net.ipv4.ip_local_port_range. */
    private static final int FIRST_CLIENT_PORT = 32_768;

    private FreePort() {
    }

    /**
     * A port that nobody listens on. Not one of those that the system gives to clients: it would be one of theirs sooner or
     * later, before the server listens on it.
     */
    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_CLIENT_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // taken: another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
