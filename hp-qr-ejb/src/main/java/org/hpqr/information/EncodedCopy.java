package org.hpqr.information;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;

/**
 * Copies attributes as they are encoded: text byte for byte, private elements at the place they have. The toolkit's own
 * copy may decode text and move private blocks.
 */
public final class EncodedCopy {

    private EncodedCopy() {
    }

    /** Says whether there is a value of more than zero length; for a sequence, an item. */
    public static boolean hasValue(Attributes item, int tag) {
        Object value = item.getValue(tag);
        return value != null && !(value instanceof Value empty && empty.isEmpty());
    }

    /** Copies one attribute; nothing happens if it is absent. */
    public static void copy(Attributes from, int tag, Attributes to) {
        VR.Holder vr = new VR.Holder();
        Object value = from.getValue(tag, vr);
        if (value instanceof Sequence items) {
            Sequence copies = to.newSequence(tag, items.size());
            for (Attributes item : items)
                copies.add(copy(item));
        } else if (value != null) {
            to.setValue(tag, vr.vr, value);
        }
    }

    private static Attributes copy(Attributes item) {
        Attributes copy = new Attributes(item.bigEndian(), item.size());
        for (int tag : item.tags())
            copy(item, tag, copy);
        return copy;
    }
}
