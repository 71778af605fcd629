package org.hpqr.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Adds new objects, several in one transaction: those that come while others are added share the next one, so one exchange with
 * the database and one commit serve them all. No object waits for one that is not there yet.
 *
 * <p>The thread of one of them, the leader, gets a connection, waits until the group before is committed, and then executes the
 * transaction for all that are there. Nobody waits longer than {@link #PATIENCE} for a leader, or for the group before, whose
 * connection may never answer.
 */
final class GroupCommit {

    /** Longest time that an object waits for another to lead it, a leader for its turn, and a group for each shard that is locked. */
    static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Most objects in a group. */
    static final int MOST = 64;
    /** Most bytes of an object, with its attributes, that others are to wait for. */
    static final int MOST_BYTES = 1 << 16;

    private final Consumer<Supplier<List<NewVersion>>> transaction;
    private final long patienceNanos;
    /** To be added by a thread that leads. */
    private final Queue<Member> waiting = new LinkedList<>();
    /** Leads those who wait, when it has a connection and its turn comes; {@code null} if nobody waits. */
    private Member next;
    /** Executes a transaction; {@code null} if nobody does. */
    private Member leader;

    /**
     * @param transaction gets a connection, then asks for the objects, and adds all of them, or none and throws
     *                    {@link DatabaseException}
     * @param patience    {@link #PATIENCE}, but for tests
     */
    GroupCommit(Consumer<Supplier<List<NewVersion>>> transaction, Duration patience) {
        this.transaction = transaction;
        patienceNanos = patience.toNanos();
    }

    private static final class Member {

        private final NewVersion object;
        /** {@code true}: it is to lead; {@code false}: another has added it, or has failed. */
        private final CompletableFuture<Boolean> leads = new CompletableFuture<>();
        private volatile SQLException failure;

        Member(NewVersion object) {
            this.object = object;
        }
    }

    /**
     * Adds an object. When this returns, it is committed.
     *
     * @throws DatabaseException it was not, or that is unknown; perhaps because of another object of its group
     */
    void add(NewVersion object) {
        Member mine = new Member(object);
        if (isNext(mine) || leads(mine))
            lead(mine);
    }

    private synchronized boolean isNext(Member mine) {
        if (next == null)
            next = mine;
        else
            waiting.add(mine);
        return next == mine;
    }

    private boolean leads(Member mine) {
        boolean leads = isToLead(mine);
        if (mine.failure != null)
            throw new DatabaseException(mine.failure);
        return leads;
    }

    private boolean isToLead(Member mine) {
        try {
            return mine.leads.get(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return takesOver(mine) || mine.leads.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return takesOver(mine) || mine.leads.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the place of one that takes too long; {@code false} if another is adding it already, or it is the next one. */
    private synchronized boolean takesOver(Member mine) {
        boolean waits = waiting.remove(mine);
        if (waits)
            next = mine;
        return waits;
    }

    private void lead(Member mine) {
        List<Member> led = new ArrayList<>(MOST);
        SQLException failure = new SQLException("the thread that was to add this object has failed");
        try {
            transaction.accept(() -> take(mine, led));
            failure = null;
        } catch (DatabaseException e) {
            failure = (SQLException) e.getCause();
            throw e;
        } finally {
            leave(mine);
            // needs no memory, the lack of which may be why this ends
            for (int i = 0; i < led.size(); i++) {
                led.get(i).failure = failure;
                led.get(i).leads.complete(false);
            }
        }
    }

    /** @param led takes those who wait */
    private synchronized List<NewVersion> take(Member mine, List<Member> led) {
        awaitTurn();
        leader = mine;
        while (!waiting.isEmpty() && led.size() < MOST - 1)
            led.add(waiting.remove());
        if (next == mine)
            passOn();
        // servers lock the counters of several shards in one order, so no two groups ever wait for each other
        return Stream.concat(Stream.of(mine), led.stream()).map(member -> member.object)
                .sorted(Comparator.comparingInt(object -> Shard.of(object.sopInstanceUid()))).toList();
    }

    private void awaitTurn() {
        long deadline = System.nanoTime() + patienceNanos;
        try {
            for (long left = patienceNanos; leader != null && left > 0; left = deadline - System.nanoTime())
                TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave(Member mine) {
        if (leader == mine)
            leader = null;
        // it got no connection
        if (next == mine)
            passOn();
        notifyAll();
    }

    private void passOn() {
        next = waiting.poll();
        if (next != null)
            next.leads.complete(true);
    }

    /** How many wait for a group that is under way: to be added, or to lead. */
    synchronized int waiting() {
        return waiting.size() + (next == null ? 0 : 1);
    }
}
