package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.when;
import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.Type.TYPE_1;
import static org.hpqr.store.iod.Type.TYPE_1C;

import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.information.CharacterSets;

/** SOP Common Module, PS3.3 Table C.12-1: what it requires of every object. */
final class SopCommonModule {

    static final List<IodAttribute> TABLE = List.of(
            // naming a set without using it harms nobody
            attribute(Tag.SpecificCharacterSet, VR.CS, TYPE_1C,
                    when(CharacterSets::usesMoreThanDefault).mayBePresentOtherwise()).vm("1-n"),
            attribute(Tag.SOPClassUID, VR.UI, TYPE_1).oneOf(UID.HangingProtocolStorage),
            attribute(Tag.SOPInstanceUID, VR.UI, TYPE_1));

    private SopCommonModule() {
    }
}
