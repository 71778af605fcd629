package org.hpqr.store;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.hpqr.dataset.WholeValue;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.ModelAttribute.ReturnType;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.iod.HangingProtocolIod;
import org.hpqr.store.iod.Violation;

/** The checks of an object against its IOD (PS3.3 A.44) and its request. */
final class Validation {

    /** What a C-FIND response must return with a value (PS3.4 Table U.6-1): an object without it cannot be answered. */
    private static final int[] SEARCHABLE = HangingProtocolModel.ATTRIBUTES.stream()
            .filter(attribute -> attribute.response() == ReturnType.ONE).mapToInt(ModelAttribute::tag).toArray();

    private Validation() {
    }

    /** The data set is what the request says it is (PS3.4 GG.4): checked at every validation level. */
    static void checkIdentity(Attributes dataset, String sopClassUid, String sopInstanceUid) throws HpFailure {
        if (!sopClassUid.equals(WholeValue.of(dataset, Tag.SOPClassUID)))
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "SOP Class UID of data set and request differ",
                    Tag.SOPClassUID);
        if (!sopInstanceUid.equals(WholeValue.of(dataset, Tag.SOPInstanceUID)))
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "SOP Instance UID of data set and request differ",
                    Tag.SOPInstanceUID);
    }

    /** The data set satisfies as much of the IOD as this level asks for. */
    static void check(Attributes dataset, ValidationLevel level) throws HpFailure {
        switch (level) {
            case OFF -> { }
            case SEARCHABLE -> checkSearchable(dataset);
            case FULL -> checkIod(dataset);
        }
    }

    private static void checkIod(Attributes dataset) throws HpFailure {
        Optional<Violation> violation = HangingProtocolIod.firstViolation(dataset);
        if (violation.isPresent())
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, violation.get().comment(),
                    violation.get().elements().stream().mapToInt(Integer::intValue).toArray());
    }

    /** The object can be found and answered conformantly. */
    private static void checkSearchable(Attributes dataset) throws HpFailure {
        for (int tag : SEARCHABLE)
            if (!dataset.containsValue(tag))
                throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Required value missing", tag);
        String level = WholeValue.of(dataset, Tag.HangingProtocolLevel);
        if (level == null || !HangingProtocolIod.LEVELS.contains(level))
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Hanging Protocol Level is none of the enumerated values",
                    Tag.HangingProtocolLevel);
        Sequence definitions = dataset.getSequence(Tag.HangingProtocolDefinitionSequence);
        if (definitions == null)
            // it has come with another VR
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "The definition sequence is not a sequence",
                    Tag.HangingProtocolDefinitionSequence);
        for (Attributes definition : definitions)
            if (!definition.containsValue(Tag.Modality) && !definition.containsValue(Tag.AnatomicRegionSequence))
                throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Definition item has neither modality nor region",
                        Tag.Modality, Tag.AnatomicRegionSequence);
    }
}
