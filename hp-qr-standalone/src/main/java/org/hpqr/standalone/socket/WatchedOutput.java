package org.hpqr.standalone.socket;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.hpqr.dimse.SocketWatchdog;
import org.hpqr.dimse.SocketWatchdog.Transfer;

/**
 * What is written to a peer, under watch, whoever writes it: the toolkit, too, answers requests that never come to the plugin,
 * and its own time limits wait for a write that is blocked.
 */
final class WatchedOutput extends FilterOutputStream {

    private final Socket network;
    private final PduLimits limits;
    private final SocketWatchdog watchdog;

    /**
     * @param network the connection it leads to, which is what is closed
     * @param limits  has the longest time of one write, which is one PDU
     */
    WatchedOutput(OutputStream out, Socket network, PduLimits limits, SocketWatchdog watchdog) {
        super(out);
        this.network = network;
        this.limits = limits;
        this.watchdog = watchdog;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Transfer transfer = watchdog.begin(network, limits.sendTimeout(), network::toString, "does not read (send-timeout)");
        try {
            out.write(bytes, offset, length);
        } finally {
            transfer.end();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
