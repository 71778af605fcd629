package org.hpqr.catalogue;

import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * That the catalogue has everything that was committed before this proof was asked for. Of its own for each operation that
 * waits for one, so that one can stop to wait without the others.
 */
public final class Proof {

    /** So long waits who can do something else then. The database usually answers in less than a hundredth of that. */
    public static final int MOMENT_MILLIS = 250;

    /** A thread that waits checks after that time whether the one it waits for is stuck. */
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Runnable checkIfStuck;

    /** @param checkIfStuck replaces the thread that is to make the proof, if that is stuck */
    Proof(Runnable checkIfStuck) {
        this.checkIfStuck = checkIfStuck;
    }

    /** Waits, at most for that time: {@code true} if it is there then. */
    public boolean isMadeWithin(long millis) {
        try {
            done.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits until it is there.
     *
     * @param deadline {@link System#nanoTime} after which nobody waits any more
     * @throws SQLException          the database failed
     * @throws TimeoutException      it was not there in time
     * @throws CancellationException the operation was cancelled
     */
    public void await(long deadline) throws SQLException, TimeoutException {
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0)
                throw new TimeoutException("no proof in time");
            try {
                done.get(Math.min(left, CHECK_NANOS), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                checkIfStuck.run();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the server is going down");
            }
        }
    }

    /** Has something run once it is there or has failed, by a thread that works for others, too, so it is not to wait. */
    public void then(Runnable next) {
        done.whenComplete((made, failure) -> next.run());
    }

    /** {@code true} if it is there, or has failed. */
    public boolean isOver() {
        return done.isDone();
    }

    /** The operation is not interested any more: {@link #await} ends. May be called by any thread. */
    public void cancel() {
        done.cancel(false);
    }

    void succeed() {
        done.complete(null);
    }

    void fail(SQLException failure) {
        done.completeExceptionally(failure);
    }
}
