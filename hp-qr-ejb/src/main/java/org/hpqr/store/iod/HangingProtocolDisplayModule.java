package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.NOT_DECIDABLE;
import static org.hpqr.store.iod.Condition.absent;
import static org.hpqr.store.iod.Condition.hasValue;
import static org.hpqr.store.iod.Condition.is;
import static org.hpqr.store.iod.Condition.present;
import static org.hpqr.store.iod.Condition.when;
import static org.hpqr.store.iod.HangingProtocolEnvironmentModule.POSITIVE;
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
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/** Hanging Protocol Display Module, PS3.3 Table C.23.3-1. */
final class HangingProtocolDisplayModule {

    static final Condition TILED = is(Tag.ImageBoxLayoutType, "TILED");
    private static final Condition SEVERAL_TILES = TILED.and(when(box ->
            box.getInt(Tag.ImageBoxTileHorizontalDimension, 1) > 1 || box.getInt(Tag.ImageBoxTileVerticalDimension, 1) > 1));
    private static final Condition CINE = is(Tag.ImageBoxLayoutType, "CINE");

    private static final String[] SCROLL_TYPES = {"PAGE", "ROW_COLUMN", "IMAGE"};
    private static final String[] YES_OR_NO = {"YES", "NO"};

    private static final List<IodAttribute> IMAGE_BOX = List.of(
            attribute(Tag.ImageBoxNumber, VR.US, TYPE_1),
            attribute(Tag.DisplayEnvironmentSpatialPosition, VR.FD, TYPE_1).vm("4"),
            // defined terms: others are allowed
            attribute(Tag.ImageBoxLayoutType, VR.CS, TYPE_1),
            attribute(Tag.ImageBoxTileHorizontalDimension, VR.US, TYPE_1C, TILED).with(POSITIVE),
            attribute(Tag.ImageBoxTileVerticalDimension, VR.US, TYPE_1C, TILED).with(POSITIVE),
            attribute(Tag.ImageBoxScrollDirection, VR.CS, TYPE_1C, SEVERAL_TILES).oneOf("VERTICAL", "HORIZONTAL"),
            attribute(Tag.ImageBoxSmallScrollType, VR.CS, TYPE_2C, SEVERAL_TILES).oneOf(SCROLL_TYPES),
            attribute(Tag.ImageBoxSmallScrollAmount, VR.US, TYPE_1C, hasValue(Tag.ImageBoxSmallScrollType)).with(POSITIVE),
            attribute(Tag.ImageBoxLargeScrollType, VR.CS, TYPE_2C, SEVERAL_TILES).oneOf(SCROLL_TYPES),
            attribute(Tag.ImageBoxLargeScrollAmount, VR.US, TYPE_1C, hasValue(Tag.ImageBoxLargeScrollType)).with(POSITIVE),
            attribute(Tag.ImageBoxOverlapPriority, VR.US, TYPE_3).with(ValueRule.between(1, 100)),
            attribute(Tag.PreferredPlaybackSequencing, VR.US, TYPE_1C, CINE).with(ValueRule.between(0, 2)),
            attribute(Tag.RecommendedDisplayFrameRate, VR.IS, TYPE_1C, CINE.and(absent(Tag.CineRelativeToRealTime)))
                    .with(ValueRule.between(1, Integer.MAX_VALUE)),
            attribute(Tag.CineRelativeToRealTime, VR.FD, TYPE_1C, CINE.and(absent(Tag.RecommendedDisplayFrameRate)))
                    .with(ValueRule.positive()));

    private static final Condition BY_ATTRIBUTE = present(Tag.SelectorAttribute);
    private static final Condition BY_CATEGORY = present(Tag.FilterByCategory);
    private static final Condition BY_OPERATOR = present(Tag.FilterByOperator);

    private static final List<IodAttribute> FILTER = Stream.of(
            List.of(
                    attribute(Tag.FilterByCategory, VR.CS, TYPE_1C, absent(Tag.SelectorAttribute)),
                    attribute(Tag.FilterByAttributePresence, VR.CS, TYPE_1C, BY_ATTRIBUTE.and(absent(Tag.FilterByOperator)))
                            .oneOf("PRESENT", "NOT_PRESENT"),
                    attribute(Tag.SelectorAttribute, VR.AT, TYPE_1C, absent(Tag.FilterByCategory)),
                    attribute(Tag.SelectorAttributeVR, VR.CS, TYPE_1C, BY_ATTRIBUTE.or(BY_CATEGORY).and(BY_OPERATOR))
                            .oneOf(SelectorMacros.VALUE_REPRESENTATIONS)),
            SelectorMacros.CONTEXT,
            SelectorMacros.VALUE,
            List.of(
                    attribute(Tag.SelectorValueNumber, VR.US, TYPE_1C, BY_ATTRIBUTE.and(BY_OPERATOR)),
                    attribute(Tag.FilterByOperator, VR.CS, TYPE_1C,
                            BY_CATEGORY.or(BY_ATTRIBUTE.and(absent(Tag.FilterByAttributePresence))))
                            .oneOf("RANGE_INCL", "RANGE_EXCL", "GREATER_OR_EQUAL", "LESS_OR_EQUAL", "GREATER_THAN",
                                    "LESS_THAN", "MEMBER_OF", "NOT_MEMBER_OF"),
                    attribute(Tag.ImageSetSelectorUsageFlag, VR.CS, TYPE_3).oneOf("MATCH", "NO_MATCH")))
            .flatMap(List::stream).toList();

    private static final List<IodAttribute> SORTING = Stream.of(
            List.of(attribute(Tag.SelectorAttribute, VR.AT, TYPE_1C, absent(Tag.SortByCategory))),
            SelectorMacros.CONTEXT,
            List.of(
                    attribute(Tag.SelectorValueNumber, VR.US, TYPE_1C, BY_ATTRIBUTE).with(POSITIVE),
                    attribute(Tag.SortByCategory, VR.CS, TYPE_1C, absent(Tag.SelectorAttribute)),
                    attribute(Tag.SortingDirection, VR.CS, TYPE_1).oneOf("INCREASING", "DECREASING")))
            .flatMap(List::stream).toList();

    /** Content labels of the well-known color palettes, PS3.6 Annex B. */
    private static final String[] WELL_KNOWN_PALETTES = {
        "HOT_IRON", "PET", "HOT_METAL_BLUE", "PET_20_STEP", "SPRING", "SUMMER", "FALL", "WINTER"
    };

    private static final Condition RESLICED = is(Tag.ReformattingOperationType, "SLAB", "MPR").mayBePresentOtherwise();

    private static final List<IodAttribute> DISPLAY_SET = List.of(
            attribute(Tag.DisplaySetNumber, VR.US, TYPE_1),
            attribute(Tag.DisplaySetLabel, VR.LO, TYPE_3),
            attribute(Tag.DisplaySetPresentationGroup, VR.US, TYPE_1).with(POSITIVE),
            attribute(Tag.ImageSetNumber, VR.US, TYPE_1),
            sequence(Tag.ImageBoxesSequence, TYPE_1, "1-n", IMAGE_BOX),
            sequence(Tag.FilterOperationsSequence, TYPE_2, "0-n", FILTER),
            sequence(Tag.SortingOperationsSequence, TYPE_2, "0-n", SORTING),
            attribute(Tag.BlendingOperationType, VR.CS, TYPE_3),
            attribute(Tag.ReformattingOperationType, VR.CS, TYPE_3),
            attribute(Tag.ReformattingThickness, VR.FD, TYPE_1C, RESLICED),
            attribute(Tag.ReformattingInterval, VR.FD, TYPE_1C, RESLICED),
            attribute(Tag.ReformattingOperationInitialViewDirection, VR.CS, TYPE_1C,
                    is(Tag.ReformattingOperationType, "MPR", "3D_RENDERING").mayBePresentOtherwise()),
            attribute(Tag.ThreeDRenderingType, VR.CS, TYPE_1C, is(Tag.ReformattingOperationType, "3D_RENDERING")).vm("1-n"),
            attribute(Tag.DisplaySetPatientOrientation, VR.CS, TYPE_3).vm("2"),
            attribute(Tag.DisplaySetHorizontalJustification, VR.CS, TYPE_3).oneOf("LEFT", "CENTER", "RIGHT"),
            attribute(Tag.DisplaySetVerticalJustification, VR.CS, TYPE_3).oneOf("TOP", "CENTER", "BOTTOM"),
            attribute(Tag.VOIType, VR.CS, TYPE_3),
            attribute(Tag.PseudoColorType, VR.CS, TYPE_3),
            sequence(Tag.PseudoColorPaletteInstanceReferenceSequence, TYPE_1C,
                    is(Tag.PseudoColorType, WELL_KNOWN_PALETTES).mayBePresentOtherwise(), "1",
                    SopInstanceReferenceMacro.to(UID.ColorPaletteStorage))
                    .with("No Pseudo-Color Type", (item, tag) -> item.containsValue(Tag.PseudoColorType)),
            attribute(Tag.ShowGrayscaleInverted, VR.CS, TYPE_3).oneOf(YES_OR_NO),
            attribute(Tag.ShowImageTrueSizeFlag, VR.CS, TYPE_3).oneOf(YES_OR_NO),
            attribute(Tag.ShowGraphicAnnotationFlag, VR.CS, TYPE_3).oneOf(YES_OR_NO),
            attribute(Tag.ShowPatientDemographicsFlag, VR.CS, TYPE_3).oneOf(YES_OR_NO),
            attribute(Tag.ShowAcquisitionTechniquesFlag, VR.CS, TYPE_3).oneOf(YES_OR_NO),
            attribute(Tag.DisplaySetPresentationGroupDescription, VR.LO, TYPE_3));

    static final List<IodAttribute> TABLE = List.of(
            sequence(Tag.DisplaySetsSequence, TYPE_1, "1-n", DISPLAY_SET),
            // type 2 in the standard; other validators say 3, and so do senders
            attribute(Tag.PartialDataDisplayHandling, VR.CS, TYPE_3).oneOf("MAINTAIN_LAYOUT", "ADAPT_LAYOUT"),
            sequence(Tag.SynchronizedScrollingSequence, TYPE_3, "1-n", List.of(
                    attribute(Tag.DisplaySetScrollingGroup, VR.US, TYPE_1).vm("2-n"))),
            sequence(Tag.NavigationIndicatorSequence, TYPE_3, "1-n", List.of(
                    attribute(Tag.NavigationDisplaySet, VR.US, TYPE_1C, NOT_DECIDABLE),
                    attribute(Tag.ReferenceDisplaySets, VR.US, TYPE_1).vm("1-n"))));

    private HangingProtocolDisplayModule() {
    }
}
