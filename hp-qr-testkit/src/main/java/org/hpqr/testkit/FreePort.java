package org.hpqr.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports of 127.0.0.1 for servers under test. */
public final class FreePort {

    /** Those before are for the ports that Maven finds for integration tests. */
    private static final int FIRST = 22_000;
    /** Linux: net.ipv4.ip_local_port_range. */
    private static final int FIRST_CLIENT_PORT = 32_768;
    /** More than one test needs. */
    private static final int MOST_RESERVATIONS = 1_000;
    private static final Queue<DatagramSocket> RESERVATIONS = new ArrayDeque<>();

    private FreePort() {
    }

    /**
     * A port that nobody listens on, and that no other test finds, although many run at once: it is reserved before the server
     * listens on it and while the server is restarted. Not one of those that the system gives to clients: it would be one of
     * theirs sooner or later.
     */
    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_CLIENT_PORT);
            try {
                if (isFree(port) && reserve(port))
                    return port;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    /** By the UDP port of the same number, which no server here needs: other processes see that, and it ends with this one. */
    private static synchronized boolean reserve(int port) throws IOException {
        try {
            RESERVATIONS.add(new DatagramSocket(new InetSocketAddress("127.0.0.1", port)));
        } catch (BindException e) {
            return false;
        }
        if (RESERVATIONS.size() > MOST_RESERVATIONS)
            RESERVATIONS.remove().close();
        return true;
    }
}
