package org.hpqr.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Connection;
import org.hpqr.standalone.socket.DicomPort;

/**
 * Connects to the ports, which know it by the address it comes from and close the connection. A server that does accepts
 * connections and has a thread for each. The kernel alone would do no more than connect.
 */
final class ListenerProbe {

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
                socket.bind(new InetSocketAddress(host, 0));
                connect(socket, new InetSocketAddress(host, port.getPort()), port);
            } catch (IOException e) {
                return "port " + port.getPort() + " is not answered: " + e;
            }
        }
        return "";
    }

    private static void connect(Socket socket, InetSocketAddress address, Connection port) throws IOException {
        SocketAddress local = socket.getLocalSocketAddress();
        if (port instanceof DicomPort dicom)
            dicom.expectProbe(local);
        try {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } finally {
            if (port instanceof DicomPort dicom)
                dicom.endProbe(local);
        }
    }
}
