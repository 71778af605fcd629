package org.hpqr.standalone.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Connection.Protocol;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.TCPProtocolHandler;
import org.hpqr.dimse.SocketWatchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that associations come in by, and by which those without TLS go out. */
public final class DicomPort extends Connection {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DicomPort.class);

    /** The toolkit's own, which makes an association of a socket. */
    private static final TCPProtocolHandler ASSOCIATIONS = Connection.unregisterTCPProtocolHandler(Protocol.DICOM);

    static {
        Connection.registerTCPProtocolHandler(Protocol.DICOM, DicomPort::accept);
    }

    private final transient PduLimits limits;
    private final transient PeerSockets peers;
    private final transient SocketWatchdog watchdog;
    private final transient Tls tls;
    /** Where the server's own probes come from. */
    private final transient Set<SocketAddress> probes = ConcurrentHashMap.newKeySet();

    /**
     * Makes a port that does not listen yet.
     *
     * @param tls {@code null} for none
     */
    public DicomPort(String commonName, String address, int port, PduLimits limits, PeerSockets peers, SocketWatchdog watchdog,
                     Tls tls) {
        super(commonName, address, port);
        this.limits = limits;
        this.peers = peers;
        this.watchdog = watchdog;
        this.tls = tls;
        setBindAddress(address);
    }

    /** Whether associations come in over TLS. The toolkit's {@link #isTls} is about a listener of its own. */
    public boolean hasTls() {
        return tls != null;
    }

    /** A connection from this address is no peer: a thread closes it, and neither the counts nor our log tell of it. */
    public void expectProbe(SocketAddress address) {
        probes.add(address);
    }

    /** The other end of {@link #expectProbe}. */
    public void endProbe(SocketAddress address) {
        probes.remove(address);
    }

    /** Connects to a peer that an association is to be requested of. */
    @Override
    public Socket connect(Connection remote) throws IOException, IncompatibleConnectionException, GeneralSecurityException {
        Socket network = connectNetwork(remote);
        return new PeerSocket(network, network, limits, watchdog, getDevice(), () -> { });
    }

    /** Connects to a peer; what is spoken over the connection is not looked at. */
    Socket connectNetwork(Connection remote)
            throws IOException, IncompatibleConnectionException, GeneralSecurityException {
        return super.connect(remote);
    }

    private static void accept(Connection connection, Socket network) throws IOException {
        if (connection instanceof DicomPort port)
            port.accept(network);
        else
            ASSOCIATIONS.onAccept(connection, network);
    }

    /** Called by the thread that accepts connections, so nothing here waits for the peer. */
    private void accept(Socket network) throws IOException {
        if (probes.contains(network.getRemoteSocketAddress())) {
            getDevice().execute(() -> closeQuietly(network));
            return;
        }
        InetAddress host = network.getInetAddress();
        if (!peers.add(network)) {
            LOG.warn("{}: closing connection: more than max-connections-per-host", host.getHostAddress());
            network.close();
            return;
        }
        try {
            if (tls == null)
                associate(network, network);
            else
                getDevice().execute(() -> acceptTls(network));
        } catch (IOException | RuntimeException | Error e) {
            // an Error: the operating system has no thread left
            peers.remove(network);
            close(network);
            throw e;
        }
    }

    /** The toolkit would log it. */
    private static void closeQuietly(Socket network) {
        try {
            network.close();
        } catch (IOException e) {
            LOG.debug("Closing {} failed", network, e);
        }
    }

    private void acceptTls(Socket network) {
        try {
            associate(network, tls.accept(network, getRequestTimeout(), getDevice()));
        } catch (IOException | RuntimeException | Error e) {
            LOG.info("{}: TLS handshake failed: {}", network.getRemoteSocketAddress(), e.toString());
            peers.remove(network);
            close(network);
        }
    }

    private void associate(Socket network, Socket talking) throws IOException {
        ASSOCIATIONS.onAccept(this,
                new PeerSocket(network, talking, limits, watchdog, getDevice(), () -> peers.remove(network)));
    }
}
