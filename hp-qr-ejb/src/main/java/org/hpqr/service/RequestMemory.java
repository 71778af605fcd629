package org.hpqr.service;

import jakarta.enterprise.context.ApplicationScoped;
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

    /**
     * How many times as much of the heap a data set takes that is text, or is taken apart and encoded anew to be stored: its parser's
     * buffer, the text of a value and what is decoded from it are there at the same time, before the data set is stored like any other.
     */
    public static final int TEXT = 2;

    private final long all;
    private final AtomicLong free;

    /** For the container, and for use outside of it. */
    public RequestMemory() {
        this(Runtime.getRuntime().maxMemory() / PART);
    }

    /** @param bytes of all large data sets together */
    public RequestMemory(long bytes) {
        all = bytes;
        free = new AtomicLong(bytes);
    }

    /** The share of one operation, nothing at first. */
    public Share share() {
        return new Share();
    }

    /** What one operation has taken. */
    public final class Share {

        private int size;
        private final AtomicLong taken = new AtomicLong();

        /** Takes more, for bytes that have come; {@code false} if there is not so much free. Called by one thread. */
        public boolean take(int bytes) {
            return take(bytes, 1);
        }

        /**
         * Takes several times as much as bytes have come. If that is more than there is for all operations, it takes all of it, so that
         * the largest data set is accepted when there is no other.
         *
         * @param factor the same each time, until {@link #restart}
         * @return {@code false} if there is not so much free
         */
        public boolean take(int bytes, int factor) {
            long sum = (long) size + bytes;
            if (sum > NOT_LARGE) {
                long more = Math.max(sum, Math.min(sum * factor, all)) - taken.get();
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
