package org.hpqr.catalogue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * All entries in the order of answers. A change copies the part of it that it is in, so who iterates over it goes on with what
 * was there at the beginning, however long that takes, and keeps nobody from changing it. Changed by one thread at a time.
 */
final class SortedEntries {

    private static final int MAX_PART = 512;

    /** Replaced as a whole; no array in it is ever changed, and none is empty. */
    private volatile CatalogueEntry[][] parts = new CatalogueEntry[0][];

    void add(CatalogueEntry entry) {
        CatalogueEntry[][] before = parts;
        if (before.length == 0) {
            parts = new CatalogueEntry[][] {{entry}};
            return;
        }
        int at = partOf(entry);
        CatalogueEntry[] part = before[at];
        int place = -1 - Arrays.binarySearch(part, entry, CatalogueEntry.ORDER);
        if (place < 0)
            throw new IllegalStateException(entry + " is there already");
        CatalogueEntry[] longer = new CatalogueEntry[part.length + 1];
        System.arraycopy(part, 0, longer, 0, place);
        longer[place] = entry;
        System.arraycopy(part, place, longer, place + 1, part.length - place);
        if (longer.length <= MAX_PART) {
            parts = with(before, at, longer);
            return;
        }
        CatalogueEntry[][] after = new CatalogueEntry[before.length + 1][];
        System.arraycopy(before, 0, after, 0, at);
        after[at] = Arrays.copyOfRange(longer, 0, longer.length / 2);
        after[at + 1] = Arrays.copyOfRange(longer, longer.length / 2, longer.length);
        System.arraycopy(before, at + 1, after, at + 2, before.length - at - 1);
        parts = after;
    }

    void remove(CatalogueEntry entry) {
        CatalogueEntry[][] before = parts;
        if (before.length == 0)
            return;
        int at = partOf(entry);
        CatalogueEntry[] part = before[at];
        int place = Arrays.binarySearch(part, entry, CatalogueEntry.ORDER);
        if (place < 0)
            return;
        if (part.length > 1) {
            CatalogueEntry[] shorter = new CatalogueEntry[part.length - 1];
            System.arraycopy(part, 0, shorter, 0, place);
            System.arraycopy(part, place + 1, shorter, place, shorter.length - place);
            parts = with(before, at, shorter);
            return;
        }
        CatalogueEntry[][] after = new CatalogueEntry[before.length - 1][];
        System.arraycopy(before, 0, after, 0, at);
        System.arraycopy(before, at + 1, after, at, after.length - at);
        parts = after;
    }

    /** The last part that begins with this entry or with one before it; the first part, if there is none. */
    private int partOf(CatalogueEntry entry) {
        int low = 0;
        int high = parts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (CatalogueEntry.ORDER.compare(parts[middle][0], entry) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private static CatalogueEntry[][] with(CatalogueEntry[][] parts, int at, CatalogueEntry[] part) {
        CatalogueEntry[][] changed = parts.clone();
        changed[at] = part;
        return changed;
    }

    /** What is there now. */
    Iterable<CatalogueEntry> now() {
        CatalogueEntry[][] now = parts;
        return () -> iterator(now);
    }

    private static Iterator<CatalogueEntry> iterator(CatalogueEntry[][] now) {
        return new Iterator<>() {

            private int part;
            private int place;

            @Override
            public boolean hasNext() {
                return part < now.length;
            }

            @Override
            public CatalogueEntry next() {
                if (!hasNext())
                    throw new NoSuchElementException();
                CatalogueEntry entry = now[part][place];
                if (++place == now[part].length) {
                    part++;
                    place = 0;
                }
                return entry;
            }
        };
    }
}
