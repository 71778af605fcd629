package org.hpqr.testkit.dicom;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds the answer to a sub-operation until the test lets it go. */
public final class Gate {

    private static final int TIMEOUT_SECONDS = 60;

    private final CountDownLatch arrival = new CountDownLatch(1);
    private final CountDownLatch opening = new CountDownLatch(1);

    /** Waits until the gate is open; returns the status of success. */
    public int pass() {
        arrival.countDown();
        try {
            // if it is not, the test has failed already, and is not to hang
            opening.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Waits until somebody waits at the gate. */
    public void awaitArrival() throws InterruptedException {
        if (!arrival.await(TIMEOUT_SECONDS, TimeUnit.SECONDS))
            throw new AssertionError("nobody came within " + TIMEOUT_SECONDS + " s");
    }

    public void open() {
        opening.countDown();
    }
}
