package org.hpqr.standalone.socket;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.hpqr.dimse.SocketWatchdog;

/** Opens associations over TLS. It does not listen. */
public final class TlsClient extends Connection {

    private static final long serialVersionUID = 1L;

    private final transient Tls tls;
    private final transient DicomPort network;
    private final transient PduLimits limits;
    private final transient SocketWatchdog watchdog;

    /**
     * @param network makes the TCP connections, and is one of the same device
     */
    public TlsClient(String commonName, Tls tls, DicomPort network, PduLimits limits, SocketWatchdog watchdog) {
        super(commonName, network.getHostname());
        this.tls = tls;
        this.network = network;
        this.limits = limits;
        this.watchdog = watchdog;
        mark(this, tls);
    }

    /**
     * Makes a connection one that the toolkit takes for a TLS connection, which fits only another one.
     *
     * @param connection ours, or that of a peer
     */
    public static void mark(Connection connection, Tls tls) {
        connection.setTlsProtocols(tls.protocols());
        connection.setTlsCipherSuites(tls.context().getSupportedSSLParameters().getCipherSuites());
    }

    @Override
    public Socket connect(Connection remote) throws IOException, IncompatibleConnectionException, GeneralSecurityException {
        Socket socket = network.connectNetwork(new Connection(null, remote.getHostname(), remote.getPort()));
        try {
            return new PeerSocket(socket, tls.connect(socket, remote.getHostname(), getConnectTimeout(), getDevice()), limits,
                    watchdog, getDevice(), () -> { });
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
