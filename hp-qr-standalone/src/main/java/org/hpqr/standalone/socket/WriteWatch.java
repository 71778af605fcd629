package org.hpqr.standalone.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connection of a peer that does not take in time what is written to it, whoever writes it: the toolkit, too,
 * answers requests that never come to the plugin, and its own time limits wait for a write that is blocked. A blocked write
 * cannot be ended in any other way; one look from time to time at all of them costs less than a timer for each.
 */
public final class WriteWatch {

    private static final Logger LOG = LoggerFactory.getLogger(WriteWatch.class);

    private final long limitNanos;
    private final Set<Write> underWay = ConcurrentHashMap.newKeySet();

    /** @param limit longest time of one write, which is one PDU */
    public WriteWatch(Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** Not a record: two writes are never equal. */
    private static final class Write {
        private final Socket network;
        private final long since = System.nanoTime();

        private Write(Socket network) {
            this.network = network;
        }
    }

    /** Closes the connections of writes that take too long. To be called every second. */
    public void look() {
        long now = System.nanoTime();
        for (Write write : underWay)
            if (now - write.since > limitNanos)
                close(write.network);
    }

    private static void close(Socket network) {
        if (network.isClosed())
            return;
        LOG.warn("{}: closing connection: peer does not read (send-timeout)", network);
        try {
            network.close();
        } catch (IOException e) {
            LOG.warn("Closing {} failed", network, e);
        }
    }

    /**
     * Puts the writes of a stream under watch.
     *
     * @param network the connection it leads to, which is what is closed
     */
    OutputStream watched(OutputStream out, Socket network) {
        return new OutputStream() {

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Write write = new Write(network);
                underWay.add(write);
                try {
                    out.write(bytes, offset, length);
                } finally {
                    underWay.remove(write);
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }
}
