package org.hpqr.dimse;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What large objects may take of the heap while they are read and sent, those of all retrieves together. Who sends one waits
 * until there is room for it; small ones are sent anyway.
 */
final class SendMemory {

    /** Of all retrieves of this server. */
    static final SendMemory OF_SERVER = new SendMemory(Runtime.getRuntime().maxMemory() / 8);

    /** An object as it is read, taken apart, and as it is sent. */
    private static final int COPIES = 3;
    private static final int UNIT = 1 << 16;

    private final int units;
    private final Semaphore free;

    /** @param bytes of all large objects together */
    SendMemory(long bytes) {
        units = (int) Math.max(1, bytes / UNIT);
        free = new Semaphore(units, true);
    }

    /** Reads an object and sends it. */
    @FunctionalInterface
    interface Sending {
        void send() throws IOException, InterruptedException;
    }

    /**
     * Sends an object when there is room for it. A larger one than there is room for at all is sent alone.
     *
     * @param size       of the object in bytes
     * @param limitNanos longest time it waits
     * @throws IOException there was no room in time, or as {@code sending}
     */
    void send(long size, long limitNanos, Sending sending) throws IOException, InterruptedException {
        int needed = (int) Math.min(units, COPIES * size / UNIT);
        // in a fair semaphore even none would have to wait for its turn
        if (needed > 0 && !free.tryAcquire(needed, limitNanos, TimeUnit.NANOSECONDS))
            throw new IOException("no memory was free for it");
        try {
            sending.send();
        } finally {
            free.release(needed);
        }
    }
}
