package org.hpqr.catalogue;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.hpqr.information.CharacterSets;
import org.hpqr.information.StoredAttributes;

/** Decodes the attributes of entries, and keeps them decoded as long as there is space. */
final class DecodedAttributes {

    /** Decoded, attributes take about that many times the bytes they have encoded. */
    private static final int FACTOR = 2;
    private static final int OBJECT = 500;

    private final long limit;
    private long size;
    /** Those that are decoded: whoever was used since his last turn has another one. */
    private final Set<CatalogueEntry> turns = new LinkedHashSet<>();

    /** @param limit bytes that decoded attributes may take */
    DecodedAttributes(long limit) {
        this.limit = limit;
    }

    /**
     * The attributes of an entry that has them in memory. Several threads may read them at once; nobody is to change them.
     *
     * @throws IOException they are damaged
     */
    Attributes of(CatalogueEntry entry) throws IOException {
        Attributes decoded = entry.decoded;
        if (decoded != null) {
            if (!entry.used)
                entry.used = true;
            return decoded;
        }
        decoded = decode(entry.attributes());
        keep(entry, decoded);
        return decoded;
    }

    /** @throws IOException these bytes were not made by {@link StoredAttributes#encode} */
    static Attributes decode(byte[] encoded) throws IOException {
        Attributes decoded = StoredAttributes.decode(encoded);
        readCharacterSets(decoded);
        return decoded;
    }

    /** The toolkit keeps what it has once decoded of a value: here this is done before another thread can see it. */
    private static void readCharacterSets(Attributes item) {
        CharacterSets.isKnown(item);
        for (int tag : item.tags())
            if (item.getValue(tag) instanceof Sequence items)
                items.forEach(DecodedAttributes::readCharacterSets);
    }

    private synchronized void keep(CatalogueEntry entry, Attributes decoded) {
        long needed = weight(entry);
        if (entry.decoded != null || entry.gone || needed > limit)
            return;
        while (size + needed > limit) {
            Iterator<CatalogueEntry> first = turns.iterator();
            CatalogueEntry next = first.next();
            if (next.used) {
                first.remove();
                next.used = false;
                turns.add(next);
            } else {
                remove(next);
            }
        }
        entry.decoded = decoded;
        turns.add(entry);
        size += needed;
    }

    /** The catalogue does not have this entry any more. An operation that began before may still ask for it. */
    synchronized void forget(CatalogueEntry entry) {
        entry.gone = true;
        if (entry.decoded != null)
            remove(entry);
    }

    /** How many are decoded. */
    synchronized int count() {
        return turns.size();
    }

    private void remove(CatalogueEntry entry) {
        turns.remove(entry);
        entry.decoded = null;
        size -= weight(entry);
    }

    private static long weight(CatalogueEntry entry) {
        return (long) FACTOR * entry.attributes().length + OBJECT;
    }
}
