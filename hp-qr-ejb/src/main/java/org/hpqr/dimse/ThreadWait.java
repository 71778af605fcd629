package org.hpqr.dimse;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a thread of the device where none is free, as an archive has 100 for everything and each open association takes
 * one. The wait is short: if all of them wait, none becomes free.
 */
final class ThreadWait {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private ThreadWait() {
    }

    /**
     * Hands over a task, and tries again as long as no thread is free.
     *
     * @param handOver throws RejectedExecutionException if no thread is free
     * @throws RejectedExecutionException none was free in time, or this thread is interrupted
     */
    static void execute(Runnable handOver) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            try {
                handOver.run();
                return;
            } catch (RejectedExecutionException e) {
                if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted())
                    throw e;
                LockSupport.parkNanos(TRY_AGAIN_NANOS);
            }
        }
    }
}
