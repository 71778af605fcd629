package org.hpqr.store.iod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of the Hanging Protocol IOD: valid objects pass, and each rule, broken alone, is answered with its element,
 * its place and words of its own.
 */
class HangingProtocolIodTest {

    private static final String ENUMERATED = "Value not enumerated";

    @TestFactory
    Stream<DynamicTest> samplesAreValid() {
        return SampleProtocols.all().entrySet().stream().map(sample -> DynamicTest.dynamicTest(sample.getKey(),
                () -> assertValid(sample.getValue().get())));
    }

    @Test
    void protocolsMadeByChanceAreValid() {
        new RandomProtocols(4).next(500).forEach(HangingProtocolIodTest::assertValid);
    }

    @ParameterizedTest
    @ValueSource(strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian, UID.ExplicitVRBigEndian})
    void protocolWithEveryAttributeIsValidInEveryTransferSyntax(String syntax) throws Exception {
        assertValid(DatasetCodec.decode(DatasetCodec.encode(CompleteProtocol.make(), syntax), syntax));
    }

    @Test
    void elementsOutsideTheTablesAreAllowed() {
        Attributes protocol = SampleProtocols.privateElements();
        protocol.setString(Tag.InstanceCreationDate, VR.DA, "20240229");
        protocol.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0100");
        assertValid(protocol);
    }

    /** Otherwise {@link #everyRowBroken()} would pass over rows. */
    @Test
    void protocolWithEveryAttributeHasAnItemForEveryRow() {
        Attributes protocol = CompleteProtocol.make();
        Set<String> missing = new HashSet<>();
        everyRow((path, row) -> {
            if (itemsWith(protocol, path, row.tag()).isEmpty())
                missing.add(name(path, row.tag()));
        });
        assertEquals(Set.of(), missing);
    }

    /** PS3.3 A.44: types 1 and 2, VR, VM, number of items and enumerated values, row by row. */
    @Clause("PS3.3 A.44")
    @TestFactory
    Stream<DynamicTest> everyRowBroken() {
        List<DynamicTest> tests = new ArrayList<>();
        everyRow((path, row) -> {
            int tag = row.tag();
            if (row.type() == Type.TYPE_1 || row.type() == Type.TYPE_2)
                tests.add(broken(path, row, "missing", item -> item.remove(tag),
                        row.type() == Type.TYPE_1 ? "Type 1 value missing" : "Type 2 missing"));
            if (row.type().needsValue())
                tests.add(broken(path, row, "without value", item -> item.setNull(tag, item.getVR(tag)),
                        "Type " + row.type() + " value missing"));
            if (row.vr() != null)
                tests.add(broken(path, row, "of another VR", item -> item.setBytes(tag, row.vr() == VR.UN ? VR.OB : VR.UN,
                        new byte[] {'1', ' '}), "Wrong VR"));
            if (row.isSequence() && row.count().max() == 1)
                tests.add(broken(path, row, "with an item too many", item -> item.getSequence(tag)
                        .add(new Attributes(item.getNestedDataset(tag))), "Wrong number of items"));
            if (!row.isSequence() && (row.count().min() > 1 || row.count().max() == 1 && isMultiValued(row.vr())))
                tests.add(broken(path, row, "with another number of values",
                        item -> setValues(item, row, row.count().min() > 1 ? 1 : 2), "Wrong number of values"));
            if (row.vr() == VR.CS && row.rules().stream().anyMatch(rule -> rule.broken().equals(ENUMERATED)))
                tests.add(broken(path, row, "of another value", item -> item.setString(tag, VR.CS, "OTHER"), ENUMERATED));
        });
        assertTrue(tests.size() > 400, () -> tests.size() + " rules");
        return tests.stream();
    }

    /** Conditions, and what the standard says of single values and of numbers that refer to each other. */
    @TestFactory
    Stream<DynamicTest> everyOtherRuleBroken() {
        return Stream.of(
                rule("Type 1C value missing", "", p -> p.remove(Tag.SpecificCharacterSet), Tag.SpecificCharacterSet),
                rule(ENUMERATED, "", p -> p.setString(Tag.SOPClassUID, VR.UI, UID.ColorPaletteStorage), Tag.SOPClassUID),
                rule("Not a UID", "", p -> p.setString(Tag.SOPInstanceUID, VR.UI, "1.02"), Tag.SOPInstanceUID),
                rule("Over 16 characters", "", p -> p.setString(Tag.HangingProtocolName, VR.SH, "12345678901234567"),
                        Tag.HangingProtocolName),
                rule("Over 64 characters", "", p -> p.setString(Tag.HangingProtocolDescription, VR.LO, "x".repeat(65)),
                        Tag.HangingProtocolDescription),
                rule("Not a DT value", "", p -> p.setString(Tag.HangingProtocolCreationDateTime, VR.DT, "2024-02-29"),
                        Tag.HangingProtocolCreationDateTime),
                rule("Not a CS value", DEFINITION, p -> definition(p).setString(Tag.Modality, VR.CS, "ct"), Tag.Modality),
                rule("Type 1C value missing", DEFINITION, p -> {
                    definition(p).remove(Tag.Modality);
                    definition(p).remove(Tag.AnatomicRegionSequence);
                    definition(p).remove(Tag.Laterality);
                }, Tag.Modality, Tag.AnatomicRegionSequence),
                rule("Type 2C missing", DEFINITION, p -> definition(p).remove(Tag.Laterality), Tag.Laterality),
                rule("Type 2C must be absent", DEFINITION, p -> definition(p).remove(Tag.AnatomicRegionSequence),
                        Tag.Laterality),

                rule("Type 1C value missing", REGION, p -> region(p).remove(Tag.CodeValue), Tag.CodeValue, Tag.LongCodeValue,
                        Tag.URNCodeValue),
                rule("Type 1C must be absent", REGION, p -> region(p).setString(Tag.LongCodeValue, VR.UC, "51185008"),
                        Tag.CodeValue),
                rule("Type 1C value missing", REGION, p -> {
                    region(p).remove(Tag.CodingSchemeDesignator);
                    region(p).remove(Tag.CodingSchemeVersion);
                }, Tag.CodingSchemeDesignator),
                rule("Version, no designator", "0072000C[1].00082218[3]", p -> definition(p)
                        .getSequence(Tag.AnatomicRegionSequence).get(2).setString(Tag.CodingSchemeVersion, VR.SH, "1"),
                        Tag.CodingSchemeVersion),

                rule("Type 1C value missing", SELECTOR, p -> selector(p).remove(Tag.SelectorSequencePointerPrivateCreator),
                        Tag.SelectorSequencePointerPrivateCreator),
                rule("Type 1C must be absent", SELECTOR, p -> selector(p).setInt(Tag.SelectorSequencePointer, VR.AT,
                        Tag.RequestAttributesSequence), Tag.SelectorSequencePointerPrivateCreator),
                rule("Type 1C value missing", SELECTOR, p -> selector(p).remove(Tag.FunctionalGroupPrivateCreator),
                        Tag.FunctionalGroupPrivateCreator),
                rule("Type 1C must be absent", SELECTOR, p -> selector(p).setInt(Tag.FunctionalGroupPointer, VR.AT,
                        Tag.PixelMeasuresSequence), Tag.FunctionalGroupPrivateCreator),
                rule("Type 1C value missing", SELECTOR, p -> selector(p).remove(Tag.SelectorAttributePrivateCreator),
                        Tag.SelectorAttributePrivateCreator),
                rule("Type 1C must be absent", SELECTOR, p -> selector(p).setInt(Tag.SelectorAttribute, VR.AT, Tag.Modality),
                        Tag.SelectorAttributePrivateCreator),
                rule("Type 1C value missing", SELECTOR, p -> selector(p).remove(Tag.SelectorAEValue), Tag.SelectorAEValue),
                rule("Type 1C must be absent", SELECTOR, p -> selector(p).setString(Tag.SelectorCSValue, VR.CS, "A"),
                        Tag.SelectorCSValue),
                rule("Type 1C value missing", SELECTOR, p -> {
                    selector(p).setString(Tag.SelectorAttributeVR, VR.CS, "SQ");
                    selector(p).remove(Tag.SelectorAEValue);
                }, Tag.SelectorCodeSequenceValue),
                rule("Type 1C value missing", SELECTOR, p -> {
                    selector(p).setString(Tag.SelectorAttributeVR, VR.CS, "UV");
                    selector(p).remove(Tag.SelectorAEValue);
                }, SelectorMacros.SELECTOR_UV_VALUE),

                rule("Type 1C value missing", timeFrame(1), p -> timeFrame(p, 1).remove(Tag.RelativeTime), Tag.RelativeTime),
                rule("Type 1C must be absent", timeFrame(2), p -> timeFrame(p, 2).setInt(Tag.RelativeTime, VR.US, 0, 0),
                        Tag.RelativeTime),
                rule("Type 1C value missing", timeFrame(1), p -> timeFrame(p, 1).remove(Tag.RelativeTimeUnits),
                        Tag.RelativeTimeUnits),
                rule("Type 1C must be absent", timeFrame(2), p -> timeFrame(p, 2).setString(Tag.RelativeTimeUnits, VR.CS,
                        "DAYS"), Tag.RelativeTimeUnits),
                rule("Type 1C value missing", timeFrame(2), p -> timeFrame(p, 2).remove(Tag.AbstractPriorValue),
                        Tag.AbstractPriorValue, Tag.AbstractPriorCodeSequence),
                rule("Type 1C must be absent", timeFrame(1), p -> timeFrame(p, 1).setInt(Tag.AbstractPriorValue, VR.SS, 1, 1),
                        Tag.AbstractPriorValue),
                rule("Type 1C must be absent", timeFrame(3), p -> timeFrame(p, 3).setInt(Tag.AbstractPriorValue, VR.SS, 1, 1),
                        Tag.AbstractPriorValue),
                rule("Value out of range", timeFrame(2), p -> timeFrame(p, 2).setInt(Tag.AbstractPriorValue, VR.SS, 1, 0),
                        Tag.AbstractPriorValue),
                rule("Value out of range", timeFrame(2), p -> timeFrame(p, 2).setInt(Tag.AbstractPriorValue, VR.SS, -2, 1),
                        Tag.AbstractPriorValue),
                rule("Not numbered 1, 2, 3", timeFrame(2), p -> timeFrame(p, 2).setInt(Tag.ImageSetNumber, VR.US, 1),
                        Tag.ImageSetNumber),

                rule("Value out of range", SCREEN, p -> screen(p).setInt(Tag.NumberOfVerticalPixels, VR.US, 0),
                        Tag.NumberOfVerticalPixels),
                rule("Value out of range", SCREEN, p -> screen(p).setInt(Tag.NumberOfHorizontalPixels, VR.US, 0),
                        Tag.NumberOfHorizontalPixels),
                rule("Type 1C value missing", SCREEN, p -> screen(p).remove(Tag.ScreenMinimumGrayscaleBitDepth),
                        Tag.ScreenMinimumGrayscaleBitDepth, Tag.ScreenMinimumColorBitDepth),
                rule("Type 1C must be absent", SCREEN, p -> screen(p).setInt(Tag.ScreenMinimumColorBitDepth, VR.US, 8),
                        Tag.ScreenMinimumGrayscaleBitDepth),
                rule("Value out of range", SCREEN, p -> screen(p).setInt(Tag.ScreenMinimumGrayscaleBitDepth, VR.US, 0),
                        Tag.ScreenMinimumGrayscaleBitDepth),
                rule("Value out of range", "00720102[2]", p -> p.getSequence(Tag.NominalScreenDefinitionSequence).get(1)
                        .setInt(Tag.ScreenMinimumColorBitDepth, VR.US, 0), Tag.ScreenMinimumColorBitDepth),
                rule("Value out of range", SCREEN, p -> screen(p).setInt(Tag.ApplicationMaximumRepaintTime, VR.US, 0),
                        Tag.ApplicationMaximumRepaintTime),

                rule("Not numbered 1, 2, 3", set(2), p -> set(p, 2).setInt(Tag.DisplaySetNumber, VR.US, 4),
                        Tag.DisplaySetNumber),
                rule("Value out of range", set(1), p -> set(p, 1).setInt(Tag.DisplaySetPresentationGroup, VR.US, 0),
                        Tag.DisplaySetPresentationGroup),
                rule("Refers to no item", set(1), p -> set(p, 1).setInt(Tag.ImageSetNumber, VR.US, 4), Tag.ImageSetNumber),
                rule("Several, but not TILED", set(1), p -> setLayout(box(p, 1, 2), "STACK"), Tag.ImageBoxesSequence),
                rule("Not numbered 1, 2, 3", box(1, 2), p -> box(p, 1, 2).setInt(Tag.ImageBoxNumber, VR.US, 1),
                        Tag.ImageBoxNumber),
                rule("Type 1C value missing", box(1, 1), p -> box(p, 1, 1).remove(Tag.ImageBoxTileHorizontalDimension),
                        Tag.ImageBoxTileHorizontalDimension),
                rule("Type 1C must be absent", box(2, 1), p -> box(p, 2, 1).setInt(Tag.ImageBoxTileHorizontalDimension, VR.US,
                        1), Tag.ImageBoxTileHorizontalDimension),
                rule("Value out of range", box(1, 1), p -> box(p, 1, 1).setInt(Tag.ImageBoxTileHorizontalDimension, VR.US, 0),
                        Tag.ImageBoxTileHorizontalDimension),
                rule("Type 1C value missing", box(1, 1), p -> box(p, 1, 1).remove(Tag.ImageBoxTileVerticalDimension),
                        Tag.ImageBoxTileVerticalDimension),
                rule("Type 1C must be absent", box(2, 1), p -> box(p, 2, 1).setInt(Tag.ImageBoxTileVerticalDimension, VR.US,
                        1), Tag.ImageBoxTileVerticalDimension),
                rule("Value out of range", box(1, 1), p -> box(p, 1, 1).setInt(Tag.ImageBoxTileVerticalDimension, VR.US, 0),
                        Tag.ImageBoxTileVerticalDimension),
                rule("Type 1C value missing", box(1, 2), p -> box(p, 1, 2).remove(Tag.ImageBoxScrollDirection),
                        Tag.ImageBoxScrollDirection),
                rule("Type 1C must be absent", box(1, 2), p -> box(p, 1, 2).setInt(Tag.ImageBoxTileVerticalDimension, VR.US,
                        1), Tag.ImageBoxScrollDirection),
                rule("Type 2C missing", box(1, 1), p -> box(p, 1, 1).remove(Tag.ImageBoxSmallScrollType),
                        Tag.ImageBoxSmallScrollType),
                rule("Type 2C must be absent", box(2, 1), p -> box(p, 2, 1).setNull(Tag.ImageBoxSmallScrollType, VR.CS),
                        Tag.ImageBoxSmallScrollType),
                rule("Type 1C value missing", box(1, 1), p -> box(p, 1, 1).remove(Tag.ImageBoxSmallScrollAmount),
                        Tag.ImageBoxSmallScrollAmount),
                rule("Type 1C must be absent", box(1, 1), p -> box(p, 1, 1).setNull(Tag.ImageBoxSmallScrollType, VR.CS),
                        Tag.ImageBoxSmallScrollAmount),
                rule("Value out of range", box(1, 1), p -> box(p, 1, 1).setInt(Tag.ImageBoxSmallScrollAmount, VR.US, 0),
                        Tag.ImageBoxSmallScrollAmount),
                rule("Type 2C missing", box(1, 1), p -> box(p, 1, 1).remove(Tag.ImageBoxLargeScrollType),
                        Tag.ImageBoxLargeScrollType),
                rule("Type 2C must be absent", box(2, 1), p -> box(p, 2, 1).setNull(Tag.ImageBoxLargeScrollType, VR.CS),
                        Tag.ImageBoxLargeScrollType),
                rule("Type 1C value missing", box(1, 1), p -> box(p, 1, 1).remove(Tag.ImageBoxLargeScrollAmount),
                        Tag.ImageBoxLargeScrollAmount),
                rule("Type 1C must be absent", box(1, 1), p -> box(p, 1, 1).setNull(Tag.ImageBoxLargeScrollType, VR.CS),
                        Tag.ImageBoxLargeScrollAmount),
                rule("Value out of range", box(1, 1), p -> box(p, 1, 1).setInt(Tag.ImageBoxLargeScrollAmount, VR.US, 0),
                        Tag.ImageBoxLargeScrollAmount),
                rule("Value out of range", box(1, 1), p -> box(p, 1, 1).setInt(Tag.ImageBoxOverlapPriority, VR.US, 101),
                        Tag.ImageBoxOverlapPriority),
                rule("Type 1C value missing", box(2, 1), p -> box(p, 2, 1).remove(Tag.PreferredPlaybackSequencing),
                        Tag.PreferredPlaybackSequencing),
                rule("Type 1C must be absent", box(1, 1), p -> box(p, 1, 1).setInt(Tag.PreferredPlaybackSequencing, VR.US, 0),
                        Tag.PreferredPlaybackSequencing),
                rule("Value out of range", box(2, 1), p -> box(p, 2, 1).setInt(Tag.PreferredPlaybackSequencing, VR.US, 3),
                        Tag.PreferredPlaybackSequencing),
                rule("Type 1C value missing", box(2, 1), p -> box(p, 2, 1).remove(Tag.RecommendedDisplayFrameRate),
                        Tag.RecommendedDisplayFrameRate, Tag.CineRelativeToRealTime),
                rule("Type 1C must be absent", box(3, 1), p -> box(p, 3, 1).setInt(Tag.RecommendedDisplayFrameRate, VR.IS, 1),
                        Tag.RecommendedDisplayFrameRate),
                rule("Value out of range", box(2, 1), p -> box(p, 2, 1).setInt(Tag.RecommendedDisplayFrameRate, VR.IS, 0),
                        Tag.RecommendedDisplayFrameRate),
                rule("Type 1C must be absent", box(1, 1), p -> box(p, 1, 1).setDouble(Tag.CineRelativeToRealTime, VR.FD, 1),
                        Tag.CineRelativeToRealTime),
                rule("Value out of range", box(3, 1), p -> box(p, 3, 1).setDouble(Tag.CineRelativeToRealTime, VR.FD, 0),
                        Tag.CineRelativeToRealTime),

                rule("Type 1C value missing", BY_CATEGORY, p -> filter(p, -2).remove(Tag.FilterByCategory),
                        Tag.FilterByCategory, Tag.SelectorAttribute),
                rule("Type 1C must be absent", "00720200[1].00720400[1]", p -> filter(p, 0).setString(Tag.FilterByCategory,
                        VR.CS, "IMAGE_PLANE"), Tag.FilterByCategory),
                rule("Type 1C value missing", BY_PRESENCE, p -> filter(p, -1).remove(Tag.FilterByAttributePresence),
                        Tag.FilterByAttributePresence, Tag.FilterByOperator),
                rule("Type 1C must be absent", BY_CATEGORY, p -> filter(p, -2).setString(Tag.FilterByAttributePresence, VR.CS,
                        "PRESENT"), Tag.FilterByAttributePresence),
                rule("Type 1C value missing", BY_CATEGORY, p -> filter(p, -2).remove(Tag.SelectorAttributeVR),
                        Tag.SelectorAttributeVR),
                rule("Type 1C must be absent", BY_PRESENCE, p -> filter(p, -1).setString(Tag.SelectorAttributeVR, VR.CS, "DS"),
                        Tag.SelectorAttributeVR),
                rule("Type 1C value missing", "00720200[1].00720400[1]", p -> filter(p, 0).remove(Tag.SelectorValueNumber),
                        Tag.SelectorValueNumber),
                rule("Type 1C must be absent", BY_CATEGORY, p -> filter(p, -2).setInt(Tag.SelectorValueNumber, VR.US, 1),
                        Tag.SelectorValueNumber),
                rule("Type 1C value missing", BY_CATEGORY, p -> {
                    filter(p, -2).remove(Tag.FilterByOperator);
                    filter(p, -2).remove(Tag.SelectorAttributeVR);
                    filter(p, -2).remove(Tag.SelectorCSValue);
                }, Tag.FilterByOperator),
                rule("Type 1C must be absent", BY_PRESENCE, p -> filter(p, -1).setString(Tag.FilterByOperator, VR.CS,
                        "MEMBER_OF"), Tag.FilterByAttributePresence),

                rule("Type 1C value missing", "00720200[1].00720600[1]", p -> sorting(p, 0).remove(Tag.SelectorValueNumber),
                        Tag.SelectorValueNumber),
                rule("Value out of range", "00720200[1].00720600[1]", p -> sorting(p, 0).setInt(Tag.SelectorValueNumber, VR.US,
                        0), Tag.SelectorValueNumber),
                rule("Type 1C must be absent", "00720200[1].00720600[2]", p -> sorting(p, 1).setInt(Tag.SelectorValueNumber,
                        VR.US, 1), Tag.SelectorValueNumber),
                rule("Type 1C value missing", "00720200[1].00720600[2]", p -> sorting(p, 1).remove(Tag.SortByCategory),
                        Tag.SelectorAttribute, Tag.SortByCategory),
                rule("Type 1C must be absent", "00720200[1].00720600[1]", p -> sorting(p, 0).setString(Tag.SortByCategory,
                        VR.CS, "ALONG_AXIS"), Tag.SelectorAttribute),

                rule("Type 1C value missing", set(2), p -> set(p, 2).remove(Tag.ReformattingThickness), Tag.ReformattingThickness),
                rule("Type 1C value missing", set(2), p -> set(p, 2).remove(Tag.ReformattingInterval), Tag.ReformattingInterval),
                rule("Type 1C value missing", set(1), p -> set(p, 1).remove(Tag.ReformattingOperationInitialViewDirection),
                        Tag.ReformattingOperationInitialViewDirection),
                rule("Type 1C value missing", set(1), p -> set(p, 1).remove(Tag.ThreeDRenderingType), Tag.ThreeDRenderingType),
                rule("Type 1C must be absent", set(2), p -> set(p, 2).setString(Tag.ThreeDRenderingType, VR.CS, "MIP"),
                        Tag.ThreeDRenderingType),
                rule("Type 1C value missing", set(1), p -> set(p, 1).remove(Tag.PseudoColorPaletteInstanceReferenceSequence),
                        Tag.PseudoColorPaletteInstanceReferenceSequence),
                rule("No Pseudo-Color Type", set(1), p -> set(p, 1).remove(Tag.PseudoColorType),
                        Tag.PseudoColorPaletteInstanceReferenceSequence),
                rule(ENUMERATED, "00720200[1].00720705[1]", p -> set(p, 1).getNestedDataset(
                        Tag.PseudoColorPaletteInstanceReferenceSequence).setString(Tag.ReferencedSOPClassUID, VR.UI,
                        UID.HangingProtocolStorage), Tag.ReferencedSOPClassUID),

                rule("Refers to no item", "00720210[1]", p -> p.getNestedDataset(Tag.SynchronizedScrollingSequence)
                        .setInt(Tag.DisplaySetScrollingGroup, VR.US, 1, 4), Tag.DisplaySetScrollingGroup),
                rule("Refers to no item", "00720214[1]", p -> p.getNestedDataset(Tag.NavigationIndicatorSequence)
                        .setInt(Tag.NavigationDisplaySet, VR.US, 4), Tag.NavigationDisplaySet),
                rule("Refers to no item", "00720214[1]", p -> p.getNestedDataset(Tag.NavigationIndicatorSequence)
                        .setInt(Tag.ReferenceDisplaySets, VR.US, 4), Tag.ReferenceDisplaySets));
    }

    /** A report names every rule that is broken, each with the table that has it. */
    @Test
    void everyViolationIsReported() {
        Attributes protocol = CompleteProtocol.make();
        protocol.setBytes(Tag.HangingProtocolCreator, VR.UN, new byte[2]);
        protocol.setString(Tag.HangingProtocolName, VR.SH, "12345678901234567");
        protocol.remove(Tag.HangingProtocolDescription);
        region(protocol).remove(Tag.CodeMeaning);
        protocol.setString(Tag.SOPClassUID, VR.UI, "1.2.3");
        screen(protocol).setInt(Tag.NumberOfVerticalPixels, VR.US, 0);
        selector(protocol).remove(Tag.SelectorAEValue);
        timeFrame(protocol, 1).setInt(Tag.RelativeTime, VR.US, 1);
        set(protocol, 2).remove(Tag.DisplaySetNumber);
        box(protocol, 2, 1).setString(Tag.RecommendedDisplayFrameRate, VR.IS, "often");
        Attributes before = new Attributes(protocol);

        assertEquals(List.of("Wrong VR at  00720008 PS3.6 Table 6-1",
                "Value not enumerated at  00080016 PS3.3 Table C.12-1",
                "Over 16 characters at  00720002 PS3.5 Table 6.2-1",
                "Type 1 value missing at  00720004 PS3.3 Table C.23.1-1",
                "Type 1 value missing at 0072000C[1].00082218[1] 00080104 PS3.3 Table 8.8-1",
                "Type 1C value missing at " + SELECTOR + ' ' + tag(Tag.SelectorAEValue) + " PS3.3 Table C.23.4-2",
                "Wrong number of values at " + timeFrame(1) + ' ' + tag(Tag.RelativeTime) + " PS3.6 Table 6-1",
                "Value out of range at " + SCREEN + ' ' + tag(Tag.NumberOfVerticalPixels) + " PS3.3 Table C.23.2-2",
                "Type 1 value missing at " + set(2) + ' ' + tag(Tag.DisplaySetNumber) + " PS3.3 Table C.23.3-1",
                "Value out of range at " + box(2, 1) + ' ' + tag(Tag.RecommendedDisplayFrameRate) + " PS3.3 Table C.23.3-1"),
                report(protocol));
        assertEquals(before, protocol);
    }

    @Test
    void rulesBetweenItemsAreReportedBesideThoseWithin() {
        Attributes protocol = CompleteProtocol.make();
        protocol.remove(Tag.HangingProtocolDescription);
        set(protocol, 1).setInt(Tag.ImageSetNumber, VR.US, 9);

        assertEquals(List.of("Type 1 value missing at  00720004 PS3.3 Table C.23.1-1",
                "Refers to no item at " + set(1) + ' ' + tag(Tag.ImageSetNumber) + " PS3.3 Table C.23.3-1"), report(protocol));
    }

    private static List<String> report(Attributes protocol) {
        return HangingProtocolIod.violations(protocol).stream().map(violation -> violation.rule() + " at " + violation.place() + ' '
                + tag(violation.elements().get(0)) + ' ' + violation.clause()).toList();
    }

    private static String tag(int tag) {
        return String.format("%08X", tag);
    }

    /** Every row has a table, and a report of whatever is broken ends. */
    @Test
    void everyRowHasAClause() {
        everyRow((path, row) -> {
            StringBuilder place = new StringBuilder();
            path.forEach(tag -> place.append(place.isEmpty() ? "" : ".").append(tag(tag)).append("[1]"));
            assertNotNull(Violation.of("Type 1 missing", place.toString(), row.tag()).clause(), () -> place + " " + tag(row.tag()));
        });
    }

    /** What only looks like a violation. */
    @TestFactory
    Stream<DynamicTest> allowed() {
        return Stream.of(
                valid("Partial Data Display Handling missing", p -> p.remove(Tag.PartialDataDisplayHandling)),
                valid("Partial Data Display Handling without value", p -> p.setNull(Tag.PartialDataDisplayHandling, VR.CS)),
                valid("no prior", p -> p.setInt(Tag.NumberOfPriorsReferenced, VR.US, 0)),
                valid("no user", p -> p.setNull(Tag.HangingProtocolUserIdentificationCodeSequence, VR.SQ)),
                valid("no user group", p -> p.remove(Tag.HangingProtocolUserGroupName)),
                valid("region without modality", p -> definition(p).remove(Tag.Modality)),
                valid("modality without region", p -> {
                    definition(p).remove(Tag.AnatomicRegionSequence);
                    definition(p).remove(Tag.Laterality);
                }),
                valid("laterality without value", p -> definition(p).setNull(Tag.Laterality, VR.CS)),
                valid("character set named but not used", p -> p.remove(Tag.HangingProtocolUserGroupName)),
                valid("no character set where none is used", p -> {
                    p.remove(Tag.HangingProtocolUserGroupName);
                    p.remove(Tag.SpecificCharacterSet);
                }),
                valid("layout type of the vendor", p -> setLayout(box(p, 2, 1), "OURS")),
                valid("scroll type without value", p -> {
                    box(p, 1, 1).setNull(Tag.ImageBoxSmallScrollType, VR.CS);
                    box(p, 1, 1).remove(Tag.ImageBoxSmallScrollAmount);
                }),
                valid("one tile does not scroll", p -> {
                    Attributes box = box(p, 1, 2);
                    box.setInt(Tag.ImageBoxTileVerticalDimension, VR.US, 1);
                    for (int tag : new int[] {Tag.ImageBoxScrollDirection, Tag.ImageBoxSmallScrollType,
                        Tag.ImageBoxSmallScrollAmount, Tag.ImageBoxLargeScrollType, Tag.ImageBoxLargeScrollAmount})
                        box.remove(tag);
                }),
                valid("thickness without reformatting", p -> set(p, 3).setDouble(Tag.ReformattingThickness, VR.FD, 1)),
                valid("palette of the vendor", p -> {
                    set(p, 1).setString(Tag.PseudoColorType, VR.CS, "OURS");
                    set(p, 1).remove(Tag.PseudoColorPaletteInstanceReferenceSequence);
                }),
                valid("navigation without a display set of its own", p -> p.getNestedDataset(Tag.NavigationIndicatorSequence)
                        .remove(Tag.NavigationDisplaySet)));
    }

    @Test
    void everyRuleAndTheDeepestPlaceFitIntoAnErrorComment() {
        Set<String> rules = new HashSet<>();
        everyRow((path, row) -> row.rules().forEach(rule -> rules.add(rule.broken())));
        for (Format format : Format.values())
            rules.add(format.broken());
        for (String rule : rules)
            assertTrue(rule.length() <= Violation.MAX_RULE, rule);
        String deepest = "0072000C[99].00082218[99].00080121[99]";
        assertTrue(Violation.of("x".repeat(Violation.MAX_RULE), deepest, 0).comment().length() <= HpFailure.MAX_COMMENT);
    }

    private static final String DEFINITION = "0072000C[1]";
    private static final String REGION = "0072000C[1].00082218[1]";
    private static final String SELECTOR = "00720020[1].00720022[2]";
    private static final String SCREEN = "00720102[1]";
    private static final String BY_CATEGORY = "00720200[1].00720400[35]";
    private static final String BY_PRESENCE = "00720200[1].00720400[36]";

    private static Attributes definition(Attributes protocol) {
        return protocol.getNestedDataset(Tag.HangingProtocolDefinitionSequence);
    }

    private static Attributes region(Attributes protocol) {
        return definition(protocol).getNestedDataset(Tag.AnatomicRegionSequence);
    }

    /** By AE value, with everything in private blocks. */
    private static Attributes selector(Attributes protocol) {
        return protocol.getNestedDataset(Tag.ImageSetsSequence).getSequence(Tag.ImageSetSelectorSequence).get(1);
    }

    private static String timeFrame(int number) {
        return "00720020[1].00720030[" + number + "]";
    }

    private static Attributes timeFrame(Attributes protocol, int number) {
        return protocol.getNestedDataset(Tag.ImageSetsSequence).getSequence(Tag.TimeBasedImageSetsSequence).get(number - 1);
    }

    private static Attributes screen(Attributes protocol) {
        return protocol.getNestedDataset(Tag.NominalScreenDefinitionSequence);
    }

    private static String set(int number) {
        return "00720200[" + number + "]";
    }

    private static Attributes set(Attributes protocol, int number) {
        return protocol.getSequence(Tag.DisplaySetsSequence).get(number - 1);
    }

    private static String box(int displaySet, int number) {
        return set(displaySet) + ".00720300[" + number + "]";
    }

    private static Attributes box(Attributes protocol, int displaySet, int number) {
        return set(protocol, displaySet).getSequence(Tag.ImageBoxesSequence).get(number - 1);
    }

    /** A layout type that asks for no other attribute. */
    private static void setLayout(Attributes box, String layout) {
        Set<Integer> common = Set.of(Tag.ImageBoxNumber, Tag.DisplayEnvironmentSpatialPosition);
        for (int tag : box.tags())
            if (!common.contains(tag))
                box.remove(tag);
        box.setString(Tag.ImageBoxLayoutType, VR.CS, layout);
    }

    /** @param index from the end if negative: the last is by presence, the last but one by category */
    private static Attributes filter(Attributes protocol, int index) {
        Sequence filters = set(protocol, 1).getSequence(Tag.FilterOperationsSequence);
        return filters.get(index < 0 ? filters.size() + index : index);
    }

    private static Attributes sorting(Attributes protocol, int index) {
        return set(protocol, 1).getSequence(Tag.SortingOperationsSequence).get(index);
    }

    private static DynamicTest rule(String rule, String place, Consumer<Attributes> change, Integer... elements) {
        String name = rule + " " + name(List.of(), elements[0]) + " " + place;
        return DynamicTest.dynamicTest(name, () -> {
            Attributes protocol = CompleteProtocol.make();
            change.accept(protocol);
            assertViolated(new Violation(rule, place, List.of(elements)), protocol);
        });
    }

    private static DynamicTest valid(String what, Consumer<Attributes> change) {
        return DynamicTest.dynamicTest(what, () -> {
            Attributes protocol = CompleteProtocol.make();
            change.accept(protocol);
            assertValid(protocol);
        });
    }

    private static DynamicTest broken(List<Integer> path, IodAttribute row, String how, Consumer<Attributes> change, String rule) {
        return DynamicTest.dynamicTest(name(path, row.tag()) + " " + how, () -> {
            Attributes protocol = CompleteProtocol.make();
            String place = itemsWith(protocol, path, row.tag()).get(0);
            Items.each(protocol, "", path, (where, item) -> {
                if (where.equals(place))
                    change.accept(item);
            });
            assertViolated(Violation.of(rule, place, row.tag()), protocol);
        });
    }

    private static List<String> itemsWith(Attributes protocol, List<Integer> path, int tag) {
        List<String> places = new ArrayList<>();
        Items.each(protocol, "", path, (where, item) -> {
            if (item.containsValue(tag))
                places.add(where);
        });
        return places;
    }

    /** Each row once, with the sequences down to it: rows of a macro where it is used first. */
    private static void everyRow(BiConsumer<List<Integer>, IodAttribute> to) {
        everyRow(HangingProtocolIod.TABLE, List.of(), Collections.newSetFromMap(new IdentityHashMap<>()), to);
    }

    private static void everyRow(List<IodAttribute> rows, List<Integer> path, Set<IodAttribute> seen,
                                 BiConsumer<List<Integer>, IodAttribute> to) {
        for (IodAttribute row : rows) {
            if (!seen.add(row))
                continue;
            to.accept(path, row);
            List<Integer> deeper = new ArrayList<>(path);
            deeper.add(row.tag());
            everyRow(row.items(), deeper, seen, to);
        }
    }

    private static String name(List<Integer> path, int tag) {
        return Stream.concat(path.stream(), Stream.of(tag)).map(element -> String.format("%08X", element))
                .collect(Collectors.joining("."));
    }

    private static boolean isMultiValued(VR vr) {
        return vr != null && !Set.of(VR.LT, VR.ST, VR.UT, VR.UR, VR.OB, VR.OD, VR.OF, VR.OL, VR.OW, VR.UN).contains(vr);
    }

    private static void setValues(Attributes item, IodAttribute row, int count) {
        if (row.vr() == VR.FD) {
            item.setDouble(row.tag(), VR.FD, new double[count]);
        } else if (row.vr().isStringType() && row.vr() != VR.AT) {
            String[] values = new String[count];
            Arrays.fill(values, item.getString(row.tag()));
            item.setString(row.tag(), row.vr(), values);
        } else {
            int[] values = new int[count];
            Arrays.fill(values, 1);
            item.setInt(row.tag(), row.vr(), values);
        }
    }

    private static void assertValid(Attributes protocol) {
        assertEquals(List.of(), HangingProtocolIod.violations(protocol));
    }

    private static void assertViolated(Violation expected, Attributes protocol) {
        assertEquals(Optional.of(expected), HangingProtocolIod.firstViolation(protocol));
        assertTrue(expected.comment().length() <= HpFailure.MAX_COMMENT, expected::comment);
    }
}
