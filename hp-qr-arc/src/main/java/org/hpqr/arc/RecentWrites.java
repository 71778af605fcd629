package org.hpqr.arc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.spi.ObjectLocation;

/** Remembers what was written lately, for the sweep: each location is handed out once, when it is old enough. */
final class RecentWrites {

    /** The sweep comes every hour; beyond that many objects an hour the oldest ones go unchecked. */
    static final int CAPACITY = 100_000;

    private record Key(String storageId, String path) {
        static Key of(ObjectLocation location) {
            return new Key(location.storageId(), location.path());
        }
    }

    private final Map<Key, Long> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized void add(ObjectLocation location) {
        written.put(Key.of(location), System.nanoTime());
    }

    synchronized void remove(ObjectLocation location) {
        written.remove(Key.of(location));
    }

    /** Hands out what was added {@code minAgeMillis} or longer ago, the last first, and forgets it. */
    synchronized List<ObjectLocation> drain(long minAgeMillis) {
        long now = System.nanoTime();
        List<ObjectLocation> due = new ArrayList<>();
        for (Iterator<Map.Entry<Key, Long>> each = written.entrySet().iterator(); each.hasNext();) {
            Map.Entry<Key, Long> entry = each.next();
            if (now - entry.getValue() < minAgeMillis * 1_000_000)
                continue;
            due.add(new ObjectLocation(entry.getKey().storageId(), entry.getKey().path()));
            each.remove();
        }
        Collections.reverse(due);
        return due;
    }
}
