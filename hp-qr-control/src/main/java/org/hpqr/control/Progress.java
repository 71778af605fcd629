package org.hpqr.control;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says now and then how far a long command has come. */
final class Progress {

    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream to;
    private final long total;
    private final LongSupplier nanoTime;
    private long done;
    private long said;

    Progress(PrintStream to, long total) {
        this(to, total, System::nanoTime);
    }

    Progress(PrintStream to, long total, LongSupplier nanoTime) {
        this.to = to;
        this.total = total;
        this.nanoTime = nanoTime;
        said = nanoTime.getAsLong();
    }

    /** One more is done. */
    void step() {
        done++;
        long now = nanoTime.getAsLong();
        if (now - said >= INTERVAL_NANOS) {
            to.println(done + " of " + total);
            said = now;
        }
    }
}
