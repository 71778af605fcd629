package org.hpqr.catalogue;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was made or read of entries, as long as there is space for it and the catalogue has them. */
final class BoundedCache<V> {

    private final long limit;
    private final Map<CatalogueEntry, Kept<V>> kept = new ConcurrentHashMap<>();
    /** Whoever was used since his last turn has another one. */
    private final Set<CatalogueEntry> turns = new LinkedHashSet<>();
    private long size;

    /** @param limit bytes that all values may take */
    BoundedCache(long limit) {
        this.limit = limit;
    }

    private static final class Kept<V> {

        private final V value;
        private final long bytes;
        private volatile boolean used;

        private Kept(V value, long bytes) {
            this.value = value;
            this.bytes = bytes;
        }
    }

    /** What is kept of an entry; {@code null} if nothing is. */
    V get(CatalogueEntry entry) {
        Kept<V> found = kept.get(entry);
        if (found == null)
            return null;
        if (!found.used)
            found.used = true;
        return found.value;
    }

    /** @param bytes that the value takes, about */
    synchronized void keep(CatalogueEntry entry, V value, long bytes) {
        if (entry.isGone() || bytes > limit || kept.containsKey(entry))
            return;
        while (size + bytes > limit)
            takeTurn();
        kept.put(entry, new Kept<>(value, bytes));
        turns.add(entry);
        size += bytes;
    }

    private void takeTurn() {
        CatalogueEntry first = turns.iterator().next();
        Kept<V> next = kept.get(first);
        if (!next.used) {
            forget(first);
            return;
        }
        next.used = false;
        turns.remove(first);
        turns.add(first);
    }

    /** To be called after the entry is {@linkplain CatalogueEntry#isGone gone}. Who has begun before may still ask for it. */
    synchronized void forget(CatalogueEntry entry) {
        Kept<V> removed = kept.remove(entry);
        if (removed == null)
            return;
        turns.remove(entry);
        size -= removed.bytes;
    }

    /** Forgets all entries, as {@link #forget}. */
    synchronized void clear() {
        kept.clear();
        turns.clear();
        size = 0;
    }

    /** Of how many entries something is kept. */
    synchronized int count() {
        return turns.size();
    }
}
