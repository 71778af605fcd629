package org.hpqr.catalogue;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.hpqr.information.CharacterSets;
import org.hpqr.information.StoredAttributes;

/** Decodes the attributes of entries, and keeps them decoded as long as there is space. */
final class DecodedAttributes {

    /** Decoded, attributes take about that many times the bytes they have encoded. */
    private static final int FACTOR = 2;
    private static final int OBJECT = 500;

    private final BoundedCache<Attributes> cache;

    DecodedAttributes(BoundedCache<Attributes> cache) {
        this.cache = cache;
    }

    /**
     * The attributes of an entry that has them in memory. Several threads may read them at once; nobody is to change them.
     *
     * @throws IOException they are damaged
     */
    Attributes of(CatalogueEntry entry) throws IOException {
        Attributes kept = cache.get(entry);
        if (kept != null)
            return kept;
        Attributes decoded = decode(entry.attributes());
        cache.keep(entry, decoded, (long) FACTOR * entry.attributes().length + OBJECT);
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
}
