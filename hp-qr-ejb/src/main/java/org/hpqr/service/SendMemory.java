package org.hpqr.service;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/**
 * What large objects may take of the heap while they are read and sent, those of all requests of a kind together. Who sends one
 * waits until there is room for it; small ones are sent anyway.
 */
public final class SendMemory {

    /** Of all retrieves over DIMSE: an object as it is read, taken apart, and as it is sent. */
    public static final SendMemory OF_DIMSE = new SendMemory(Runtime.getRuntime().maxMemory() / 8, 3);
    /** Of all requests over HTTP, which may also make text of an object. A slow browser takes nothing from the retrieves. */
    public static final SendMemory OF_WEB = new SendMemory(Runtime.getRuntime().maxMemory() / 8, 6);

    private static final int UNIT = 1 << 16;
    /** So long an HTTP request waits for others. */
    private static final long REQUEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int units;
    private final int copies;
    private final Semaphore free;

    /**
     * @param bytes  of all large objects together
     * @param copies how many times its size an object takes
     */
    SendMemory(long bytes, int copies) {
        units = (int) Math.max(1, bytes / UNIT);
        this.copies = copies;
        free = new Semaphore(units, true);
    }

    /** Reads an object and sends it. */
    @FunctionalInterface
    public interface Sending {
        void send() throws IOException, InterruptedException;
    }

    /**
     * Sends an object when there is room for it. A larger one than there is room for at all is sent alone.
     *
     * @param size       of the object in bytes
     * @param limitNanos longest time it waits
     * @throws IOException there was no room in time, or as {@code sending}
     */
    public void send(long size, long limitNanos, Sending sending) throws IOException, InterruptedException {
        Room room = take(size, limitNanos);
        try {
            sending.send();
        } finally {
            room.close();
        }
    }

    /**
     * Takes room for an object, as {@link #send}.
     *
     * @param size       of the object in bytes
     * @param limitNanos longest time it waits
     * @throws IOException there was no room in time
     */
    public Room take(long size, long limitNanos) throws IOException, InterruptedException {
        int needed = (int) Math.min(units, copies * size / UNIT);
        // in a fair semaphore even none would have to wait for its turn
        if (needed > 0 && !free.tryAcquire(needed, limitNanos, TimeUnit.NANOSECONDS))
            throw new IOException("no memory was free for it");
        return new Room(needed);
    }

    /**
     * Takes room for an object that an HTTP request reads, which waits a short time only.
     *
     * @param size of the object in bytes
     * @throws HpFailure A700: there was no room in time
     */
    public Room takeForRequest(long size) throws HpFailure {
        try {
            return take(size, REQUEST_WAIT_NANOS);
        } catch (IOException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "No memory is free for the object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The server is going down", e);
        }
    }

    /** Room for an object; to be closed, once or more often. */
    public final class Room implements AutoCloseable {

        private final AtomicInteger taken;

        private Room(int taken) {
            this.taken = new AtomicInteger(taken);
        }

        @Override
        public void close() {
            free.release(taken.getAndSet(0));
        }
    }
}
