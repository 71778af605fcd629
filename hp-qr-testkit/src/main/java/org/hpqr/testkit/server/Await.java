package org.hpqr.testkit.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that nobody tells us. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(200);
    private static final long POLL_MILLIS = 50;

    private Await() {
    }

    /** Returns when the condition is true; fails with its name if that does not come to be. */
    public static void untilTrue(String name, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - end > 0)
                    throw new AssertionError("waited in vain: " + name);
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
