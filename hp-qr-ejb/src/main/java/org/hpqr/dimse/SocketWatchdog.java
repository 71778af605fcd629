package org.hpqr.dimse;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the sockets on which something takes longer than it may: a blocked write, or a read that gets byte after byte,
 * cannot be timed out in any other way. One look a second over what is under way costs less than a timer for each.
 */
public final class SocketWatchdog {

    private static final Logger LOG = LoggerFactory.getLogger(SocketWatchdog.class);

    private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();

    /** Something that a peer has to do in time. Not a record: two are never equal. */
    public final class Transfer {
        private final Socket socket;
        private final long limitNanos;
        private final Supplier<String> name;
        private final String fault;
        private final long since = System.nanoTime();

        private Transfer(Socket socket, Duration limit, Supplier<String> name, String fault) {
            this.socket = socket;
            this.limitNanos = limit.toNanos();
            this.name = name;
            this.fault = fault;
        }

        /** The peer has done it, or it has failed. */
        public void end() {
            underWay.remove(this);
        }
    }

    /**
     * Puts something under watch until {@link Transfer#end} is called, or the socket is closed.
     *
     * @param socket what is closed after {@code limit}
     * @param name   names the connection in the log
     * @param fault  what the log says of the peer then
     */
    public Transfer begin(Socket socket, Duration limit, Supplier<String> name, String fault) {
        Transfer transfer = new Transfer(socket, limit, name, fault);
        underWay.add(transfer);
        return transfer;
    }

    /** Closes what is overdue. To be called every second. */
    public void closeOverdue() {
        long now = System.nanoTime();
        for (Iterator<Transfer> transfers = underWay.iterator(); transfers.hasNext();) {
            Transfer transfer = transfers.next();
            if (transfer.socket.isClosed()) {
                transfers.remove();
            } else if (now - transfer.since >= transfer.limitNanos) {
                transfers.remove();
                close(transfer);
            }
        }
    }

    private static void close(Transfer transfer) {
        try {
            transfer.socket.close();
            LOG.warn("{}: closing connection: peer {}", transfer.name.get(), transfer.fault);
        } catch (IOException e) {
            LOG.warn("{}: closing connection failed: peer {}", transfer.name.get(), transfer.fault, e);
        } catch (RuntimeException | Error e) {
            // no memory, perhaps not even for a line in the log; an executor never again calls what has failed once
            return;
        }
    }
}
