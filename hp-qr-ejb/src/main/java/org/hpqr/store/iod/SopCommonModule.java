package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.when;
import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.Type.TYPE_1;
import static org.hpqr.store.iod.Type.TYPE_1C;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/** SOP Common Module, PS3.3 Table C.12-1: what it requires of every object. */
final class SopCommonModule {

    private static final int ESCAPE = 0x1B;

    static final List<IodAttribute> TABLE = List.of(
            // naming a set without using it harms nobody
            attribute(Tag.SpecificCharacterSet, VR.CS, TYPE_1C,
                    when(SopCommonModule::usesMoreThanTheDefaultRepertoire).mayBePresentOtherwise()).vm("1-n"),
            attribute(Tag.SOPClassUID, VR.UI, TYPE_1).oneOf(UID.HangingProtocolStorage),
            attribute(Tag.SOPInstanceUID, VR.UI, TYPE_1));

    private SopCommonModule() {
    }

    /** Text outside ISO IR-6 here or in an item without a character set of its own. */
    private static boolean usesMoreThanTheDefaultRepertoire(Attributes item) {
        for (int tag : item.tags()) {
            Object value = item.getValue(tag);
            if (value instanceof Sequence items) {
                if (items.stream().anyMatch(nested -> !nested.contains(Tag.SpecificCharacterSet)
                        && usesMoreThanTheDefaultRepertoire(nested)))
                    return true;
            } else if (item.getVR(tag).useSpecificCharacterSet() && isBeyond(value)) {
                return true;
            }
        }
        return false;
    }

    /** Text is encoded until it has been read. */
    private static boolean isBeyond(Object value) {
        if (value instanceof byte[] encoded) {
            for (byte octet : encoded)
                if (octet < 0 || octet == ESCAPE)
                    return true;
            return false;
        }
        if (value instanceof String[] texts) {
            for (String text : texts)
                if (isBeyond(text))
                    return true;
            return false;
        }
        return value instanceof String text && text.chars().anyMatch(c -> c > 0x7F || c == ESCAPE);
    }
}
