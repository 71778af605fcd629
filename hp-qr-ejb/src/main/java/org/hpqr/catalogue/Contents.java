package org.hpqr.catalogue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hpqr.database.ChangeReader;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.ObjectRow;
import org.hpqr.database.ObjectState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries of the catalogue, and what they are found by. Changed by one thread, read by any. */
final class Contents {

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Retired objects, too; of removed ones there is nothing. */
    private final Map<String, CatalogueEntry> byUid = new HashMap<>();
    private SortedEntries ordered = new SortedEntries();
    private ValueIndex index = new ValueIndex();
    private final long memory;
    private final List<BoundedCache<?>> caches;
    private long encoded;
    private long entries;
    /** A change is under way, or has failed midway, for example for lack of memory. */
    private boolean changing;
    /** What is here is not all that was here, until everything is read again. */
    private boolean forgotten;

    /**
     * @param memory bytes that encoded attributes may take; of further objects they stay in the database
     * @param caches what keeps more of an entry, as long as it is here
     */
    Contents(long memory, List<BoundedCache<?>> caches) {
        this.memory = memory;
        this.caches = caches;
    }

    /** Takes over a row as it is now. */
    void apply(ObjectRow row) {
        CatalogueEntry before = byUid.get(row.instance().sopInstanceUid());
        if (before != null && before.isOf(row))
            return;
        if (row.instance().state() == ObjectState.REMOVED) {
            if (before != null)
                remove(before);
            return;
        }
        IndexedAttributes indexed = IndexedAttributes.of(row.attributes());
        if (indexed.isDamaged())
            LOG.error("The attributes of {} are damaged: it can be found by its UID only", row.instance().sopInstanceUid());
        lock.writeLock().lock();
        try {
            changing = true;
            if (before != null)
                takeOut(before);
            int size = row.attributes() == null ? 0 : row.attributes().length;
            boolean fits = row.attributes() != null && size <= ChangeReader.LARGE && encoded + size <= memory;
            CatalogueEntry entry = new CatalogueEntry(++entries, row, indexed, fits);
            encoded += fits ? size : 0;
            byUid.put(entry.sopInstanceUid(), entry);
            if (row.instance().state() == ObjectState.STORED) {
                ordered.add(entry);
                index.add(entry, indexed.terms());
            }
            changing = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void remove(CatalogueEntry entry) {
        lock.writeLock().lock();
        try {
            changing = true;
            takeOut(entry);
            byUid.remove(entry.sopInstanceUid());
            changing = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether a change has failed midway: nothing that is here can be relied on. */
    boolean isInconsistent() {
        return changing;
    }

    /** Forgets everything; until it is read again, nobody is told anything. */
    void forget() {
        lock.writeLock().lock();
        try {
            forgotten = true;
            byUid.values().forEach(CatalogueEntry::leave);
            caches.forEach(BoundedCache::clear);
            byUid.clear();
            encoded = 0;
            ordered = new SortedEntries();
            index = new ValueIndex();
            changing = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Everything was read. */
    void complete() {
        lock.writeLock().lock();
        try {
            forgotten = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void requireConsistent() {
        if (changing || forgotten)
            throw new DatabaseException(new SQLException("the catalogue is being read again"));
    }

    private void takeOut(CatalogueEntry entry) {
        entry.leave();
        caches.forEach(cache -> cache.forget(entry));
        encoded -= entry.attributes() == null ? 0 : entry.attributes().length;
        if (entry.instance().state() == ObjectState.STORED) {
            ordered.remove(entry);
            index.remove(entry, entry.terms());
        }
    }

    /** Removes the entries of a shard that have no row (any more). */
    void keepOnly(int shard, Set<String> sopInstanceUids) {
        List<CatalogueEntry> gone = byUid.values().stream()
                .filter(entry -> entry.shard() == shard && !sopInstanceUids.contains(entry.sopInstanceUid())).toList();
        gone.forEach(this::remove);
        if (!gone.isEmpty())
            LOG.warn("{} rows were deleted from the database, but not by hp-qr", gone.size());
    }

    /**
     * The object with this UID, stored or retired; {@code null} if there is none.
     *
     * @throws DatabaseException everything is being read again, after a failure
     */
    CatalogueEntry get(String sopInstanceUid) {
        lock.readLock().lock();
        try {
            requireConsistent();
            return byUid.get(sopInstanceUid);
        } finally {
            lock.readLock().unlock();
        }
    }

    int size() {
        lock.readLock().lock();
        try {
            return byUid.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * The stored objects that pass a filter, as they are now, in the order of answers.
     *
     * @throws DatabaseException as {@link #get}
     */
    Iterable<CatalogueEntry> candidates(CandidateFilter filter) {
        List<CatalogueEntry> found;
        lock.readLock().lock();
        try {
            requireConsistent();
            if (filter.sopInstanceUids() == null && filter.values().isEmpty())
                return ordered.now();
            found = filter.sopInstanceUids() != null ? named(filter.sopInstanceUids())
                    : new ArrayList<>(index.find(filter.values(), filter.unknownPasses()));
        } finally {
            lock.readLock().unlock();
        }
        found.sort(CatalogueEntry.ORDER);
        return found;
    }

    /**
     * The retired objects as they are now, in the order of answers.
     *
     * @throws DatabaseException as {@link #get}
     */
    Iterable<CatalogueEntry> retired() {
        List<CatalogueEntry> found;
        lock.readLock().lock();
        try {
            requireConsistent();
            found = new ArrayList<>(byUid.values().stream().filter(entry -> entry.instance().state() == ObjectState.RETIRED).toList());
        } finally {
            lock.readLock().unlock();
        }
        found.sort(CatalogueEntry.ORDER);
        return found;
    }

    private List<CatalogueEntry> named(Set<String> sopInstanceUids) {
        List<CatalogueEntry> named = new ArrayList<>(1);
        for (String uid : sopInstanceUids) {
            CatalogueEntry entry = byUid.get(uid);
            if (entry != null && entry.instance().state() == ObjectState.STORED)
                named.add(entry);
        }
        return named;
    }
}
