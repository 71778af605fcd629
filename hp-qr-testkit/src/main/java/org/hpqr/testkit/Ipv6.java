package org.hpqr.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Whether this machine has IPv6. */
public final class Ipv6 {

    private Ipv6() {
    }

    /** {@code true} if ::1 can be listened on. */
    public static boolean hasLoopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
