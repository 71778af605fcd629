package org.hpqr.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Connection;

/**
 * Connects to the ports and aborts. A server that closes such a connection accepts connections and has a thread for each;
 * to a TLS port it is no beginning of a handshake, and is closed, too. The kernel alone would do no more than connect.
 */
final class ListenerProbe {

    private static final byte[] A_ABORT = HexFormat.of().parseHex("07000000000400000000");
    private static final int TIMEOUT_MILLIS = (int) TimeUnit.SECONDS.toMillis(5);

    private ListenerProbe() {
    }

    /** What is wrong; empty if nothing is. */
    static String problem(List<Connection> ports) {
        for (Connection port : ports) {
            try (Socket socket = new Socket()) {
                InetSocketAddress address = port.getBindPoint();
                // what listens on all interfaces listens on that of this machine
                InetAddress host = address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
                socket.connect(new InetSocketAddress(host, port.getPort()), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.getOutputStream().write(A_ABORT);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                return "port " + port.getPort() + " is not answered: " + e;
            }
        }
        return "";
    }
}
