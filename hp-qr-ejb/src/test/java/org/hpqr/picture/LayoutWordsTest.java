package org.hpqr.picture;

import static org.hpqr.picture.ProtocolBuilder.frame;
import static org.hpqr.picture.ProtocolBuilder.priors;
import static org.hpqr.picture.ProtocolBuilder.selector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words for what a protocol shows where (PS3.3 C.23.1, C.23.3). */
class LayoutWordsTest {

    static Stream<Arguments> periods() {
        return Stream.of(
                arguments(frame(9, 0, 0, "MINUTES"), "current CT"),
                arguments(frame(9, 6, 12, "MONTHS"), "6 to 12 months older CT"),
                arguments(frame(9, 2, 2, "YEARS"), "2 years older CT"),
                arguments(priors(9, 1, 1), "prior CT"),
                arguments(priors(9, 3, 3), "prior 3 CT"),
                arguments(priors(9, 1, 3), "prior 1 to 3 CT"),
                arguments(priors(9, -1, -1), "oldest prior CT"),
                arguments(priors(9, 1, -1), "all prior CT"),
                arguments(priors(9, 2, -1), "prior 2 and older CT"),
                arguments(new Attributes(), "CT"));
    }

    @ParameterizedTest
    @MethodSource("periods")
    void thePeriodOfAnImageSet(Attributes frame, String expected) {
        frame.setInt(Tag.ImageSetNumber, VR.US, 9);
        ProtocolBuilder builder = new ProtocolBuilder().imageSet(frame, selector(Tag.Modality, "CT"));
        builder.displaySet(9, 0, 1, 1, 0);

        assertEquals(List.of("Screen: " + expected + ", stack."), words(builder));
    }

    static Stream<Arguments> selectors() {
        Attributes optional = selector(Tag.BodyPartExamined, "KNEE");
        optional.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "MATCH");
        Attributes unnamed = new Attributes();
        unnamed.setInt(Tag.SelectorAttribute, VR.AT, 0x00091001);
        unnamed.setString(Tag.SelectorLOValue, VR.LO, "x");
        Attributes missing = selector(Tag.SeriesDescription, "scout");
        missing.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "MATCH");
        return Stream.of(
                arguments(new Attributes[] {selector(Tag.BodyPartExamined, "CHEST")}, "current chest images"),
                arguments(new Attributes[] {optional}, "current knee images"),
                arguments(new Attributes[] {selector(Tag.Modality, "CR", "DX")}, "current CR or DX"),
                arguments(new Attributes[] {selector(Tag.Modality, "MG"), selector(Tag.ImageLaterality, "L")}, "current left MG"),
                arguments(new Attributes[] {selector(Tag.ViewPosition, "LL")}, "current images, View Position LL"),
                arguments(new Attributes[] {missing}, "current images, Series Description scout (or not given)"),
                arguments(new Attributes[] {unnamed}, "current images, (0009,1001) x"),
                arguments(new Attributes[] {selector(Tag.BodyPartExamined, "TOOTH")}, "current TOOTH images"));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void theSelectorsOfAnImageSet(Attributes[] selectors, String expected) {
        ProtocolBuilder builder = new ProtocolBuilder().imageSet(frame(9, 0, 0, "MINUTES"), selectors);
        builder.displaySet(9, 0, 1, 1, 0);

        assertEquals(List.of("Screen: " + expected + ", stack."), words(builder));
    }

    @ParameterizedTest
    @CsvSource({
        "MEMBER_OF,       Slice Thickness 5",
        "NOT_MEMBER_OF,   Slice Thickness not 5",
        "RANGE_INCL,      Slice Thickness from 5 to ?",
        "GREATER_OR_EQUAL,Slice Thickness at least 5",
        "LESS_THAN,       Slice Thickness below 5",
        "NEARBY,          Slice Thickness NEARBY 5",
    })
    void theOperatorOfAFilter(String operator, String expected) {
        ProtocolBuilder builder = new ProtocolBuilder();
        Attributes filter = new Attributes();
        filter.setInt(Tag.SelectorAttribute, VR.AT, Tag.SliceThickness);
        filter.setString(Tag.SelectorDSValue, VR.DS, "5");
        filter.setString(Tag.FilterByOperator, VR.CS, operator);
        filter.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "NO_MATCH");
        builder.displaySet(1, 0, 1, 1, 0).newSequence(Tag.FilterOperationsSequence, 1).add(filter);

        assertEquals(List.of("Screen: current CT, " + expected + ", stack."), words(builder));
        filter.remove(Tag.ImageSetSelectorUsageFlag);
        assertEquals(List.of("Screen: current CT, " + expected + " (or not given), stack."), words(builder),
                "PS3.3 Table C.23.3-1: MATCH is assumed");
    }

    @Test
    void thePlaneOfAFilterIsSaidAsRadiologistsDo() {
        ProtocolBuilder builder = new ProtocolBuilder();
        Attributes filter = new Attributes();
        filter.setString(Tag.FilterByCategory, VR.CS, "IMAGE_PLANE");
        filter.setString(Tag.SelectorCSValue, VR.CS, "TRANSVERSE");
        filter.setString(Tag.FilterByOperator, VR.CS, "MEMBER_OF");
        builder.displaySet(1, 0, 1, 1, 0).newSequence(Tag.FilterOperationsSequence, 1).add(filter);

        assertEquals(List.of("Screen: current CT, axial, stack."), words(builder));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   1,   0.5,  0,   Left screen",
        "0.5, 1,   1,    0,   Right screen",
        "0,   1,   1,    0,   All screens",
        "0,   1,   0.25, 0.5, 'Left screen, top left'",
        "0.75,0.5, 1,    0,   'Right screen, bottom right'",
        "0,   1,   0.5,  0.5, 'Left screen, top'",
        "1.2, 1,   1.5,  0,   Outside the screens",
        "9,   1,   9.5,  0,   Position unknown",
    })
    void thePlaceOfABoxOnTwoScreens(double x1, double y1, double x2, double y2, String expected) {
        ProtocolBuilder builder = new ProtocolBuilder().numberOfScreens(2);
        builder.displaySet(1, x1, y1, x2, y2);

        assertEquals(List.of(expected + ": current CT, stack."), words(builder));
    }

    @Test
    void fourScreensSideBySideHaveNumbersFromTheLeft() {
        ProtocolBuilder builder = new ProtocolBuilder().numberOfScreens(4);
        builder.displaySet(1, 0.25, 1, 0.5, 0);
        builder.displaySet(1, 0.25, 1, 0.75, 0);

        assertEquals(List.of("Screen 2: current CT, stack.", "Screens 2 to 3: current CT, stack."), words(builder));
    }

    /** Reviewed: read beside the data sets in src/samples. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ct-one-prior | 1 | en | Left screen: “Current”, current CT, 2 x 2 tiles. Right screen: “Before”, prior CT, 2 x 2 tiles.",
        "chest-xray   | 2 | en | Left screen: “Current DX”, current DX, stack. Right screen: “Prior DX”, prior DX, stack.",
        "mammography  | 2 | de | Alle Bildschirme: „Last time“, MG Voraufnahme, Stapel.",
        "neurosurgery | 2 | de | Linker Bildschirm: „MR, oblique“, MR aktuell, MPR sagittal, Stapel. "
                + "Rechter Bildschirm: „CT, axial“, CT aktuell, Stapel.",
        "utf8         | 1 | en | Left screen: “今回”, current CT, stack. Right screen: “前回”, prior CT, stack.",
    })
    void theSamplesInWords(String sample, int group, String language, String expected) throws IOException {
        LayoutWords words = LayoutWords.of(read(sample), Language.of(language));

        assertEquals(expected, String.join(" ", words.sentences(group)));
    }

    @Test
    void theTitleNamesTheGroupWhereThereAreSeveral() throws IOException {
        assertEquals("Chest X-ray – group 2", LayoutWords.of(read("chest-xray"), Language.ENGLISH).title(2));
        assertEquals("CT 1 prior", LayoutWords.of(read("ct-one-prior"), Language.ENGLISH).title(1));
    }

    @Test
    void allLanguagesHaveTheSamePhrases() {
        for (Language language : Language.values())
            assertEquals(Phrases.of(Language.ENGLISH).keys(), Phrases.of(language).keys(), language.name());
    }

    @ParameterizedTest
    @CsvSource({"de, GERMAN", "'de-AT,en;q=0.8', GERMAN", "'fr,en;q=0.5,de;q=0.7', GERMAN", "en-GB, ENGLISH", "fr, ENGLISH",
        "'', ENGLISH", "';;;q=x', ENGLISH"})
    void theLanguageAskedForMostIsChosen(String acceptLanguage, Language expected) {
        assertEquals(expected, Language.of(acceptLanguage));
    }

    @ParameterizedTest
    @CsvSource({"ENGLISH,20250102,'Jan 2, 2025'", "GERMAN,20250102,02.01.2025", "GERMAN,20250230,20250230", "ENGLISH,2025,2025", "ENGLISH,'',''"})
    void datesAreWrittenAsTheReaderDoes(Language language, String date, String expected) {
        assertEquals(expected, language.date(date));
    }

    private static List<String> words(ProtocolBuilder builder) {
        return LayoutWords.of(builder.protocol(), Language.ENGLISH).sentences(1);
    }

    private static Attributes read(String sample) throws IOException {
        try (DicomInputStream in = new DicomInputStream(new File("../src/samples/" + sample + ".dcm"))) {
            return in.readDataset(-1, -1);
        }
    }

    @Test
    void everyPartOfAProtocolIsSaid() {
        LayoutWords words = LayoutWords.of(CompleteProtocol.make(), Language.ENGLISH);

        assertEquals(List.of("Left screen: 2048 x 2560 pixels, 10 bits gray", "Right screen: 2048 x 2560 pixels, 8 bits color"), words.screens());
        assertEquals(List.of("1 Now", "2 Oldest", "3 "), words.imageSets().stream().map(set -> set.number() + " " + set.label()).toList());
        assertTrue(words.imageSets().get(1).sentences().get(0).startsWith("Oldest prior CT"), () -> words.imageSets().toString());
        assertEquals(List.of("1 Tiled", "2 Cine by rate"),
                words.displaySets(1).stream().map(set -> set.number() + " " + set.label()).toList());
        List<String> ofDisplaySets = words.displaySets(1).stream().flatMap(set -> set.sentences().stream()).toList();
        assertEquals(Stream.concat(ofDisplaySets.stream(), Stream.of("“Tiled” and “Cine by rate” scroll together.")).toList(), words.sentences(1));
        assertTrue(ofDisplaySets.get(0).contains("3D MIP coronal"), ofDisplaySets.get(0));
        assertTrue(ofDisplaySets.get(0).contains("Modality Chan Susan "), ofDisplaySets.get(0));
    }

    /** What the badges of the picture say is said to those who cannot see it, too. */
    @Test
    void howImagesLook() {
        ProtocolBuilder builder = new ProtocolBuilder();
        Attributes set = builder.displaySet(1, 0, 1, 1, 0);
        set.setString(Tag.VOIType, VR.CS, "LUNG");
        set.setString(Tag.PseudoColorType, VR.CS, "HOT_IRON");
        set.setString(Tag.ShowGrayscaleInverted, VR.CS, "YES");
        set.setString(Tag.ShowImageTrueSizeFlag, VR.CS, "YES");

        assertEquals(List.of("Screen: current CT, stack, window: lung, colors: hot iron, inverted, true size."), words(builder));
        assertEquals(List.of("Bildschirm: CT aktuell, Stapel, Fenster: Lunge, Farben: Hot Iron, invertiert, Originalgröße."),
                LayoutWords.of(builder.protocol(), Language.GERMAN).sentences(1));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "MAINTAIN_LAYOUT,'If images are missing, the layout stays as it is and image boxes stay empty.'",
        "ADAPT_LAYOUT,'If images are missing, the layout is adapted to those that exist.'",
        "SOMETHING,none", "'',none"})
    void whatIsShownIfImagesAreMissing(String handling, String expected) {
        Attributes protocol = new ProtocolBuilder().protocol();
        protocol.setString(Tag.PartialDataDisplayHandling, VR.CS, handling);

        assertEquals(expected, LayoutWords.of(protocol, Language.ENGLISH).partialData().orElse(null));
    }

    /** A wall of two by two screens with a large one at its right. */
    @Test
    void screensAreSaidInTheOrderInWhichTheyAreCounted() {
        ProtocolBuilder builder = new ProtocolBuilder().screen(1, 1, 0, 1, 0.25, 0.5).screen(2, 2, 0, 0.5, 0.25, 0)
                .screen(3, 3, 0.25, 1, 0.5, 0.5).screen(4, 4, 0.25, 0.5, 0.5, 0).screen(5, 5, 0.5, 1, 1, 0);

        assertEquals(List.of("Screen 1: 1 x 1", "Screen 2: 3 x 3", "Screen 3: 5 x 5", "Screen 4: 2 x 2", "Screen 5: 4 x 4"),
                LayoutWords.of(builder.protocol(), Language.ENGLISH).screens().stream().map(said -> said.replaceFirst(" pixels.*", "")).toList());
    }

    /** Nothing is hidden, and no label turns round the words that follow it. */
    @Test
    void whatCannotBeSeenIsReplaced() {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 1, 0).setString(Tag.DisplaySetLabel, VR.LO, "left\u202Ethgir\u2066 a\u0085\u001bb");

        assertEquals(List.of("Screen: “left\uFFFDthgir\uFFFD a\uFFFD\uFFFDb”, current CT, stack."), words(builder));
    }

    @Test
    void aNameOfAPersonIsReadInItsGroups() {
        Attributes selector = new Attributes();
        selector.setInt(Tag.SelectorAttribute, VR.AT, Tag.OperatorsName);
        selector.setString(Tag.SelectorPNValue, VR.PN, "Yamada^Tarou=山田^太郎=やまだ^たろう");
        ProtocolBuilder builder = new ProtocolBuilder().imageSet(frame(9, 0, 0, "MINUTES"), selector);
        builder.displaySet(9, 0, 1, 1, 0);

        assertEquals(List.of("Screen: current images, Operators Name Yamada Tarou / 山田 太郎 / やまだ たろう, stack."), words(builder));
    }

    /** As PS3.6 has them. */
    @ParameterizedTest
    @CsvSource({"SOPInstanceUID,SOP Instance UID", "HangingProtocolCreationDateTime,Hanging Protocol Creation DateTime",
        "NumberOfPriorsReferenced,Number of Priors Referenced", "ReasonForRequestedProcedureCodeSequence,Reason for Requested Procedure Code Sequence",
        "SelectorCSValue,Selector CS Value", "ThreeDRenderingType,3D Rendering Type", "FilterByCategory,Filter-by Category", "VOIType,VOI Type",
        "SortByCategory,Sort-by Category", "PseudoColorType,Pseudo-Color Type", "CineRelativeToRealTime,Cine Relative to Real-Time",
        "TimezoneOffsetFromUTC,Timezone Offset From UTC", "URNCodeValue,URN Code Value", "Modality,Modality"})
    void attributesHaveTheirNames(String keyword, String name) {
        assertEquals(name, AttributeName.of(keyword));
    }
}
