package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.absent;
import static org.hpqr.store.iod.Condition.is;
import static org.hpqr.store.iod.Condition.present;
import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.IodAttribute.sequence;
import static org.hpqr.store.iod.Type.TYPE_1;
import static org.hpqr.store.iod.Type.TYPE_1C;
import static org.hpqr.store.iod.Type.TYPE_2;
import static org.hpqr.store.iod.Type.TYPE_2C;
import static org.hpqr.store.iod.Type.TYPE_3;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Hanging Protocol Definition Module, PS3.3 Table C.23.1-1. */
final class HangingProtocolDefinitionModule {

    /** Enumerated values of Hanging Protocol Level. */
    static final String[] LEVELS = {"MANUFACTURER", "SITE", "USER_GROUP", "SINGLE_USER"};

    private static final List<IodAttribute> DEFINITION = List.of(
            attribute(Tag.Modality, VR.CS, TYPE_1C, absent(Tag.AnatomicRegionSequence).mayBePresentOtherwise()),
            sequence(Tag.AnatomicRegionSequence, TYPE_1C, absent(Tag.Modality).mayBePresentOtherwise(), "1-n",
                    CodeSequenceMacro.TABLE),
            attribute(Tag.Laterality, VR.CS, TYPE_2C, present(Tag.AnatomicRegionSequence)).oneOf("R", "L", "B", "U"),
            sequence(Tag.ProcedureCodeSequence, TYPE_2, "0-n", CodeSequenceMacro.TABLE),
            sequence(Tag.ReasonForRequestedProcedureCodeSequence, TYPE_2, "0-n", CodeSequenceMacro.TABLE));

    private static final List<IodAttribute> SELECTOR = Stream.of(
            List.of(
                    attribute(Tag.ImageSetSelectorUsageFlag, VR.CS, TYPE_1).oneOf("MATCH", "NO_MATCH"),
                    attribute(Tag.SelectorAttribute, VR.AT, TYPE_1),
                    attribute(Tag.SelectorAttributeVR, VR.CS, TYPE_1).oneOf(SelectorMacros.VALUE_REPRESENTATIONS)),
            SelectorMacros.CONTEXT,
            SelectorMacros.VALUE,
            List.of(attribute(Tag.SelectorValueNumber, VR.US, TYPE_1))).flatMap(List::stream).toList();

    private static final Condition ABSTRACT_PRIOR = is(Tag.ImageSetSelectorCategory, "ABSTRACT_PRIOR");

    private static final List<IodAttribute> TIME_FRAME = List.of(
            attribute(Tag.ImageSetNumber, VR.US, TYPE_1),
            attribute(Tag.ImageSetSelectorCategory, VR.CS, TYPE_1).oneOf("RELATIVE_TIME", "ABSTRACT_PRIOR"),
            attribute(Tag.RelativeTime, VR.US, TYPE_1C, is(Tag.ImageSetSelectorCategory, "RELATIVE_TIME")).vm("2"),
            attribute(Tag.RelativeTimeUnits, VR.CS, TYPE_1C, present(Tag.RelativeTime))
                    .oneOf("SECONDS", "MINUTES", "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS"),
            attribute(Tag.AbstractPriorValue, VR.SS, TYPE_1C, ABSTRACT_PRIOR.and(absent(Tag.AbstractPriorCodeSequence)))
                    .vm("2").with(ValueRule.betweenOr(1, Short.MAX_VALUE, -1)),
            sequence(Tag.AbstractPriorCodeSequence, TYPE_1C, ABSTRACT_PRIOR.and(absent(Tag.AbstractPriorValue)), "1",
                    CodeSequenceMacro.TABLE),
            attribute(Tag.ImageSetLabel, VR.LO, TYPE_3));

    private static final List<IodAttribute> IMAGE_SET = List.of(
            sequence(Tag.ImageSetSelectorSequence, TYPE_1, "1-n", SELECTOR),
            sequence(Tag.TimeBasedImageSetsSequence, TYPE_1, "1-n", TIME_FRAME));

    static final List<IodAttribute> TABLE = List.of(
            attribute(Tag.HangingProtocolName, VR.SH, TYPE_1),
            attribute(Tag.HangingProtocolDescription, VR.LO, TYPE_1),
            attribute(Tag.HangingProtocolLevel, VR.CS, TYPE_1).oneOf(LEVELS),
            attribute(Tag.HangingProtocolCreator, VR.LO, TYPE_1),
            attribute(Tag.HangingProtocolCreationDateTime, VR.DT, TYPE_1),
            sequence(Tag.HangingProtocolDefinitionSequence, TYPE_1, "1-n", DEFINITION),
            attribute(Tag.NumberOfPriorsReferenced, VR.US, TYPE_1),
            sequence(Tag.ImageSetsSequence, TYPE_1, "1-n", IMAGE_SET),
            sequence(Tag.HangingProtocolUserIdentificationCodeSequence, TYPE_2, "0-1", CodeSequenceMacro.TABLE),
            attribute(Tag.HangingProtocolUserGroupName, VR.LO, TYPE_3),
            sequence(Tag.SourceHangingProtocolSequence, TYPE_3, "1", SopInstanceReferenceMacro.TABLE));

    private HangingProtocolDefinitionModule() {
    }
}
