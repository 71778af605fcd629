package org.hpqr.catalogue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hpqr.database.ChangeReader;
import org.hpqr.database.ChangeReader.Counters;
import org.hpqr.database.ObjectRow;
import org.hpqr.database.Shard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that asks the database what has changed, and changes the contents. It proves for all operations that wait
 * at once: those that come while its statement is under way share the next one.
 *
 * <p>A thread whose statement never comes back is given up, and another one takes its place: {@link #isStuck}.
 */
final class Refresher implements Runnable {

    /** Longest time the database may work on one statement that reads rows. */
    static final int STATEMENT_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    /** After that without a sign of life, a statement does not come back. */
    static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(STATEMENT_SECONDS + 5);
    /** So long is waited for a statement before it is cancelled. */
    private static final long SOON_MILLIS = 1_000;
    /** As long as requests come, the connection is kept, but not longer than that. */
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataSource dataSource;
    private final BlockingQueue<Proof> waiting;
    private final long comparisonNanos;
    private final long stuckNanos;
    private final Contents contents;

    private final long[] applied = new long[Shard.COUNT];
    private String databaseId;
    private long nextComparison;
    private int comparedShard;

    private ChangeReader reader;
    private long readerSince;
    private volatile List<Proof> underWay = List.of();
    private volatile long signOfLife = System.nanoTime();
    private volatile boolean givenUp;
    private volatile boolean complete;
    private volatile boolean ended;
    private volatile Thread thread;
    private volatile ChangeReader reading;

    /**
     * @param comparisonNanos time between two comparisons of a shard with its rows
     * @param stuckNanos      longest time without a sign of life
     */
    Refresher(DataSource dataSource, BlockingQueue<Proof> waiting, Contents contents, long comparisonNanos,
              long stuckNanos) {
        this.dataSource = dataSource;
        this.waiting = waiting;
        this.contents = contents;
        this.comparisonNanos = comparisonNanos;
        this.stuckNanos = stuckNanos;
        Arrays.fill(applied, -1);
    }

    /** All rows have been read once. */
    boolean isComplete() {
        return complete;
    }

    /** {@code true} if it has ended, or if its statement is under way for longer than any should be. */
    boolean isStuck() {
        return ended || !underWay.isEmpty() && System.nanoTime() - signOfLife > stuckNanos;
    }

    /**
     * Ends it, as far as that is possible: from now on it changes nothing. Waits for nothing.
     *
     * @return what waited for it
     */
    List<Proof> giveUp() {
        synchronized (contents) {
            givenUp = true;
        }
        Thread running = thread;
        if (running != null)
            running.interrupt();
        return underWay;
    }

    /** Cuts its connection, if its statement does not come back soon; that may take its time. */
    void abort() {
        try {
            Thread running = thread;
            if (running != null)
                running.join(SOON_MILLIS);
            ChangeReader stuck = reading;
            if (stuck != null)
                stuck.abort();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Closing the database connection failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        nextComparison = System.nanoTime() + comparisonNanos;
        try {
            while (!givenUp)
                round();
        } catch (InterruptedException e) {
            LOG.debug("The catalogue ends", e);
        } finally {
            ended = true;
            release();
        }
    }

    private void round() throws InterruptedException {
        Proof first = reader == null ? waiting.poll(comparisonNanos, TimeUnit.NANOSECONDS)
                : waiting.poll(IDLE_NANOS, TimeUnit.NANOSECONDS);
        if (first == null && (reader != null || !complete)) {
            release();
            return;
        }
        List<Proof> all = new ArrayList<>();
        if (first != null)
            all.add(first);
        waiting.drainTo(all);
        signOfLife = System.nanoTime();
        underWay = all;
        try {
            prove();
            all.forEach(Proof::succeed);
            compareIfDue();
        } catch (SQLException e) {
            LOG.debug("Comparing the catalogue with the database failed", e);
            // others wait for the thread that has taken over
            if (!givenUp)
                all.forEach(proof -> proof.fail(e));
            release();
        } catch (CancellationException e) {
            LOG.debug("The catalogue is refreshed by another thread", e);
        } catch (RuntimeException | Error e) {
            // for example for lack of memory, which may be over soon: the next operation tries again
            if (contents.isInconsistent()) {
                databaseId = null;
                complete = false;
            }
            if (!givenUp)
                all.forEach(proof -> proof.fail(new SQLException(e)));
            LOG.error("Comparing the catalogue with the database failed", e);
            release();
        } finally {
            if (!givenUp)
                underWay = List.of();
        }
    }

    private void prove() throws SQLException {
        if (reader != null && System.nanoTime() - readerSince < KEEP_NANOS) {
            try {
                refresh(reader.counters());
                return;
            } catch (SQLException e) {
                // a connection that was kept may be of a database that was started anew since
                LOG.debug("The connection was lost", e);
            }
        }
        release();
        reader = new ChangeReader(dataSource, STATEMENT_SECONDS);
        reading = reader;
        readerSince = System.nanoTime();
        refresh(reader.counters());
    }

    private void refresh(Counters counters) throws SQLException {
        boolean anew = !counters.databaseId().equals(databaseId);
        for (int shard = 0; shard < Shard.COUNT; shard++)
            anew |= counters.ofShard()[shard] < applied[shard];
        if (anew) {
            if (databaseId != null)
                LOG.warn("The database was replaced or restored: reloading the catalogue");
            complete = false;
            Arrays.fill(applied, -1);
            forgetIfInconsistent();
            databaseId = counters.databaseId();
        }
        long begun = System.nanoTime();
        for (int shard = 0; shard < Shard.COUNT; shard++) {
            long number = counters.ofShard()[shard];
            if (applied[shard] < 0)
                readWhole(shard);
            else if (number > applied[shard])
                reader.changed(shard, applied[shard], number - applied[shard], this::apply);
            // not what was just read: a row may show a later change before an earlier one is seen
            applied[shard] = number;
            signOfLife = System.nanoTime();
        }
        if (!complete) {
            synchronized (contents) {
                checkNotGivenUp();
                contents.complete();
            }
            complete = true;
            LOG.info("Loaded {} objects into the catalogue in {} ms", contents.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
    }

    private void forgetIfInconsistent() {
        synchronized (contents) {
            checkNotGivenUp();
            if (contents.isInconsistent())
                contents.forget();
        }
    }

    private void apply(ObjectRow row) {
        synchronized (contents) {
            checkNotGivenUp();
            contents.apply(row);
        }
        signOfLife = System.nanoTime();
    }

    private void checkNotGivenUp() {
        if (givenUp)
            throw new CancellationException("another thread has taken over");
    }

    private void readWhole(int shard) throws SQLException {
        Set<String> there = new HashSet<>();
        reader.changed(shard, -1, 0, row -> {
            there.add(row.instance().sopInstanceUid());
            apply(row);
        });
        synchronized (contents) {
            checkNotGivenUp();
            contents.keepOnly(shard, there);
        }
    }

    /** Notices what was changed or removed by other means than hp-qr, which counts no change: one shard after the other. */
    private void compareIfDue() throws SQLException {
        if (System.nanoTime() - nextComparison < 0)
            return;
        nextComparison = System.nanoTime() + comparisonNanos;
        readWhole(comparedShard);
        comparedShard = (comparedShard + 1) % Shard.COUNT;
    }

    private void release() {
        ChangeReader kept = reader;
        reader = null;
        reading = null;
        if (kept == null)
            return;
        try {
            kept.close();
        } catch (SQLException e) {
            LOG.debug("Returning a database connection to the pool failed", e);
        }
    }
}
