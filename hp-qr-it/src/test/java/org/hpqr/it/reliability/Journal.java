package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What peers have stored, written down beside the server: the truth it is compared with after a crash. */
final class Journal {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    /** What was begun since the last success: any of it may be held. */
    private final Map<String, List<String>> underWay = new ConcurrentHashMap<>();
    /** What had no answer before a comparison: of an object that is not held, the sweep may bring it back. */
    private final Map<String, Set<String>> unanswered = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledgements = new AtomicInteger();

    /** A C-STORE request is about to be sent. */
    void begin(String uid, String digest) {
        underWay.computeIfAbsent(uid, key -> new CopyOnWriteArrayList<>()).add(digest);
    }

    /** The last one that was begun was answered with success. */
    synchronized void acknowledge(String uid) {
        List<String> begun = underWay.remove(uid);
        acknowledged.put(uid, begun.get(begun.size() - 1));
        acknowledgements.incrementAndGet();
        notifyAll();
    }

    /** Waits until so many stores were acknowledged, all told. */
    synchronized void awaitAcknowledgements(int number) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (acknowledgements.get() < number) {
            assertTrue(System.nanoTime() - end < 0, () -> "of " + number + " stores, " + acknowledgements + " are acknowledged, and no more come");
            TimeUnit.NANOSECONDS.timedWait(this, LIMIT.toNanos());
        }
    }

    int acknowledgements() {
        return acknowledgements.get();
    }

    /** Stores that have no answer. */
    int unanswered() {
        return underWay.size();
    }

    /** UIDs of the objects of which the server must hold some version. */
    Set<String> acknowledged() {
        return new TreeSet<>(acknowledged.keySet());
    }

    /**
     * Compares: what was acknowledged is held; what had no answer is held or not; nothing else is held. What is held is
     * what counts from now on.
     *
     * @param found UIDs that a C-FIND returned
     * @param got   digests of the objects that a C-GET brought, by UID
     */
    void compare(Set<String> found, Map<String, String> got) {
        Set<String> lost = acknowledged();
        lost.removeAll(found);
        assertEquals(Set.of(), lost, "acknowledged, but not found");
        assertEquals(found, new TreeSet<>(got.keySet()), "found, and therefore got");
        for (Map.Entry<String, String> object : got.entrySet()) {
            String uid = object.getKey();
            String digest = object.getValue();
            boolean wasAcknowledged = acknowledged.containsKey(uid);
            assertTrue(digest.equals(acknowledged.get(uid)) || underWay.getOrDefault(uid, List.of()).contains(digest)
                            || !wasAcknowledged && unanswered.getOrDefault(uid, Set.of()).contains(digest),
                    () -> uid + " is neither what was acknowledged nor what had no answer");
        }
        acknowledged.putAll(got);
        underWay.forEach((uid, digests) -> unanswered.computeIfAbsent(uid, key -> ConcurrentHashMap.newKeySet()).addAll(digests));
        underWay.clear();
    }
}
