package org.hpqr.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hpqr.database.ObjectRow;
import org.hpqr.database.StoredInstance;
import org.hpqr.information.CodePoints;

/** One version of an object in the catalogue. Immutable, but for whether it is still there. */
public final class CatalogueEntry {

    /** The order of answers: by name, in the order of Unicode code points, an unknown one first; then by SOP Instance UID. */
    static final Comparator<CatalogueEntry> ORDER = Comparator.comparing((CatalogueEntry entry) -> entry.name,
            CodePoints::compare).thenComparing(CatalogueEntry::sopInstanceUid);

    private final long number;
    private final ObjectRow row;
    private final String name;
    private final boolean damaged;
    /** {@code null} where they can be made again of the attributes in memory. */
    private final List<Term> terms;
    private final byte[] attributes;

    private volatile boolean gone;

    /**
     * @param number       grows from entry to entry
     * @param row          its row
     * @param indexed      what was read of the attributes
     * @param keepsEncoded there is memory for the encoded attributes
     */
    CatalogueEntry(long number, ObjectRow row, IndexedAttributes indexed, boolean keepsEncoded) {
        this.number = number;
        this.row = keepsEncoded ? row : new ObjectRow(row.instance(), row.shard(), row.changeNumber(), null, row.attributesSize());
        this.name = indexed.name();
        this.damaged = indexed.isDamaged();
        this.attributes = keepsEncoded ? row.attributes() : null;
        this.terms = keepsEncoded ? null : indexed.terms();
    }

    /** Which version of which object it is. */
    public StoredInstance instance() {
        return row.instance();
    }

    /** SOP Instance UID (0008,0018). */
    public String sopInstanceUid() {
        return row.instance().sopInstanceUid();
    }

    long number() {
        return number;
    }

    int shard() {
        return row.shard();
    }

    /** Its attributes cannot be decoded. */
    boolean isDamaged() {
        return damaged;
    }

    /** Its attributes are in memory, and can be decoded. */
    public boolean isReadable() {
        return attributes != null && !damaged;
    }

    /** The encoded attributes; {@code null} if they are in the database only. */
    byte[] attributes() {
        return attributes;
    }

    List<Term> terms() {
        return terms != null ? terms : IndexedAttributes.of(attributes).terms();
    }

    /** {@code true} once the catalogue has another version, or none. */
    boolean isGone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    /** {@code true} if it was made of this row, as far as it tells. */
    boolean isOf(ObjectRow other) {
        return row.instance().equals(other.instance()) && row.changeNumber() == other.changeNumber()
                && row.shard() == other.shard() && row.attributesSize() == other.attributesSize()
                && (attributes == null || Arrays.equals(attributes, other.attributes()));
    }

    @Override
    public String toString() {
        return sopInstanceUid() + " version " + instance().version();
    }
}
