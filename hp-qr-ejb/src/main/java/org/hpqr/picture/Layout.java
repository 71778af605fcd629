package org.hpqr.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.hpqr.picture.DisplaySet.ImageBox;
import org.hpqr.picture.ImageSet.Period;
import org.hpqr.picture.ImageSet.Selector;

/**
 * What a Hanging Protocol says about screens, image sets and display sets, read from its data set. Immutable.
 *
 * @param name        Hanging Protocol Name (0072,0002); empty if it has none
 * @param screens     the nominal screens; where none is defined, as many equal ones side by side as Number of Screens
 *                    (0072,0100) says, at least one
 * @param imageSets   of which display sets show images
 * @param displaySets all of them, in the order of the data set
 * @param scrolling   Display Set Scrolling Group (0072,0212): numbers of display sets that scroll together
 * @param partialData Partial Data Display Handling (0072,0208); empty if it has none
 * @param leftOut     image boxes beyond {@link #MAX_BOXES}
 */
record Layout(String name, List<Screen> screens, List<ImageSet> imageSets, List<DisplaySet> displaySets, List<List<Integer>> scrolling,
              String partialData, int leftOut) {

    /** Most image boxes of one protocol that are read. */
    static final int MAX_BOXES = 5_000;
    /** Most items of any other sequence that are read. */
    private static final int MAX_ITEMS = 1_000;
    /** Most tiles in a row or column that are told apart. */
    private static final int MAX_TILES = 0xFFFF;
    /** Most screens that are drawn where none is defined. */
    private static final int MAX_SCREENS = 16;
    private static final int MAX_VALUES = 16;
    /** Most groups of display sets that scroll together, and most display sets of each. */
    private static final int MAX_SCROLLING = 64;

    /** Reads a data set. */
    static Layout of(Attributes protocol) {
        Map<Integer, ImageSet> imageSets = new LinkedHashMap<>();
        for (Attributes item : Elements.items(protocol, Tag.ImageSetsSequence, MAX_ITEMS)) {
            List<Selector> selectors = Elements.items(item, Tag.ImageSetSelectorSequence, MAX_ITEMS).stream()
                    .map(Layout::selector).toList();
            for (Attributes frame : Elements.items(item, Tag.TimeBasedImageSetsSequence, MAX_ITEMS)) {
                int number = Elements.integer(frame, Tag.ImageSetNumber, 0);
                imageSets.putIfAbsent(number,
                        new ImageSet(number, Elements.text(frame, Tag.ImageSetLabel), period(frame), selectors));
            }
        }
        int boxes = 0;
        int leftOut = 0;
        List<DisplaySet> displaySets = new ArrayList<>();
        for (Attributes item : Elements.items(protocol, Tag.DisplaySetsSequence, MAX_BOXES)) {
            List<Attributes> all = Elements.items(item, Tag.ImageBoxesSequence, Integer.MAX_VALUE);
            List<Attributes> read = all.subList(0, Math.min(all.size(), MAX_BOXES - boxes));
            boxes += read.size();
            leftOut += all.size() - read.size();
            displaySets.add(displaySet(item, read.stream().map(Layout::box).toList(), imageSets));
        }
        List<List<Integer>> scrolling = Elements.items(protocol, Tag.SynchronizedScrollingSequence, MAX_SCROLLING).stream()
                .map(item -> integers(item, Tag.DisplaySetScrollingGroup, MAX_SCROLLING)).toList();
        return new Layout(Elements.text(protocol, Tag.HangingProtocolName), screens(protocol), List.copyOf(imageSets.values()),
                List.copyOf(displaySets), scrolling, Elements.text(protocol, Tag.PartialDataDisplayHandling), leftOut);
    }

    /** The presentation groups that it has, in ascending order. */
    List<Integer> groups() {
        return displaySets.stream().map(DisplaySet::group).distinct().sorted().toList();
    }

    /** The display sets of one presentation group. */
    List<DisplaySet> displaySetsOf(int group) {
        return displaySets.stream().filter(set -> set.group() == group).toList();
    }

    /** The display sets of one presentation group that scroll together and have a box each: two of them at least, or none. */
    List<List<DisplaySet>> scrollingOf(int group) {
        Map<Integer, DisplaySet> drawn = new HashMap<>();
        displaySetsOf(group).stream().filter(set -> set.boxes().stream().anyMatch(box -> box.position() != null))
                .forEach(set -> drawn.putIfAbsent(set.number(), set));
        return scrolling.stream().map(numbers -> numbers.stream().distinct().map(drawn::get).filter(Objects::nonNull).toList())
                .filter(sets -> sets.size() > 1).toList();
    }

    /** {@code true} if a part of an image box, beyond an error of rounding, is on no screen. */
    boolean isOutside(Rectangle box) {
        double covered = screens.stream().mapToDouble(screen -> screen.position().overlap(box)).sum();
        return covered < 0.99 * box.width() * box.height();
    }

    private static List<Screen> screens(Attributes protocol) {
        List<Screen> defined = Elements.items(protocol, Tag.NominalScreenDefinitionSequence, MAX_ITEMS).stream()
                .map(Layout::screen).filter(screen -> screen.position() != null).toList();
        if (!defined.isEmpty())
            return defined;
        int number = Math.max(1, Math.min(MAX_SCREENS, Elements.integer(protocol, Tag.NumberOfScreens, 1)));
        return IntStream.range(0, number)
                .mapToObj(i -> new Screen(new Rectangle((double) i / number, 0, (i + 1.0) / number, 1), 0, 0, 0, false))
                .toList();
    }

    private static Screen screen(Attributes item) {
        int gray = Elements.integer(item, Tag.ScreenMinimumGrayscaleBitDepth, 0);
        int color = Elements.integer(item, Tag.ScreenMinimumColorBitDepth, 0);
        return new Screen(Rectangle.of(item), Elements.integer(item, Tag.NumberOfHorizontalPixels, 0),
                Elements.integer(item, Tag.NumberOfVerticalPixels, 0), gray > 0 ? gray : color, gray <= 0 && color > 0);
    }

    private static Period period(Attributes frame) {
        int[] priors = Elements.integers(frame, Tag.AbstractPriorValue);
        if (priors.length == 2)
            return new Period.Priors(priors[0], priors[1]);
        int[] time = Elements.integers(frame, Tag.RelativeTime);
        if (time.length == 2)
            return time[0] == 0 && time[1] == 0 ? new Period.Current()
                    : new Period.Before(time[0], time[1], Elements.text(frame, Tag.RelativeTimeUnits));
        return meanings(frame, Tag.AbstractPriorCodeSequence).stream().findFirst().<Period>map(Period.Coded::new)
                .orElseGet(Period.Unknown::new);
    }

    private static DisplaySet displaySet(Attributes item, List<ImageBox> boxes, Map<Integer, ImageSet> imageSets) {
        Function<Integer, String> text = tag -> Elements.text(item, tag);
        int imageSet = Elements.integer(item, Tag.ImageSetNumber, 0);
        return new DisplaySet(
                Elements.integer(item, Tag.DisplaySetNumber, 0),
                text.apply(Tag.DisplaySetLabel),
                Elements.integer(item, Tag.DisplaySetPresentationGroup, 1),
                text.apply(Tag.DisplaySetPresentationGroupDescription),
                imageSets.getOrDefault(imageSet, ImageSet.unknown(imageSet)),
                boxes,
                Elements.items(item, Tag.FilterOperationsSequence, MAX_ITEMS).stream().map(Layout::filter).toList(),
                Elements.items(item, Tag.SortingOperationsSequence, MAX_ITEMS).stream().map(Layout::sorting).toList(),
                text.apply(Tag.ReformattingOperationType),
                text.apply(Tag.ThreeDRenderingType),
                text.apply(Tag.ReformattingOperationInitialViewDirection),
                text.apply(Tag.BlendingOperationType),
                text.apply(Tag.VOIType),
                text.apply(Tag.PseudoColorType),
                text.apply(Tag.ShowGrayscaleInverted).equals("YES"),
                text.apply(Tag.ShowImageTrueSizeFlag).equals("YES"));
    }

    private static ImageBox box(Attributes item) {
        return new ImageBox(Elements.integer(item, Tag.ImageBoxNumber, 0), Rectangle.of(item),
                Elements.text(item, Tag.ImageBoxLayoutType), tiles(item, Tag.ImageBoxTileHorizontalDimension),
                tiles(item, Tag.ImageBoxTileVerticalDimension),
                Elements.integer(item, Tag.ImageBoxOverlapPriority, ImageBox.NO_PRIORITY));
    }

    private static int tiles(Attributes item, int tag) {
        return Math.max(1, Math.min(MAX_TILES, Elements.integer(item, tag, 1)));
    }

    private static Selector selector(Attributes item) {
        return comparison(item, "MEMBER_OF", Elements.text(item, Tag.ImageSetSelectorUsageFlag).equals("MATCH"));
    }

    private static Selector filter(Attributes item) {
        String operator = Elements.text(item, Tag.FilterByOperator);
        if (operator.isEmpty())
            return comparison(item, Elements.text(item, Tag.FilterByAttributePresence), false);
        // a filter without the flag takes them (PS3.3 Table C.23.3-1); of a category that goes without saying
        boolean takesMissing = selectorAttribute(item) != 0
                && !Elements.text(item, Tag.ImageSetSelectorUsageFlag).equals("NO_MATCH");
        return comparison(item, operator, takesMissing);
    }

    private static Selector comparison(Attributes item, String operator, boolean takesMissing) {
        int tag = selectorAttribute(item);
        return new Selector(nameOf(item, tag, Tag.FilterByCategory), tag, operator, values(item), takesMissing);
    }

    private static List<Integer> integers(Attributes item, int tag, int limit) {
        return IntStream.of(Elements.integers(item, tag)).limit(limit).boxed().toList();
    }

    private static String sorting(Attributes item) {
        return nameOf(item, selectorAttribute(item), Tag.SortByCategory);
    }

    private static int selectorAttribute(Attributes item) {
        return Elements.integer(item, Tag.SelectorAttribute, 0);
    }

    private static String nameOf(Attributes item, int tag, int category) {
        if (tag == 0)
            return Elements.text(item, category);
        String keyword = ElementDictionary.keywordOf(tag, null);
        return keyword == null || keyword.isEmpty() ? String.format("(%04X,%04X)", tag >>> 16, tag & 0xFFFF)
                : AttributeName.of(keyword);
    }

    /** The one value attribute of a selector, PS3.3 Table C.23.4-2, whichever it is. */
    private static List<String> values(Attributes item) {
        List<String> codes = meanings(item, Tag.SelectorCodeSequenceValue);
        if (!codes.isEmpty())
            return codes;
        return Stream.of(Tag.SelectorCSValue, Tag.SelectorLOValue, Tag.SelectorSHValue, Tag.SelectorPNValue, Tag.SelectorISValue,
                Tag.SelectorDSValue, Tag.SelectorDAValue, Tag.SelectorTMValue, Tag.SelectorDTValue, Tag.SelectorASValue,
                Tag.SelectorAEValue, Tag.SelectorUIValue, Tag.SelectorSTValue, Tag.SelectorLTValue, Tag.SelectorUTValue,
                Tag.SelectorUCValue, Tag.SelectorURValue, Tag.SelectorUSValue, Tag.SelectorSSValue, Tag.SelectorULValue,
                Tag.SelectorSLValue, Tag.SelectorFDValue, Tag.SelectorFLValue)
                .map(tag -> tag == Tag.SelectorPNValue ? persons(item) : Elements.texts(item, tag))
                .filter(values -> !values.isEmpty()).findFirst().orElse(List.of())
                .stream().limit(MAX_VALUES).toList();
    }

    /** Names of persons as they are read: their groups (PS3.5 6.2.1.2) with a slash between. */
    private static List<String> persons(Attributes item) {
        return Elements.texts(item, Tag.SelectorPNValue).stream().map(name -> Stream.of(name.split("="))
                .map(group -> group.replaceAll("\\^+", " ").strip()).filter(group -> !group.isEmpty()).collect(Collectors.joining(" / ")))
                .filter(name -> !name.isEmpty()).toList();
    }

    /** Code Meaning (0008,0104), or else the value, of the codes in a sequence. */
    private static List<String> meanings(Attributes item, int tag) {
        return Elements.items(item, tag, MAX_VALUES).stream()
                .map(code -> Stream.of(Tag.CodeMeaning, Tag.CodeValue, Tag.LongCodeValue, Tag.URNCodeValue)
                        .map(value -> Elements.text(code, value)).filter(text -> !text.isEmpty()).findFirst().orElse(""))
                .filter(meaning -> !meaning.isEmpty()).toList();
    }
}
