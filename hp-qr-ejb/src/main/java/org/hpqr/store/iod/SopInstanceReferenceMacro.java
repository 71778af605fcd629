package org.hpqr.store.iod;

import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.Type.TYPE_1;

import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** SOP Instance Reference Macro, PS3.3 Table 10-11. */
final class SopInstanceReferenceMacro {

    static final List<IodAttribute> TABLE = List.of(
            attribute(Tag.ReferencedSOPClassUID, VR.UI, TYPE_1),
            attribute(Tag.ReferencedSOPInstanceUID, VR.UI, TYPE_1));

    private SopInstanceReferenceMacro() {
    }

    /** The rows for a reference to an instance of this SOP class. */
    static List<IodAttribute> to(String sopClassUid) {
        return List.of(TABLE.get(0).oneOf(sopClassUid), TABLE.get(1));
    }
}
