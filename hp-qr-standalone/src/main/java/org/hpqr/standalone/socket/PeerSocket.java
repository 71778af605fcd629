package org.hpqr.standalone.socket;

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

/** The socket of an association: plain or with TLS over it, with limits to what comes from the peer. */
final class PeerSocket extends Socket {

    /** To tell the peer the end of TLS, which a peer that reads nothing would make last for ever. */
    private static final long CLOSE_SECONDS = 1;

    private final Socket network;
    private final Socket talking;
    private final InputStream in;
    private final OutputStream out;
    private final Device device;
    private final Runnable onClose;

    /**
     * @param network the TCP connection
     * @param talking what is spoken over: the same, or TLS over it
     * @param writes  closes it if the peer takes nothing
     * @param device  its scheduler ends a closing that takes too long
     * @param onClose called when it is closed, at least once
     */
    PeerSocket(Socket network, Socket talking, PduLimits limits, WriteWatch writes, Device device, Runnable onClose)
            throws IOException {
        this.network = network;
        this.talking = talking;
        this.in = new LimitedPdus(talking.getInputStream(), limits);
        this.out = writes.watched(talking.getOutputStream(), network);
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
    public void close() throws IOException {
        onClose.run();
        if (talking == network) {
            network.close();
            return;
        }
        Future<?> end = null;
        try {
            end = device.schedule(this::closeNetwork, CLOSE_SECONDS, TimeUnit.SECONDS);
            talking.close();
        } catch (RejectedExecutionException e) {
            // the server is going down
        } finally {
            network.close();
            if (end != null)
                end.cancel(false);
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
