package org.hpqr.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the large data sets of requests may take of the heap, those of all associations and HTTP connections together: each can
 * send one as large as the limits allow, and there are more of them than the heap has room for.
 */
@ApplicationScoped
public class RequestMemory {

    /** Part of the heap for bytes as they come. What is made of them takes up to five times as much again. */
    private static final int PART = 10;
    /** A data set that is not larger is taken anyway: most are smaller, and all of them together are not much. */
    private static final int NOT_LARGE = 1 << 16;

    private final AtomicLong free;

    /** For the container, and for use outside of it. */
    public RequestMemory() {
        this(Runtime.getRuntime().maxMemory() / PART);
    }

    /** @param bytes of all large data sets together */
    public RequestMemory(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** The share of one operation, nothing at first. */
    public Share share() {
        return new Share();
    }

    /** What one operation has taken. */
    public final class Share {

        private int size;
        private final AtomicInteger taken = new AtomicInteger();

        /** Takes more, for bytes that have come; {@code false} if there is not so much free. Called by one thread. */
        public boolean take(int bytes) {
            int more = size + bytes - taken.get();
            if (size + bytes > NOT_LARGE) {
                if (free.addAndGet(-more) < 0) {
                    free.addAndGet(more);
                    return false;
                }
                taken.addAndGet(more);
            }
            size += bytes;
            return true;
        }

        /** Gives back all that was taken, to begin with another data set. Called by the thread that takes. */
        public void restart() {
            giveBack();
            size = 0;
        }

        /** Gives back all that was taken, once. */
        public void giveBack() {
            free.addAndGet(taken.getAndSet(0));
        }
    }
}
