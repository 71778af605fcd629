package org.hpqr.service;

import java.util.concurrent.TimeUnit;

/** When an operation has to have ended. */
final class Deadline {

    private final int seconds;
    private final long nanoTime;

    Deadline(int seconds) {
        this.seconds = seconds;
        nanoTime = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    long nanoTime() {
        return nanoTime;
    }

    int seconds() {
        return seconds;
    }

    boolean isOver() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
