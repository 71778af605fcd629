package org.hpqr.standalone.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that peers have opened, counted by host. */
public final class PeerSockets {

    private static final Logger LOG = LoggerFactory.getLogger(PeerSockets.class);

    private final int limit;
    private final Map<Socket, InetAddress> open = new HashMap<>();
    private final Map<InetAddress, Integer> counts = new HashMap<>();
    private long added;
    private long refused;

    /** @param limit most connections of one host; 0 for no limit */
    public PeerSockets(int limit) {
        this.limit = limit;
    }

    /** Counts one more; {@code false} if its host has as many as it may. */
    synchronized boolean add(Socket socket) {
        InetAddress host = socket.getInetAddress();
        int count = counts.getOrDefault(host, 0);
        if (limit > 0 && count >= limit) {
            refused++;
            return false;
        }
        added++;
        open.put(socket, host);
        counts.put(host, count + 1);
        return true;
    }

    /** It is closed; no matter if that is said again. */
    synchronized void remove(Socket socket) {
        InetAddress host = open.remove(socket);
        if (host != null)
            counts.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
    }

    /** How many are open. */
    public synchronized int size() {
        return open.size();
    }

    /** How many there were, with those that are open. */
    public synchronized long added() {
        return added;
    }

    /** How many were one too many. */
    public synchronized long refused() {
        return refused;
    }

    /** Closes those that are still open, associations and handshakes alike. */
    public void close() {
        List<Socket> left;
        synchronized (this) {
            left = new ArrayList<>(open.keySet());
        }
        for (Socket socket : left) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("Closing {} failed", socket, e);
            }
            remove(socket);
        }
    }
}
