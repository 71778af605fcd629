package org.hpqr.selection;

import static org.hpqr.selection.DataSets.CHEST;
import static org.hpqr.selection.DataSets.changed;
import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.put;
import static org.hpqr.selection.DataSets.received;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.selection.Layout.EmptyBox;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** What falls into each image box: PS3.3 C.23.1.1.2, C.23.3.1, and the examples of PS3.17 V.3 and V.4. */
class LayoutTest {

    private static final double[] LEFT = {0, 1, 0.5, 0};

    private static Attributes selector(int tag, String vr, int valueTag, Object wanted) {
        return dataSet(Tag.ImageSetSelectorUsageFlag, "NO_MATCH", Tag.SelectorAttribute, tag, Tag.SelectorAttributeVR, vr, valueTag, wanted,
                Tag.SelectorValueNumber, 1);
    }

    private static Attributes current(int number) {
        return dataSet(Tag.ImageSetNumber, number, Tag.ImageSetSelectorCategory, "RELATIVE_TIME", Tag.RelativeTime, new int[] {0, 0},
                Tag.RelativeTimeUnits, "MINUTES", Tag.ImageSetLabel, "Current");
    }

    private static Attributes prior(int number) {
        return dataSet(Tag.ImageSetNumber, number, Tag.ImageSetSelectorCategory, "ABSTRACT_PRIOR", Tag.AbstractPriorValue,
                new int[] {1, 1}, Tag.ImageSetLabel, "Prior");
    }

    private static Attributes imageSet(List<Attributes> selectors, Attributes... timeFrames) {
        return dataSet(Tag.ImageSetSelectorSequence, selectors, Tag.TimeBasedImageSetsSequence, List.of(timeFrames));
    }

    private static Attributes box(int number, String type) {
        return dataSet(Tag.ImageBoxNumber, number, Tag.DisplayEnvironmentSpatialPosition, LEFT, Tag.ImageBoxLayoutType, type);
    }

    private static Attributes tiles(int number, int columns, int rows) {
        return changed(box(number, "TILED"), box -> {
            put(box, Tag.ImageBoxTileHorizontalDimension, columns);
            put(box, Tag.ImageBoxTileVerticalDimension, rows);
        });
    }

    private static Attributes displaySet(int number, int imageSet, List<Attributes> filters, Attributes... boxes) {
        return dataSet(Tag.DisplaySetNumber, number, Tag.DisplaySetLabel, "Set " + number, Tag.DisplaySetPresentationGroup, 1,
                Tag.ImageSetNumber, imageSet, Tag.ImageBoxesSequence, List.of(boxes), Tag.FilterOperationsSequence, filters,
                Tag.SortingOperationsSequence, null);
    }

    private static Attributes view(String... positions) {
        return dataSet(Tag.SelectorAttribute, Tag.ViewPosition, Tag.SelectorAttributeVR, "CS", Tag.SelectorCSValue, positions,
                Tag.SelectorValueNumber, 1, Tag.FilterByOperator, "MEMBER_OF", Tag.ImageSetSelectorUsageFlag, "NO_MATCH");
    }

    /** Chest X-ray, PA and lateral, current and prior. */
    private static Attributes chestPaAndLateral() {
        List<Attributes> chest = List.of(selector(Tag.AnatomicRegionSequence, "SQ", Tag.SelectorCodeSequenceValue, CHEST),
                selector(Tag.Modality, "CS", Tag.SelectorCSValue, new String[] {"CR", "DX"}));
        return dataSet(Tag.SOPInstanceUID, "1.2.3", Tag.HangingProtocolName, "Chest X-ray", Tag.ImageSetsSequence,
                imageSet(chest, current(1), prior(2)), Tag.PartialDataDisplayHandling, "MAINTAIN_LAYOUT",
                Tag.DisplaySetsSequence, List.of(displaySet(1, 1, List.of(view("PA")), box(1, "STACK")),
                        displaySet(2, 1, List.of(view("LL", "RL")), box(1, "STACK")),
                        displaySet(3, 2, List.of(view("PA")), box(1, "STACK")),
                        displaySet(4, 2, List.of(view("LL", "RL")), box(1, "STACK"))));
    }

    private static Attributes xRay(String study, int number, String view) {
        return received(dataSet(Tag.StudyInstanceUID, "1." + study, Tag.SeriesInstanceUID, "1." + study + ".1", Tag.SOPInstanceUID,
                "1." + study + ".1." + number, Tag.StudyDate, study, Tag.StudyTime, "12", Tag.Modality, "DX", Tag.SeriesDescription,
                "Thorax " + study, Tag.SeriesNumber, "1", Tag.AnatomicRegionSequence, CHEST, Tag.ViewPosition, view));
    }

    private static List<String> uids(DisplaySet set) {
        return set.images().stream().map(ImageReference::sopInstanceUid).toList();
    }

    @Clause({"PS3.3 C.23.1.1.3", "PS3.17 V.3"})
    @Test
    void chestExample_V_3() {
        Layout layout = HangingProtocolSelection.layout(received(chestPaAndLateral()),
                Study.of(List.of(xRay("20240620", 1, "LL"), xRay("20240620", 2, "PA"))),
                List.of(Study.of(List.of(xRay("20200101", 1, "PA"))),
                        Study.of(List.of(xRay("20230101", 1, "PA"), xRay("20230101", 2, "AP")))));

        assertEquals("Chest X-ray", layout.name());
        assertEquals(List.of("1.20240620.1.2"), uids(layout.displaySets().get(0)));
        assertEquals(List.of("1.20240620.1.1"), uids(layout.displaySets().get(1)));
        assertEquals(List.of("1.20230101.1.1"), uids(layout.displaySets().get(2)), "the most recent prior");
        assertEquals(List.of(), uids(layout.displaySets().get(3)));
        assertEquals(List.of(new SeriesPart("1.20230101", "1.20230101.1", false, "20230101", "DX", "1", "Thorax 20230101", 1)),
                layout.displaySets().get(2).series());
        assertEquals(List.of(new EmptyBox(4, 1)), layout.emptyBoxes());
        assertEquals("1 image box has no images, and the layout stays as it is, with empty boxes (MAINTAIN_LAYOUT).",
                layout.reasons().get(0).sentence());
        assertEquals(List.of("Filter 1 asks for View Position (0018,5101) one of LL, RL: 0 images match, 2 do not; others have PA, AP."),
                layout.displaySets().get(3).reasons().stream().map(Reason::sentence).toList());
        assertEquals(List.of("Selector 1 asks for Anatomic Region Sequence (0008,2218) 51185008 (SCT, Chest): 5 images match.",
                "Selector 2 asks for Modality (0008,0060) CR or DX: 5 images match.",
                "The image set takes the most recent prior study: the one of 2023-01-01."),
                layout.imageSets().get(1).reasons().stream().map(Reason::sentence).toList());
    }

    @Clause("PS3.17 V.3")
    @Test
    void withoutPriorsTheirBoxesAreEmpty_V_3() {
        Layout layout = HangingProtocolSelection.layout(received(chestPaAndLateral()),
                Study.of(List.of(xRay("20240620", 1, "LL"), xRay("20240620", 2, "PA"))), List.of());

        assertEquals(List.of(new EmptyBox(3, 1), new EmptyBox(4, 1)), layout.emptyBoxes());
        assertEquals(DOES_NOT_MATCH, layout.imageSets().get(1).outcome());
        assertEquals("Image set 2 has no images.", layout.displaySets().get(2).reasons().get(0).sentence());
    }

    @Clause("PS3.17 V.4")
    @Test
    void neurosurgeryNeedsBothModalities_V_4() {
        List<Attributes> instances = new ArrayList<>();
        for (String modality : List.of("MR", "CT"))
            for (int i = 1; i <= 8; i++)
                instances.add(dataSet(Tag.SOPInstanceUID, modality.equals("MR") ? "1.1." + i : "1.2." + i, Tag.Modality, modality));

        Layout layout = HangingProtocolSelection.layout(received(SampleProtocols.neurosurgery()), Study.of(instances), List.of());
        assertEquals(List.of(8, 8, 8, 8), layout.displaySets().stream().map(set -> set.images().size()).toList());
        assertEquals(List.of(1, 1, 2, 2), layout.displaySets().stream().map(DisplaySet::presentationGroup).toList());
        assertEquals(new ImageBox(1, "TILED", new ImageBox.Position(0, 1, 0.5, 0), 3, 2, 0, 6), layout.displaySets().get(0).boxes().get(0));
        assertEquals(8, layout.displaySets().get(2).boxes().get(0).images(), "all can be reached in a stack");
        assertEquals(List.of(), layout.emptyBoxes());
        Layout onlyCt = HangingProtocolSelection.layout(received(SampleProtocols.neurosurgery()),
                Study.of(instances.subList(8, 16)), List.of());
        assertEquals(List.of(new EmptyBox(1, 1), new EmptyBox(3, 1)), onlyCt.emptyBoxes());
    }

    private static Layout ofTen(Attributes... boxes) {
        List<Attributes> instances = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> dataSet(Tag.SOPInstanceUID, "1." + i, Tag.Modality, "CT")).toList();
        Attributes protocol = dataSet(Tag.ImageSetsSequence, imageSet(List.of(selector(Tag.Modality, "CS", Tag.SelectorCSValue, "CT")),
                current(1)), Tag.DisplaySetsSequence, displaySet(1, 1, List.of(), boxes));
        return HangingProtocolSelection.layout(received(protocol), Study.of(instances), List.of());
    }

    @Clause("PS3.3 Table C.23.3-1")
    @Test
    void boxesOfADisplaySetGoOnWhereTheOneBeforeEnds_Table_C_23_3_1() {
        Layout layout = ofTen(tiles(3, 2, 2), tiles(1, 2, 2), tiles(2, 1, 3), tiles(4, 1, 1));

        assertEquals(List.of(1, 2, 3, 4), layout.displaySets().get(0).boxes().stream().map(ImageBox::number).toList());
        assertEquals(List.of(0, 4, 7, 10), layout.displaySets().get(0).boxes().stream().map(ImageBox::firstImage).toList());
        assertEquals(List.of(4, 3, 3, 0), layout.displaySets().get(0).boxes().stream().map(ImageBox::images).toList());
        assertEquals(List.of(new EmptyBox(1, 4)), layout.emptyBoxes());
    }

    /** What falls into one of them is told by series. */
    @Clause("PS3.3 Table C.23.3-1")
    @Test
    void theSeriesOfABoxAreNamed_Table_C_23_3_1() {
        List<Attributes> instances = IntStream.rangeClosed(1, 6).mapToObj(i -> dataSet(Tag.StudyInstanceUID, "1", Tag.SeriesInstanceUID,
                i <= 2 ? "1.1" : "1.2", Tag.SOPInstanceUID, "1." + i, Tag.Modality, "CT", Tag.SeriesDescription, i <= 2 ? "Scout" : "Lung")).toList();
        Attributes protocol = dataSet(Tag.ImageSetsSequence, imageSet(List.of(selector(Tag.Modality, "CS", Tag.SelectorCSValue, "CT")),
                current(1)), Tag.DisplaySetsSequence, displaySet(1, 1, List.of(), tiles(1, 2, 2), box(2, "SINGLE"), tiles(3, 1, 1), tiles(4, 1, 1)));
        DisplaySet set = HangingProtocolSelection.layout(received(protocol), Study.of(instances), List.of()).displaySets().get(0);

        assertEquals(List.of("Scout 2, Lung 2", "Lung 1", "Lung 1", ""), set.boxes().stream().map(box -> set.seriesOf(box).stream()
                .map(part -> part.description() + ' ' + part.images()).collect(Collectors.joining(", "))).toList());
    }

    @Clause("PS3.3 Table C.23.3-1")
    @Test
    void aSingleBoxHasOneImage_Table_C_23_3_1() {
        assertEquals(1, ofTen(box(1, "SINGLE")).displaySets().get(0).boxes().get(0).images());
        assertEquals(10, ofTen(box(1, "CINE")).displaySets().get(0).boxes().get(0).images());
    }

    @Clause("PS3.3 C.23.3.1.3")
    @Test
    void reformattingAndBlendingAreSaidToBeLeftToTheViewer_C_23_3_1_3() {
        Attributes protocol = changed(chestPaAndLateral(), chest -> {
            Attributes set = chest.getSequence(Tag.DisplaySetsSequence).get(0);
            put(set, Tag.BlendingOperationType, "COLOR");
            put(set, Tag.ReformattingOperationType, "MPR");
        });
        DisplaySet set = HangingProtocolSelection.layout(received(protocol), Study.of(List.of(xRay("20240620", 2, "PA"))), List.of())
                .displaySets().get(0);

        assertEquals(Outcome.MATCHES, set.outcome());
        assertEquals(List.of("Blending Operation Type (0072,0500) is COLOR, which is left to the viewer: the images listed are those that "
                + "are to be blended.", "Reformatting Operation Type (0072,0510) is MPR, which is left to the viewer: the images listed "
                + "are those that are to be reformatted."),
                set.reasons().stream().filter(reason -> reason.outcome() == Outcome.NOT_EVALUABLE).map(Reason::sentence).toList());
    }

    @Test
    void aBoxWithoutPlaceOrTilesIsSaid() {
        Layout layout = ofTen(dataSet(Tag.ImageBoxNumber, 1, Tag.ImageBoxLayoutType, "TILED", Tag.DisplayEnvironmentSpatialPosition,
                new double[] {0, 1}));

        assertNull(layout.displaySets().get(0).boxes().get(0).position());
        assertEquals(List.of("Image box 1 is tiled, but the numbers of columns and rows are not stated.",
                "Image box 1 has no Display Environment Spatial Position (0072,0108) of four values."),
                layout.displaySets().get(0).reasons().stream().map(Reason::sentence).toList());
    }

    @Clause("PS3.3 Table C.23.3-1")
    @Test
    void partialDataDisplayHandling_Table_C_23_3_1() {
        for (String[] row : new String[][] {{"ADAPT_LAYOUT", "a viewer may rearrange the layout (ADAPT_LAYOUT)."},
            {null, "the protocol does not say what a viewer does then."}}) {
            Layout layout = HangingProtocolSelection.layout(
                    changed(chestPaAndLateral(), p -> put(p, Tag.PartialDataDisplayHandling, row[0])), Study.of(List.of()), List.of());
            assertEquals("4 image boxes have no images, and " + row[1], layout.reasons().get(0).sentence());
        }
        assertEquals(List.of(), ofTen(box(1, "STACK")).reasons());
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void filtersAreAppliedOneAfterTheOtherThenSorting_C_23_3_1_1() {
        List<Attributes> instances = IntStream.rangeClosed(1, 6).mapToObj(i -> dataSet(Tag.SOPInstanceUID, "1." + i, Tag.Modality, "CT",
                Tag.InstanceNumber, String.valueOf(7 - i), Tag.SliceThickness, i % 2 == 0 ? "5" : "1")).toList();
        Attributes thin = dataSet(Tag.SelectorAttribute, Tag.SliceThickness, Tag.SelectorAttributeVR, "DS", Tag.SelectorDSValue, "2",
                Tag.SelectorValueNumber, 1, Tag.FilterByOperator, "LESS_THAN");
        Attributes early = dataSet(Tag.SelectorAttribute, Tag.InstanceNumber, Tag.SelectorAttributeVR, "IS", Tag.SelectorISValue, "4",
                Tag.SelectorValueNumber, 1, Tag.FilterByOperator, "LESS_OR_EQUAL");
        Attributes set = changed(displaySet(1, 1, List.of(thin, early), box(1, "STACK")), s -> put(s, Tag.SortingOperationsSequence,
                dataSet(Tag.SelectorAttribute, Tag.InstanceNumber, Tag.SelectorValueNumber, 1, Tag.SortingDirection, "INCREASING")));
        Layout layout = HangingProtocolSelection.layout(received(dataSet(Tag.ImageSetsSequence,
                imageSet(List.of(selector(Tag.Modality, "CS", Tag.SelectorCSValue, "CT")), current(1)), Tag.DisplaySetsSequence, set)),
                Study.of(instances), List.of());

        assertEquals(List.of("1.5", "1.3"), uids(layout.displaySets().get(0)));
        assertEquals(List.of("Filter 1 asks for Slice Thickness (0018,0050) less than 2: 3 images match, 3 do not; others have 5.",
                "Filter 2 asks for Instance Number (0020,0013) at most 4: 2 images match, 1 does not; others have 6.",
                "Sorting 1 puts Instance Number (0020,0013) in increasing order."),
                layout.displaySets().get(0).reasons().stream().map(Reason::sentence).toList());
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void framesAreImagesOfTheirOwn_C_23_3_1_1() {
        Attributes instance = dataSet(Tag.SOPInstanceUID, "1.1", Tag.Modality, "MR", Tag.PerFrameFunctionalGroupsSequence, List.of(
                dataSet(Tag.FrameContentSequence, dataSet(Tag.FrameLabel, "T1")),
                dataSet(Tag.FrameContentSequence, dataSet(Tag.FrameLabel, "T2"))));
        Attributes filter = dataSet(Tag.FunctionalGroupPointer, Tag.FrameContentSequence, Tag.SelectorAttribute, Tag.FrameLabel,
                Tag.SelectorAttributeVR, "LO", Tag.SelectorLOValue, "T2", Tag.SelectorValueNumber, 1, Tag.FilterByOperator, "MEMBER_OF");
        Layout layout = HangingProtocolSelection.layout(received(dataSet(Tag.ImageSetsSequence,
                imageSet(List.of(selector(Tag.Modality, "CS", Tag.SelectorCSValue, "MR")), current(1)), Tag.DisplaySetsSequence,
                displaySet(1, 1, List.of(filter), box(1, "STACK")))), Study.of(List.of(received(instance))), List.of());

        assertEquals(List.of(new ImageReference(null, null, "1.1", 2)), layout.displaySets().get(0).images());
    }

    @Test
    void keyObjectsStandForWhatTheyReferTo_C_23_1_1_2() {
        Attributes keyObjects = dataSet(Tag.SOPClassUID, UID.KeyObjectSelectionDocumentStorage, Tag.SOPInstanceUID, "1.9",
                Tag.CurrentRequestedProcedureEvidenceSequence, dataSet(Tag.ReferencedSeriesSequence, dataSet(Tag.ReferencedSOPSequence,
                        List.of(dataSet(Tag.ReferencedSOPInstanceUID, "1.2"), dataSet(Tag.ReferencedSOPInstanceUID, "1.7")))));
        Attributes protocol = dataSet(Tag.ImageSetsSequence, imageSet(List.of(selector(Tag.SOPClassUID, "UI", Tag.SelectorUIValue,
                UID.KeyObjectSelectionDocumentStorage)), current(1)), Tag.DisplaySetsSequence,
                displaySet(1, 1, List.of(), box(1, "STACK")));
        Layout layout = HangingProtocolSelection.layout(protocol, Study.of(List.of(dataSet(Tag.SOPInstanceUID, "1.1"),
                dataSet(Tag.SOPInstanceUID, "1.2"), keyObjects)), List.of());

        assertEquals(List.of("1.2"), uids(layout.displaySets().get(0)));
        assertEquals("The image set consists of what 1 object refers to: 2 images, of which 1 is known.",
                layout.imageSets().get(0).reasons().get(1).sentence());
    }

    @Test
    void anImageThatIsSelectedAndReferredToIsThereOnce_C_23_1_1_2() {
        Attributes keyObjects = dataSet(Tag.SOPClassUID, UID.KeyObjectSelectionDocumentStorage, Tag.SOPInstanceUID, "1.9",
                Tag.CurrentRequestedProcedureEvidenceSequence, dataSet(Tag.ReferencedSeriesSequence, dataSet(Tag.ReferencedSOPSequence,
                        dataSet(Tag.ReferencedSOPInstanceUID, "1.2"))));
        Attributes protocol = dataSet(Tag.ImageSetsSequence, imageSet(List.of(selector(Tag.SOPClassUID, "UI", Tag.SelectorUIValue,
                new String[] {UID.KeyObjectSelectionDocumentStorage, UID.CTImageStorage})), current(1)), Tag.DisplaySetsSequence,
                displaySet(1, 1, List.of(), box(1, "STACK")));
        Layout layout = HangingProtocolSelection.layout(protocol, Study.of(List.of(
                dataSet(Tag.SOPInstanceUID, "1.1", Tag.SOPClassUID, UID.CTImageStorage),
                dataSet(Tag.SOPInstanceUID, "1.2", Tag.SOPClassUID, UID.CTImageStorage), keyObjects)), List.of());

        assertEquals(List.of("1.1", "1.2"), uids(layout.displaySets().get(0)));
    }

    @Test
    void whatIsNotKnownIsNeitherShownNorCalledEmptyForSure() {
        Study partial = Study.partial(List.of(dataSet(Tag.SOPInstanceUID, "1.1", Tag.Modality, "DX")));
        Layout layout = HangingProtocolSelection.layout(received(chestPaAndLateral()), partial, List.of());

        assertEquals(NOT_EVALUABLE, layout.imageSets().get(0).outcome());
        assertEquals(1, layout.imageSets().get(0).undecided());
        assertEquals(NOT_EVALUABLE, layout.displaySets().get(0).outcome());
        assertEquals("It is not known which images image set 1 has.", layout.displaySets().get(0).reasons().get(0).sentence());
    }

    @Test
    void imagesThatAreUndecidedAreCountedAtEachStep() {
        Study partial = Study.partial(List.of(dataSet(Tag.Modality, "CT", Tag.SliceThickness, "1"), dataSet(Tag.Modality, "CT"),
                dataSet(Tag.SliceThickness, "1")));
        Attributes thin = dataSet(Tag.SelectorAttribute, Tag.SliceThickness, Tag.SelectorAttributeVR, "DS", Tag.SelectorDSValue, "2",
                Tag.SelectorValueNumber, 1, Tag.FilterByOperator, "LESS_THAN");
        Layout layout = HangingProtocolSelection.layout(dataSet(Tag.ImageSetsSequence, imageSet(List.of(selector(Tag.Modality, "CS",
                Tag.SelectorCSValue, "CT")), current(1)), Tag.DisplaySetsSequence, displaySet(1, 1, List.of(thin), box(1, "STACK"))),
                partial, List.of());

        assertEquals(1, layout.imageSets().get(0).undecided());
        assertEquals(1, layout.displaySets().get(0).images().size());
        assertEquals(2, layout.displaySets().get(0).undecided());
    }

    @Test
    void malformedRulesAreSaid() {
        Attributes set = displaySet(1, 1, List.of(dataSet(Tag.FilterByOperator, "MEMBER_OF")), box(1, "STACK"));
        Layout layout = HangingProtocolSelection.layout(dataSet(Tag.ImageSetsSequence, List.of(
                imageSet(List.of(selector(Tag.Modality, "CS", Tag.SelectorCSValue, "CT")), current(1), current(1), dataSet()),
                imageSet(List.of(dataSet()), current(4)), dataSet(Tag.TimeBasedImageSetsSequence, current(5))),
                Tag.DisplaySetsSequence, List.of(set, displaySet(2, 9, List.of()))),
                Study.of(List.of(dataSet(Tag.Modality, "CT"))), List.of());

        assertEquals(List.of(MATCHES, NOT_EVALUABLE, NOT_EVALUABLE, NOT_EVALUABLE, NOT_EVALUABLE),
                layout.imageSets().stream().map(ImageSet::outcome).toList());
        List<String> sentences = layout.imageSets().stream().map(s -> s.reasons().get(s.reasons().size() - 1).sentence()).toList();
        assertEquals("There is another image set of number 1, which is taken.", sentences.get(1));
        assertEquals("An image set has no Image Set Number (0072,0032).", sentences.get(2));
        assertEquals("Selector 1 has no Image Set Selector Usage Flag (0072,0024).", sentences.get(3));
        assertEquals("The image set has no selector.", sentences.get(4));
        assertEquals(NOT_EVALUABLE, layout.displaySets().get(0).outcome());
        assertEquals(1, layout.displaySets().get(0).undecided());
        assertEquals("Filter 1 names no Selector Attribute (0072,0026).", layout.displaySets().get(0).reasons().get(0).sentence());
        assertEquals(List.of("The protocol has no image set of number 9.", "The display set has no image box."),
                layout.displaySets().get(1).reasons().stream().map(Reason::sentence).toList());
        assertEquals("The protocol has no display set.", HangingProtocolSelection.layout(dataSet(), Study.of(List.of()), List.of())
                .reasons().get(0).sentence());
    }

    @Test
    void nothingOfADataSetIsChanged() throws Exception {
        Attributes protocol = received(chestPaAndLateral());
        Attributes instance = xRay("20240620", 1, "LL");
        byte[] before = DatasetCodec.encode(xRay("20240620", 1, "LL"), UID.ExplicitVRLittleEndian);
        HangingProtocolSelection.layout(protocol, Study.of(List.of(instance)), List.of());

        assertArrayEquals(DatasetCodec.encode(chestPaAndLateral(), UID.ExplicitVRLittleEndian),
                DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian));
        assertArrayEquals(before, DatasetCodec.encode(instance, UID.ExplicitVRLittleEndian));
        assertTrue(instance.getValue(Tag.Modality) instanceof byte[]);
    }
}
