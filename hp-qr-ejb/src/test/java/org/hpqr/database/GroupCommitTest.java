package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which objects are added together, and what each is told. */
class GroupCommitTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final String FIRST = "2.25.0";

    /** What the database is given, in the order in which it comes. */
    private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
    /** What happens to the thread that adds an object: before it has a connection, and when it leads. */
    private final Map<String, Event> connecting = new HashMap<>();
    private final Map<String, Event> committing = new HashMap<>();
    private final CountDownLatch firstLeads = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    private interface Event {
        void happen() throws InterruptedException;
    }

    private GroupCommit commit(Duration patience) {
        committing.put(FIRST, () -> {
            firstLeads.countDown();
            firstMayEnd.await();
        });
        return new GroupCommit(this::execute, patience);
    }

    private void execute(Supplier<List<NewVersion>> objects) {
        String leader = Thread.currentThread().getName();
        try {
            connecting.getOrDefault(leader, () -> { }).happen();
            groups.add(objects.get().stream().map(NewVersion::sopInstanceUid).toList());
            committing.getOrDefault(leader, () -> { }).happen();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FutureTask<Void> add(GroupCommit commit, String uid) {
        FutureTask<Void> added = new FutureTask<>(() -> commit.add(version(uid)), null);
        new Thread(added, uid).start();
        return added;
    }

    private static NewVersion version(String uid) {
        return new NewVersion(uid, new byte[1], "1.2.840.10008.1.2.1", "a".repeat(64), new byte[1], null,
                new ChangedBy("WS1", null, null));
    }

    private FutureTask<Void> addFirst(GroupCommit commit) throws InterruptedException {
        FutureTask<Void> first = add(commit, FIRST);
        firstLeads.await();
        return first;
    }

    /** 2.25.1, 2.25.2 and so on, each as soon as the one before waits. */
    private static List<FutureTask<Void>> addWaiting(GroupCommit commit, int count) {
        List<FutureTask<Void>> added = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            added.add(add(commit, "2.25." + i));
            awaitWaiting(commit, i);
        }
        return added;
    }

    private static void awaitWaiting(GroupCommit commit, int count) {
        while (commit.waiting() < count)
            Thread.yield();
    }

    private List<Integer> sizes() {
        return groups.stream().map(List::size).toList();
    }

    @Test
    void thoseThatComeMeanwhileShareTheNextTransaction() throws Exception {
        GroupCommit commit = commit(LONG);
        FutureTask<Void> first = addFirst(commit);
        List<FutureTask<Void>> others = addWaiting(commit, 40);
        assertTrue(others.stream().noneMatch(FutureTask::isDone));

        firstMayEnd.countDown();
        first.get();
        for (FutureTask<Void> other : others)
            other.get();

        assertEquals(List.of(1, 40), sizes());
        assertEquals(IntStream.rangeClosed(1, 40).mapToObj(i -> "2.25." + i).sorted().toList(), groups.get(1).stream().sorted().toList());
        List<Integer> shards = groups.get(1).stream().map(Shard::of).toList();
        assertEquals(shards.stream().sorted().toList(), shards, "every server locks them in this order");
        commit.add(version("2.25.99"));
        assertEquals(List.of("2.25.99"), groups.get(2));
    }

    @Test
    void aGroupIsBounded() throws Exception {
        GroupCommit commit = commit(LONG);
        addFirst(commit);
        List<FutureTask<Void>> others = addWaiting(commit, GroupCommit.MOST + 2);
        firstMayEnd.countDown();
        for (FutureTask<Void> other : others)
            other.get();

        assertEquals(List.of(1, GroupCommit.MOST, 2), sizes());
    }

    @Test
    void eachOfAGroupThatFailsIsToldWhy() throws Exception {
        SQLException reason = new SQLException("no", "23505");
        committing.put("2.25.1", () -> {
            throw new DatabaseException(reason);
        });
        GroupCommit commit = commit(LONG);
        FutureTask<Void> first = addFirst(commit);
        List<FutureTask<Void>> others = addWaiting(commit, 3);
        firstMayEnd.countDown();

        first.get();
        for (FutureTask<Void> other : others)
            assertSame(reason, failure(DatabaseException.class, other).getCause());
        assertEquals(List.of(1, 3), sizes());
    }

    /** Such as no memory: that is the thread's own, and the others are to try by themselves. */
    @Test
    void anErrorOfTheLeaderIsAFailureOfTheDatabaseForTheOthers() throws Exception {
        committing.put("2.25.1", () -> {
            throw new OutOfMemoryError("the test wants this");
        });
        GroupCommit commit = commit(LONG);
        addFirst(commit);
        List<FutureTask<Void>> others = addWaiting(commit, 2);
        firstMayEnd.countDown();

        failure(OutOfMemoryError.class, others.get(0));
        failure(DatabaseException.class, others.get(1));
        commit.add(version("2.25.99"));
    }

    @Test
    void oneThatGetsNoConnectionFailsAloneAndAnotherLeads() throws Exception {
        CountDownLatch connectionFails = new CountDownLatch(1);
        connecting.put("2.25.1", () -> {
            connectionFails.await();
            throw new DatabaseException(new SQLException("no connection"));
        });
        GroupCommit commit = commit(LONG);
        FutureTask<Void> first = addFirst(commit);
        List<FutureTask<Void>> others = addWaiting(commit, 3);
        connectionFails.countDown();
        failure(DatabaseException.class, others.get(0));
        firstMayEnd.countDown();

        first.get();
        others.get(1).get();
        others.get(2).get();
        assertEquals(List.of(List.of(FIRST), List.of("2.25.2", "2.25.3")), List.of(groups.get(0), groups.get(1).stream().sorted().toList()));
    }

    /** Its connection may never answer; those of the others do. */
    @Test
    void nobodyWaitsForAGroupThatDoesNotEnd() throws Exception {
        GroupCommit commit = commit(Duration.ofNanos(1));
        FutureTask<Void> first = addFirst(commit);

        commit.add(version("2.25.1"));
        commit.add(version("2.25.2"));

        assertEquals(List.of(List.of(FIRST), List.of("2.25.1"), List.of("2.25.2")), groups);
        assertFalse(first.isDone());
        firstMayEnd.countDown();
        first.get();
    }

    @Test
    void nobodyWaitsForOneThatDoesNotGetItsConnection() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        connecting.put("2.25.1", connected::await);
        GroupCommit commit = commit(Duration.ofNanos(1));
        FutureTask<Void> late = add(commit, "2.25.1");
        awaitWaiting(commit, 1);

        commit.add(version("2.25.2"));
        commit.add(version("2.25.3"));

        assertFalse(late.isDone());
        connected.countDown();
        late.get();
        assertEquals(List.of(List.of("2.25.2"), List.of("2.25.3"), List.of("2.25.1")), groups);
    }

    @Test
    void aThreadThatIsInterruptedWaitsForNobodyAndStaysInterrupted() throws Exception {
        GroupCommit commit = commit(LONG);
        FutureTask<Void> first = addFirst(commit);
        FutureTask<Void> leadsNext = add(commit, "2.25.1");
        awaitWaiting(commit, 1);
        FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
            commit.add(version("2.25.2"));
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(interrupted, "2.25.2");
        thread.start();
        awaitWaiting(commit, 2);
        thread.interrupt();

        assertTrue(interrupted.get());
        assertEquals(List.of(List.of(FIRST), List.of("2.25.2")), List.copyOf(groups).subList(0, 2));
        firstMayEnd.countDown();
        first.get();
        leadsNext.get();
    }

    private static <T extends Throwable> T failure(Class<T> type, FutureTask<Void> added) {
        Throwable cause = assertThrows(ExecutionException.class, added::get).getCause();
        return assertThrows(type, () -> {
            throw cause;
        });
    }
}
