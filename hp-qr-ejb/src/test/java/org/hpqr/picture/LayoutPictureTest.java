package org.hpqr.picture;

import static org.hpqr.picture.SvgDocument.first;
import static org.hpqr.picture.SvgDocument.number;
import static org.hpqr.picture.SvgDocument.rectangle;
import static org.hpqr.picture.SvgDocument.title;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.picture.LayoutPicture.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What stands where in the picture of a protocol (PS3.3 C.23.2, C.23.3). */
class LayoutPictureTest {

    @Test
    void yIsTurnedRoundAsPositionsHaveTheirOriginAtTheBottomLeft() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder().screen(1000, 1000, 0, 1, 1, 0);
        builder.displaySet(1, 0, 1, 0.5, 0.75);

        Rectangle box = rectangle(SvgDocument.of(builder.protocol()).groups("box").get(0));

        // upper left quarter of the height, with an inset of 4
        assertEquals(new Rectangle(4, 4, 476, 236), box);
    }

    @Test
    void screensOfDifferentSizesAreToScale() throws Exception {
        Attributes protocol = new ProtocolBuilder().screen(1000, 1000, 0, 0.5, 0.5, 0).screen(1000, 2000, 0.5, 1, 1, 0).protocol();

        List<Rectangle> screens = SvgDocument.of(protocol).groups("screen").stream().map(SvgDocument::rectangle).toList();

        assertEquals(new Rectangle(0, 480, 480, 960), screens.get(0));
        assertEquals(new Rectangle(480, 0, 960, 960), screens.get(1));
    }

    @Test
    void withoutNominalScreensAsManyEqualOnesAreDrawnAsNumberOfScreensSays() throws Exception {
        SvgDocument svg = SvgDocument.of(new ProtocolBuilder().numberOfScreens(3).protocol());

        List<Rectangle> screens = svg.groups("screen").stream().map(SvgDocument::rectangle).toList();

        assertEquals(List.of(new Rectangle(0, 0, 320, 240), new Rectangle(320, 0, 640, 240), new Rectangle(640, 0, 960, 240)),
                screens);
    }

    @Test
    void aProtocolWithNothingInItIsOneEmptyScreen() throws Exception {
        SvgDocument svg = SvgDocument.of(new Attributes());

        assertEquals(1, svg.groups("screen").size());
        assertEquals(List.of(), svg.groups("box"));
        assertEquals(List.of(), LayoutPicture.of(new Attributes()).groups());
    }

    @Test
    void onlyTheDisplaySetsOfThePresentationGroupAreDrawn() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 1, 0);
        builder.displaySet(2, 0, 1, 1, 0).setInt(Tag.DisplaySetPresentationGroup, VR.US, 7);

        assertEquals(List.of(1, 7), LayoutPicture.of(builder.protocol()).groups());
        List<Element> boxes = SvgDocument.of(builder.protocol(), 7, Language.ENGLISH, Detail.FULL).groups("box");
        assertEquals(List.of("2"), boxes.stream().map(box -> box.getAttribute("data-display-set")).toList());
    }

    @Test
    void ofOverlappingBoxesTheOneOfPriority1IsDrawnLast() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        for (int priority : new int[] {1, 100, 50})
            ProtocolBuilder.boxOf(builder.displaySet(1, 0, 1, 1, 0)).setInt(Tag.ImageBoxOverlapPriority, VR.US, priority);
        builder.displaySet(1, 0, 1, 1, 0);

        List<String> drawn = SvgDocument.of(builder.protocol()).groups("box").stream()
                .map(box -> box.getAttribute("data-display-set")).toList();

        assertEquals(List.of("2", "4", "3", "1"), drawn, "from the back to the front; without a priority as with the lowest");
    }

    /** Table C.23.3-1 does not say which one is in front: the smaller one, or it could not be seen. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100})
    void ofOverlappingBoxesWithoutAnOrderTheSmallestIsDrawnLast(int priorityOfTheLargest) throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0.4, 0.6, 0.6, 0.4);
        Attributes largest = ProtocolBuilder.boxOf(builder.displaySet(1, 0, 1, 1, 0));
        builder.displaySet(1, 0.2, 0.8, 0.8, 0.2);
        if (priorityOfTheLargest > 0)
            largest.setInt(Tag.ImageBoxOverlapPriority, VR.US, priorityOfTheLargest);

        List<String> drawn = SvgDocument.of(builder.protocol()).groups("box").stream()
                .map(box -> box.getAttribute("data-display-set")).toList();

        assertEquals(priorityOfTheLargest == 7 ? List.of("3", "1", "2") : List.of("2", "3", "1"), drawn);
    }

    @Test
    void whatStandsBelowThePictureIsAsLargeAsThePictureNeeds() throws Exception {
        assertEquals(13, sizeOfRemarks(0, 1), 0.1);
        assertEquals(26, sizeOfRemarks(-0.5, 1.5), 0.1);
    }

    private static double sizeOfRemarks(double left, double right) throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder().screen(1000, 1000, 0, 1, 1, 0);
        builder.displaySet(1, left, 1, right, 0);
        List<Element> texts = SvgDocument.of(builder.protocol()).all("text");
        return Double.parseDouble(texts.get(texts.size() - 1).getAttribute("font-size"));
    }

    @Test
    void withAStudyTheBoxesHaveItsSeriesAndTheEmptyOnesAreMarked() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder().screen(1000, 1000, 0, 1, 1, 0);
        builder.displaySet(1, 0, 1, 0.5, 0);
        builder.displaySet(1, 0.5, 1, 1, 0);
        LayoutPicture picture = LayoutPicture.of(builder.protocol());

        SvgDocument svg = SvgDocument.parse(picture.svg(1, Language.ENGLISH, (set, box) -> set == 1 && box == 1 ? "Thorax × 3" : ""));

        assertTrue(svg.texts().contains("Thorax × 3"), svg.texts()::toString);
        assertTrue(svg.texts().contains("empty"), svg.texts()::toString);
        List<Element> empty = svg.groups("empty");
        assertEquals(List.of("2"), empty.stream().map(box -> box.getAttribute("data-display-set")).toList());
        assertEquals("8 4", first(empty.get(0), "rect").getAttribute("stroke-dasharray"));
        assertTrue(title(svg.groups("box").get(0)).endsWith("For this study: Thorax × 3."), title(svg.groups("box").get(0)));
        assertTrue(SvgDocument.parse(picture.svg(1, Language.GERMAN, (set, box) -> "")).texts().contains("leer"));
        assertEquals(List.of(), SvgDocument.of(builder.protocol()).groups("empty"), "without a study nothing is empty");
    }

    @Test
    void aBoxOutsideTheScreensIsDrawnAndMarked() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder().screen(1000, 1000, 0, 1, 1, 0);
        builder.displaySet(1, -0.5, 1, 0.5, 0);
        builder.displaySet(1, 0.5, 1, 1, 0);

        SvgDocument svg = SvgDocument.of(builder.protocol());

        assertEquals(1, svg.groups("outside").size());
        Element outside = svg.groups("outside").get(0);
        assertEquals("Screen (partly outside the screens): current CT, stack.", title(outside));
        assertEquals(-476, rectangle(outside).left());
        double viewLeft = Double.parseDouble(svg.root().getAttribute("viewBox").split(" ")[0]);
        assertTrue(viewLeft <= -480, "it is in view");
    }

    @Test
    void aBoxVeryFarAwayDoesNotMakeTheRestInvisible() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder().screen(1000, 1000, 0, 1, 1, 0);
        builder.displaySet(1, 0, 1, 1e300, -1e300);

        String[] view = SvgDocument.of(builder.protocol()).root().getAttribute("viewBox").split(" ");

        assertTrue(Double.parseDouble(view[2]) < 4 * 960, view[2]);
    }

    @Test
    void boxesWithoutAPositionAreCountedBelowThePicture() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1);
        builder.displaySet(1, 0, Double.NaN, 1, 0);
        builder.displaySet(1, 0.5, 1, 0.5, 0);

        SvgDocument svg = SvgDocument.of(builder.protocol());

        assertEquals(List.of(), svg.groups("box"));
        assertTrue(svg.texts().contains("Image boxes without a position that can be drawn: 3"), svg.texts().toString());
    }

    @Test
    void tilesAreLinesBetweenThem() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        Attributes box = ProtocolBuilder.boxOf(builder.displaySet(1, 0, 1, 1, 0));
        box.setString(Tag.ImageBoxLayoutType, VR.CS, "TILED");
        box.setInt(Tag.ImageBoxTileHorizontalDimension, VR.US, 3);
        box.setInt(Tag.ImageBoxTileVerticalDimension, VR.US, 2);

        String path = first(SvgDocument.of(builder.protocol()).groups("box").get(0), "path").getAttribute("d");

        assertEquals(2, path.chars().filter(c -> c == 'v').count());
        assertEquals(1, path.chars().filter(c -> c == 'h').count());
    }

    @Test
    void displaySetsThatScrollTogetherAreConnected() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder().scrollTogether(1, 2).scrollTogether(1, 9);
        builder.displaySet(1, 0, 1, 0.5, 0);
        builder.displaySet(2, 0.5, 1, 1, 0);

        List<Element> scrolling = SvgDocument.of(builder.protocol()).groups("scrolling");

        assertEquals(1, scrolling.size(), "the other one has nothing to be connected with");
        assertEquals("Display set 1 and display set 2 scroll together", title(scrolling.get(0)));
    }

    @Test
    void badgesSayHowImagesAreShown() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        Attributes set = builder.displaySet(1, 0, 1, 1, 0);
        set.setString(Tag.ReformattingOperationType, VR.CS, "MPR");
        set.setString(Tag.VOIType, VR.CS, "BONE");
        set.setString(Tag.ShowGrayscaleInverted, VR.CS, "YES");
        set.setString(Tag.ShowImageTrueSizeFlag, VR.CS, "YES");

        List<String> texts = SvgDocument.of(builder.protocol()).texts();

        assertTrue(texts.containsAll(List.of("stack", "MPR", "window: bone", "inverted", "true size")), texts.toString());
    }

    @Test
    void currentAndPriorDifferInColorAndInWords() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 0.5, 0);
        builder.displaySet(2, 0.5, 1, 1, 0);

        List<Element> boxes = SvgDocument.of(builder.protocol()).groups("box");

        assertEquals(2, boxes.stream().map(box -> first(box, "rect").getAttribute("fill")).distinct().count());
        assertEquals(List.of("Left: current CT, stack.", "Right: prior CT, stack."), boxes.stream().map(SvgDocument::title).toList());
    }

    @ParameterizedTest
    @EnumSource(Detail.class)
    void thePictureSaysTheSameInWords(Detail detail) throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 0.5, 0);
        builder.displaySet(2, 0.5, 1, 1, 0);

        SvgDocument svg = SvgDocument.of(builder.protocol(), 1, Language.ENGLISH, detail);

        assertEquals("img", svg.root().getAttribute("role"));
        assertEquals("Test", first(svg.root(), "title").getTextContent());
        assertEquals("Left: current CT, stack. Right: prior CT, stack.", first(svg.root(), "desc").getTextContent());
    }

    @Test
    void aThousandBoxesAreAllDrawn() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        for (int i = 0; i < 1_000; i++)
            builder.displaySet(1, i % 40 / 40.0, (i / 40 + 1) / 25.0, (i % 40 + 1) / 40.0, i / 40 / 25.0);

        assertEquals(1_000, SvgDocument.of(builder.protocol()).groups("box").size());
    }

    @Test
    void moreBoxesThanAPictureHoldsAreCounted() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        Sequence boxes = builder.displaySet(1, 0, 1, 1, 0).getSequence(Tag.ImageBoxesSequence);
        IntStream.rangeClosed(2, Layout.MAX_BOXES + 3).forEach(number -> boxes.add(ProtocolBuilder.box(number, 0, 1, 1, 0)));

        SvgDocument svg = SvgDocument.of(builder.protocol());

        assertEquals(Layout.MAX_BOXES, svg.groups("box").size());
        assertTrue(svg.texts().contains("Further image boxes that are not drawn: 3"), svg.texts().toString());
    }

    @Test
    void textsOfAProtocolCannotBecomeMarkup() throws Exception {
        String hostile = "\"/><script>alert(1)</script>&'\u001b\u0007";
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.protocol().setString(Tag.HangingProtocolName, VR.SH, hostile);
        Attributes set = builder.displaySet(1, 0, 1, 1, 0);
        set.setString(Tag.DisplaySetLabel, VR.LO, hostile);
        set.setString(Tag.VOIType, VR.CS, hostile);
        ProtocolBuilder.boxOf(set).setString(Tag.ImageBoxLayoutType, VR.CS, hostile);

        SvgDocument svg = SvgDocument.of(builder.protocol());

        assertEquals(List.of(), svg.all("script"));
        assertTrue(first(svg.root(), "title").getTextContent().startsWith("\"/><script>alert(1)</script>&'"));
    }

    @Test
    void theDirectionOfATextDoesNotReachBeyondIt() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 1, 0).setString(Tag.DisplaySetLabel, VR.LO, "\u202Eevil");

        String svg = LayoutPicture.of(builder.protocol()).svg(1, Language.ENGLISH, Detail.FULL);

        assertFalse(svg.contains("\u202E"));
    }

    @Test
    void rightToLeftTextHasItsDirection() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 1, 0).setString(Tag.DisplaySetLabel, VR.LO, "صدر CT");

        List<Element> texts = SvgDocument.of(builder.protocol()).all("text");

        assertEquals("rtl", texts.stream().filter(text -> text.getTextContent().equals("صدر CT")).findFirst().orElseThrow()
                .getAttribute("direction"));
    }

    @Test
    void wideTextIsBrokenSoThatItFitsItsBox() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        String label = "胸部単純撮影正面像と側面像の比較表示";
        builder.displaySet(1, 0, 1, 0.2, 0).setString(Tag.DisplaySetLabel, VR.LO, label);

        SvgDocument svg = SvgDocument.of(builder.protocol());
        List<Element> lines = svg.all("text").stream().filter(text -> text.getAttribute("font-weight").equals("bold")).toList();

        assertEquals(label, lines.stream().map(Element::getTextContent).collect(Collectors.joining()));
        for (Element line : lines)
            assertTrue(line.getTextContent().length() * number(line, "font-size") <= 0.2 * 960, line.getTextContent());
    }

    @Test
    void valuesOfAnotherVrCountAsAbsent() throws Exception {
        ProtocolBuilder builder = new ProtocolBuilder();
        Attributes set = builder.displaySet(1, 0, 1, 1, 0);
        set.setString(Tag.ImageSetNumber, VR.LO, "one");
        set.setBytes(Tag.DisplaySetLabel, VR.OB, new byte[] {1, 2, 3});
        ProtocolBuilder.boxOf(set).setString(Tag.ImageBoxTileHorizontalDimension, VR.CS, "MANY");
        builder.protocol().setString(Tag.NumberOfScreens, VR.LO, "two");

        assertEquals(List.of("Screen: images, stack."),
                SvgDocument.of(builder.protocol()).groups("box").stream().map(SvgDocument::title).toList());
    }

    @Test
    void theSameProtocolGivesTheSamePicture() {
        ProtocolBuilder builder = new ProtocolBuilder();
        builder.displaySet(1, 0, 1, 1, 0);

        assertEquals(LayoutPicture.of(builder.protocol()).svg(1, Language.GERMAN, Detail.FULL),
                LayoutPicture.of(builder.protocol()).svg(1, Language.GERMAN, Detail.FULL));
    }
}
