package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.absent;
import static org.hpqr.store.iod.Condition.present;
import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.IodAttribute.sequence;
import static org.hpqr.store.iod.Type.TYPE_1;
import static org.hpqr.store.iod.Type.TYPE_1C;
import static org.hpqr.store.iod.Type.TYPE_3;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Code Sequence Macro, PS3.3 Table 8.8-1: what identifies the code. What names its context group is not checked. */
final class CodeSequenceMacro {

    private static final List<IodAttribute> BASIC = List.of(
            // which of the three depends on the length and kind of the code: one of them it is
            attribute(Tag.CodeValue, VR.SH, TYPE_1C, absent(Tag.LongCodeValue, Tag.URNCodeValue)),
            attribute(Tag.CodingSchemeDesignator, VR.SH, TYPE_1C,
                    present(Tag.CodeValue).or(present(Tag.LongCodeValue)).mayBePresentOtherwise()),
            // required where the designator is ambiguous, which the data set does not tell; never without a designator
            attribute(Tag.CodingSchemeVersion, VR.SH, TYPE_3)
                    .with("Version, no designator", (item, tag) -> item.containsValue(Tag.CodingSchemeDesignator)),
            attribute(Tag.CodeMeaning, VR.LO, TYPE_1),
            attribute(Tag.LongCodeValue, VR.UC, TYPE_1C, absent(Tag.CodeValue, Tag.URNCodeValue)),
            attribute(Tag.URNCodeValue, VR.UR, TYPE_1C, absent(Tag.CodeValue, Tag.LongCodeValue)));

    /** Rows of the items of a code sequence. */
    static final List<IodAttribute> TABLE = Stream.concat(BASIC.stream(),
            Stream.of(sequence(Tag.EquivalentCodeSequence, TYPE_3, "1-n", BASIC))).toList();

    private CodeSequenceMacro() {
    }
}
