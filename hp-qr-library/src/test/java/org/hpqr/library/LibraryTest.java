package org.hpqr.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.dataset.DatasetCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The definitions in src/library, and what the generator makes of definitions. */
class LibraryTest {

    private static final String DEFINITION = """
            name: Test
            description: A test
            studies: [{modality: CT}]
            screens: 2
            image sets:
              current: {modality: CT, body part: CHEST}
              prior: {modality: CT, prior: 2}
            groups:
              - grid: 2x1
                boxes: [{show: current}, {show: prior}]
            """;

    static Stream<Map.Entry<String, Attributes>> library() throws Exception {
        return WriteLibrary.read(Path.of("../src/library")).entrySet().stream();
    }

    @Test
    void thereAreAtLeastFortyProtocolsWithNamesOfTheirOwn() throws Exception {
        long names = library().map(entry -> entry.getValue().getString(Tag.HangingProtocolName)).distinct().count();

        assertEquals(library().count(), names);
        assertTrue(names >= 40, "only " + names);
    }

    @Test
    void everyModalityOfTheReadingRoomIsThere() throws Exception {
        var modalities = library().flatMap(entry -> entry.getValue().getSequence(Tag.HangingProtocolDefinitionSequence).stream())
                .map(study -> study.getString(Tag.Modality)).collect(Collectors.toSet());

        assertTrue(modalities.containsAll(Set.of("CT", "MR", "CR", "DX", "MG", "US", "NM", "PT", "XA", "RF", "PX", "IO")),
                modalities.toString());
    }

    /** For one and two screens, with and without priors. */
    @ParameterizedTest
    @CsvSource({"ct-.*", "mr-.*", "dx-chest.*", "dx-(?!chest).*", "mg-screening.*", "mg-tomosynthesis.*", "us-.*", "nm-.*|pet-.*", "xa-.*",
        "px-.*|io-.*", ".*-cad.*"})
    void eachKindIsThereForEachReadingRoom(String files) throws Exception {
        Set<List<Object>> found = library().filter(entry -> entry.getKey().matches(files)).map(Map.Entry::getValue)
                .map(protocol -> List.<Object>of(protocol.getInt(Tag.NumberOfScreens, 0), protocol.getInt(Tag.NumberOfPriorsReferenced, 0) > 0))
                .collect(Collectors.toSet());

        assertTrue(found.containsAll(Set.of(List.of(1, false), List.of(1, true), List.of(2, false), List.of(2, true))), found.toString());
    }

    /** PS3.3 A.55: a tomosynthesis says its side in the functional groups of its frames, and its view by a code. */
    @Test
    void tomosynthesisIsFoundWhereItSaysSideAndView() {
        Sequence selectors = make(DEFINITION.replace("{modality: CT, body part: CHEST}", "{image: tomosynthesis, side: L, view: MLO}"))
                .getSequence(Tag.ImageSetsSequence).get(0).getSequence(Tag.ImageSetSelectorSequence);

        assertEquals(Tag.VolumetricProperties, selectors.get(0).getInt(Tag.SelectorAttribute, 0));
        assertEquals("VOLUME", selectors.get(0).getString(Tag.SelectorCSValue));
        assertEquals(Tag.FrameLaterality, selectors.get(1).getInt(Tag.SelectorAttribute, 0));
        assertEquals(Tag.FrameAnatomySequence, selectors.get(1).getInt(Tag.FunctionalGroupPointer, 0));
        assertEquals(Tag.ViewCodeSequence, selectors.get(2).getInt(Tag.SelectorAttribute, 0));
        assertEquals("399368009", selectors.get(2).getSequence(Tag.SelectorCodeSequenceValue).get(0).getString(Tag.CodeValue));
    }

    /** Right breasts to the right, left ones to the left, so that the chest walls of both meet in the middle; nipples at the outside. */
    @ParameterizedTest
    @CsvSource({"R, CC, P\\L, RIGHT", "L, CC, A\\R, LEFT", "R, MLO, P\\FL, RIGHT", "L, MLO, A\\FR, LEFT"})
    void mammogramsAreHungBackToBack(String side, String view, String orientation, String justification) {
        Attributes set = make(DEFINITION.replace("{modality: CT, body part: CHEST}", "{modality: MG, side: " + side + ", view: " + view + "}"))
                .getSequence(Tag.DisplaySetsSequence).get(0);

        assertEquals(orientation, String.join("\\", set.getStrings(Tag.DisplaySetPatientOrientation)));
        assertEquals(justification, set.getString(Tag.DisplaySetHorizontalJustification));
    }

    /** Images for processing are in the study, too, and are not to be read. */
    @Test
    void mammographyShowsNoImagesForProcessing() throws Exception {
        List<String> without = library().filter(entry -> entry.getValue().getSequence(Tag.ImageSetsSequence).stream()
                .map(set -> set.getSequence(Tag.ImageSetSelectorSequence).stream().map(LibraryTest::wanted).toList())
                .anyMatch(wanted -> wanted.contains("MG") && !wanted.contains("FOR PRESENTATION") && !wanted.contains("VOLUME")))
                .map(Map.Entry::getKey).toList();

        assertEquals(List.of(), without);
    }

    private static String wanted(Attributes selector) {
        return selector.getString(Tag.SelectorCSValue, "");
    }

    /** A report or a screenshot among the images has no plane, and is not to be shown in it. */
    @Test
    void whatHasNoPlaneIsNotShownInOne_C_23_3_1_1() {
        Attributes filter = make(DEFINITION.replace("{show: current}", "{show: current, plane: CORONAL}"))
                .getSequence(Tag.DisplaySetsSequence).get(0).getSequence(Tag.FilterOperationsSequence).get(0);

        assertEquals("NO_MATCH", filter.getString(Tag.ImageSetSelectorUsageFlag));
    }

    /** Each step of a protocol says what it is for; with other windows, the same boxes are another step. */
    @Test
    void theGalleryTellsTheStepsOfAProtocolApart(@TempDir Path pictures) throws Exception {
        String gallery = WriteLibrary.gallery(WriteLibrary.read(Path.of("../src/library")), pictures);

        for (String protocol : gallery.split("<section ")) {
            List<String> captions = Pattern.compile("<figcaption>(.*?)</figcaption>").matcher(protocol).results().map(found -> found.group(1)).toList();
            assertEquals(captions.size(), Set.copyOf(captions).size(), captions::toString);
        }
        assertTrue(gallery.contains("<a href=\"#ct-chest-prior\">CT Chest prior</a>"), "the list at the top");
        assertTrue(gallery.contains("Chest CT beside the newest prior. 2 screens, 1 prior (<code>ct-chest-prior.yaml</code>)"), "screens, priors");
    }

    @ParameterizedTest
    @MethodSource("library")
    void eachImageSetIsShownSomewhere(Map.Entry<String, Attributes> entry) {
        Sequence sets = entry.getValue().getSequence(Tag.ImageSetsSequence);
        var shown = entry.getValue().getSequence(Tag.DisplaySetsSequence).stream()
                .map(set -> set.getInt(Tag.ImageSetNumber, 0)).collect(Collectors.toSet());

        assertEquals(sets.size(), shown.size());
    }

    @Test
    void theUidIsMadeOfTheNameAndStaysTheSame() {
        // a released library must replace itself, not add a second one
        assertEquals("2.25.77738983031016012570896748353169117000", ProtocolDefinition.uidOf("dx-chest-prior"));
    }

    /** What the page loads: the same files as the command, and what it needs to find them again. */
    @Test
    void theArchiveHasEachProtocolAsItIsListed() throws Exception {
        Map<String, Attributes> protocols = WriteLibrary.read(Path.of("../src/library"));
        String list = WriteLibrary.list(protocols);

        int files = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(WriteLibrary.zip(protocols)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Attributes stored = new DicomInputStream(new ByteArrayInputStream(zip.readAllBytes())).readDataset(-1, -1);
                assertTrue(list.contains("{\"uid\": \"" + stored.getString(Tag.SOPInstanceUID) + "\", \"name\": \""
                        + stored.getString(Tag.HangingProtocolName) + "\", \"digest\": \"" + DatasetCodec.contentDigest(stored) + "\"}"), entry.getName());
                files++;
            }
        }
        assertEquals(protocols.size(), files);
    }

    @Test
    void boxesFillTheGridInReadingOrder() {
        Attributes made = make(DEFINITION.replace("grid: 2x1", "grid: 2x2")
                .replace("[{show: current}, {show: prior}]", "[{show: current, high: 2}, {show: prior}, {show: prior}]"));

        assertArrayEquals(new double[] {0, 1, 0.5, 0}, position(made, 0));
        assertArrayEquals(new double[] {0.5, 1, 1, 0.5}, position(made, 1));
        assertArrayEquals(new double[] {0.5, 0.5, 1, 0}, position(made, 2));
    }

    @Test
    void theNumberOfPriorsIsThatOfTheImageSets() {
        assertEquals(2, make(DEFINITION).getInt(Tag.NumberOfPriorsReferenced, -1));
    }

    @Test
    void boxesThatScrollTogetherAreListed() {
        Attributes made = make(DEFINITION.replace("{show: current}, {show: prior}",
                "{show: current, scroll with: a}, {show: prior, scroll with: a}"));

        assertArrayEquals(new int[] {1, 2},
                made.getSequence(Tag.SynchronizedScrollingSequence).get(0).getInts(Tag.DisplaySetScrollingGroup));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name: Test        | nam: Test          | name is missing",
        "screens: 2        | screens: two       | screens must be a whole number",
        "screens: 2        | screns: 2          | screns is not a field of it",
        "show: current}, { | show: currant}, {  | there is no image set \"currant\" to show",
        "grid: 2x1         | grid: 3x1          | more cells than boxes",
        "grid: 2x1         | grid: 1x1          | more boxes than cells",
        "grid: 2x1         | grid: wide         | is not COLUMNSxROWS",
        "show: current}, { | show: current, high: 2}, { | reaches out of the grid",
        "prior: 2          | image: 3D          | image has to be one of [2D, tomosynthesis]",
        "A test            | ''                 | description is missing",
        "name: Test        | name: A name of more than 16 characters | Over 16 characters (0072,0002)",
    })
    void aMistakeIsNamed(String right, String wrong, String message) {
        InvalidDefinitionException e = assertThrows(InvalidDefinitionException.class, () -> make(DEFINITION.replace(right, wrong)));

        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static Attributes make(String definition) {
        return ProtocolDefinition.toDataset("test", new Yaml().load(definition));
    }

    private static double[] position(Attributes protocol, int displaySet) {
        return protocol.getSequence(Tag.DisplaySetsSequence).get(displaySet).getSequence(Tag.ImageBoxesSequence).get(0)
                .getDoubles(Tag.DisplayEnvironmentSpatialPosition);
    }
}
