package org.hpqr.retrieve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hpqr.database.StoredInstance;

/**
 * The objects held of those that a retrieve asks for, in the order of the request. Only their UIDs are kept: of a long
 * list, where an object lies is looked up again, some hundred at a time, when it is about to be sent.
 */
public final class Matches {

    /** UIDs in one look-up. */
    public static final int BATCH = 500;

    /** The counts of sub-operations are 16-bit numbers. */
    public static final int MAX = 65_535;

    private final Function<List<String>, List<StoredInstance>> locator;
    private final List<String> sopInstanceUids = new ArrayList<>();
    private final Set<String> transferSyntaxes = new LinkedHashSet<>();
    private List<StoredInstance> located = List.of();

    private Matches(Function<List<String>, List<StoredInstance>> locator) {
        this.locator = locator;
    }

    /** There are more matches than {@link #MAX}. */
    public static final class TooManyException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What was found does not agree with what was asked for, so that it cannot be counted. */
    public static final class InconsistentException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Counts the matches.
     *
     * @param locator finds the objects with these UIDs, each once; it is handed at most {@link #BATCH} of them
     */
    public static Matches of(RetrieveIdentifier identifier, Function<List<String>, List<StoredInstance>> locator)
            throws TooManyException, InconsistentException {
        Matches matches = new Matches(locator);
        List<String> asked = identifier.sopInstanceUids();
        for (int from = 0; from < asked.size(); from += BATCH)
            matches.add(asked.subList(from, Math.min(from + BATCH, asked.size())));
        if (asked.size() > BATCH)
            matches.located = List.of();
        return matches;
    }

    private void add(List<String> batch) throws TooManyException, InconsistentException {
        located = locator.apply(batch);
        Set<String> asked = new HashSet<>(batch);
        for (StoredInstance instance : located) {
            if (!asked.remove(instance.sopInstanceUid()))
                throw new InconsistentException();
            if (sopInstanceUids.size() == MAX)
                throw new TooManyException();
            sopInstanceUids.add(instance.sopInstanceUid());
            transferSyntaxes.add(instance.transferSyntax());
        }
    }

    /** How many there are: as many sub-operations will there be. */
    public int count() {
        return sopInstanceUids.size();
    }

    /** Their SOP Instance UIDs, in the order of the request. */
    public List<String> sopInstanceUids() {
        return Collections.unmodifiableList(sopInstanceUids);
    }

    /** The transfer syntaxes they are stored in. */
    public Set<String> transferSyntaxes() {
        return Collections.unmodifiableSet(transferSyntaxes);
    }

    /**
     * One of them.
     *
     * @param instance where it is; empty if it is not there any more
     */
    public record Match(String sopInstanceUid, Optional<StoredInstance> instance) {
    }

    /** All of them, one after the other. {@code next} throws what the locator throws, and may be called again. */
    public Iterator<Match> iterator() {
        return new Iterator<>() {

            private final Map<String, StoredInstance> batch = byUid(located);
            private int batchEnd = located.size();
            private int next;

            @Override
            public boolean hasNext() {
                return next < count();
            }

            @Override
            public Match next() {
                if (!hasNext())
                    throw new NoSuchElementException();
                if (next == batchEnd) {
                    int end = Math.min(next + BATCH, count());
                    batch.putAll(byUid(locator.apply(sopInstanceUids.subList(next, end))));
                    batchEnd = end;
                }
                String uid = sopInstanceUids.get(next++);
                return new Match(uid, Optional.ofNullable(batch.remove(uid)));
            }
        };
    }

    private static Map<String, StoredInstance> byUid(List<StoredInstance> instances) {
        Map<String, StoredInstance> byUid = new HashMap<>();
        instances.forEach(instance -> byUid.put(instance.sopInstanceUid(), instance));
        return byUid;
    }
}
