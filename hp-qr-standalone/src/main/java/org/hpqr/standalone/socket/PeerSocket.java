package org.hpqr.standalone.socket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.Device;
import org.hpqr.dimse.HoldingSocket;
import org.hpqr.dimse.SocketWatchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of an association: plain or with TLS over it, with limits to what comes from the peer and to what goes to it.
 * Whoever closes it before the association has ended sends an A-ABORT by that: the toolkit closes without a word after an
 * exception that it has not foreseen.
 */
final class PeerSocket extends Socket implements HoldingSocket {

    private static final Logger LOG = LoggerFactory.getLogger(PeerSocket.class);

    /** To tell the peer the end of TLS or of the association, which a peer that reads nothing would make last for ever. */
    private static final long CLOSE_SECONDS = 1;
    /** For the peer to read what it was told, which is lost if data that it has sent lie unread when the connection is closed. */
    private static final long LINGER_MILLIS = 100;

    private final Socket network;
    private final Socket talking;
    private final Peer peer;
    private final InputStream in;
    private final SentPdus out;
    private final Device device;
    private final Runnable onClose;

    /**
     * @param network  the TCP connection
     * @param talking  what is spoken over: the same, or TLS over it
     * @param watchdog closes it if the peer does not read
     * @param device   its scheduler ends a closing that takes too long
     * @param onClose  called when it is closed, at least once
     */
    PeerSocket(Socket network, Socket talking, PduLimits limits, SocketWatchdog watchdog, Device device, Runnable onClose)
            throws IOException {
        this.network = network;
        this.talking = talking;
        this.peer = new Peer(network.getRemoteSocketAddress().toString());
        // the toolkit reads the header of a PDU, that of its PDV and the rest by three calls
        this.in = new LimitedPdus(new BufferedInputStream(talking.getInputStream()), limits, peer);
        this.out = new SentPdus(new WatchedOutput(talking.getOutputStream(), network, limits, watchdog), peer);
        this.device = device;
        this.onClose = onClose;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void hold() {
        out.hold();
    }

    @Override
    public void release() throws IOException {
        out.release();
    }

    @Override
    public void close() throws IOException {
        onClose.run();
        if (network.isClosed())
            return;
        try {
            Future<?> inAnyCase = device.schedule(this::closeNetwork, CLOSE_SECONDS, TimeUnit.SECONDS);
            if (isAbortedNow())
                device.schedule(this::closeNetwork, LINGER_MILLIS, TimeUnit.MILLISECONDS);
            else
                closeBoth();
            inAnyCase.cancel(false);
        } catch (RejectedExecutionException e) {
            // the server is going down
            network.close();
        }
    }

    private boolean isAbortedNow() {
        if (peer.hasEnded())
            return false;
        LOG.warn("{}: closing connection: the association has not ended", peer);
        try {
            if (!out.abort())
                return false;
            network.shutdownOutput();
            return true;
        } catch (IOException e) {
            LOG.debug("{}: no A-ABORT can be sent", peer, e);
            return false;
        }
    }

    private void closeBoth() throws IOException {
        try {
            if (talking != network)
                talking.close();
        } finally {
            network.close();
        }
    }

    private void closeNetwork() {
        try {
            network.close();
        } catch (IOException e) {
            // nothing is left to be done about it
        }
    }

    @Override
    public boolean isClosed() {
        return network.isClosed();
    }

    @Override
    public boolean isConnected() {
        return network.isConnected();
    }

    @Override
    public InetAddress getInetAddress() {
        return network.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return network.getLocalAddress();
    }

    @Override
    public int getPort() {
        return network.getPort();
    }

    @Override
    public int getLocalPort() {
        return network.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return network.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return network.getLocalSocketAddress();
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return network.getTcpNoDelay();
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        network.setSoTimeout(timeout);
    }

    @Override
    public String toString() {
        return talking == network ? network.toString() : "TLS over " + network;
    }
}
