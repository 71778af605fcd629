package org.hpqr.catalogue;

import java.util.Arrays;

/** Entries that have a value, in the order of their numbers. */
final class Posting {

    private CatalogueEntry[] entries = new CatalogueEntry[1];
    private int size;

    /** Adds an entry with a higher number than all others. */
    void add(CatalogueEntry entry) {
        if (size == entries.length)
            entries = Arrays.copyOf(entries, size + Math.max(1, size / 2));
        entries[size++] = entry;
    }

    void remove(CatalogueEntry entry) {
        int at = indexOf(entry);
        if (at < 0)
            return;
        System.arraycopy(entries, at + 1, entries, at, size - at - 1);
        entries[--size] = null;
    }

    boolean contains(CatalogueEntry entry) {
        return indexOf(entry) >= 0;
    }

    int size() {
        return size;
    }

    CatalogueEntry get(int at) {
        return entries[at];
    }

    private int indexOf(CatalogueEntry entry) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(entries[middle].number(), entry.number());
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return -1;
    }
}
