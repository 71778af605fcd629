package org.hpqr.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.picture.DisplaySet.ImageBox;
import org.hpqr.picture.ImageSet.Period;
import org.hpqr.picture.ImageSet.Selector;

/**
 * Says in plain sentences what a Hanging Protocol shows where ("Left screen: current chest CT, axial, 3 x 4 tiles."), so that
 * a reader need not know what selectors, filters and positions mean (PS3.3 C.23.1 and C.23.3). The words of each language are
 * in one file; terms that are DICOM's own stay as they are.
 */
public final class LayoutWords {

    private final Layout layout;
    private final Phrases phrases;
    private final Place place;

    LayoutWords(Layout layout, Language language) {
        this.layout = layout;
        phrases = Phrases.of(language);
        place = new Place(layout, phrases);
    }

    /**
     * Reads a protocol.
     *
     * @param protocol the data set, or what there is of it; not changed
     */
    public static LayoutWords of(Attributes protocol, Language language) {
        return new LayoutWords(Layout.of(protocol), language);
    }

    /** The numbers of its presentation groups (0072,0204), in ascending order. */
    public List<Integer> groups() {
        return layout.groups();
    }

    /** One sentence for each image box of a presentation group, in the order of the data set, and what scrolls together. */
    public List<String> sentences(int group) {
        List<String> sentences = new ArrayList<>();
        for (DisplaySet set : layout.displaySetsOf(group))
            for (ImageBox box : set.boxes())
                sentences.add(sentence(set, box));
        sentences.addAll(scrolling(group));
        return sentences;
    }

    /** What stands above the picture of a presentation group: name of the protocol, number and description of the group. */
    public String title(int group) {
        String description = layout.displaySetsOf(group).stream().map(DisplaySet::groupLabel)
                .filter(label -> !label.isEmpty()).findFirst().orElse("");
        String of = layout.groups().size() < 2 ? "" : phrases.say("title.group", "number", group);
        return Stream.of(layout.name(), of, description).filter(part -> !part.isEmpty()).collect(Collectors.joining(" – "));
    }

    /** What is known of each screen, in the order in which they are counted; empty if nothing is. */
    public List<String> screens() {
        return place.screens().stream().map(this::screen).filter(said -> !said.isEmpty()).toList();
    }

    /**
     * An image set or a display set in words.
     *
     * @param number    Image Set Number or Display Set Number
     * @param label     its label; empty if it has none
     * @param sentences which images it takes, or where it shows them, box by box
     */
    public record Part(int number, String label, List<String> sentences) {
    }

    /** Which images each image set takes. */
    public List<Part> imageSets() {
        return layout.imageSets().stream().map(set -> new Part(set.number(), set.label(), List.of(capitalized(imageSet(set) + '.')))).toList();
    }

    /** Where and how the display sets of a presentation group show images. */
    public List<Part> displaySets(int group) {
        return layout.displaySetsOf(group).stream().map(set -> new Part(set.number(), set.label(),
                set.boxes().stream().map(box -> sentence(set, box)).toList())).toList();
    }

    String sentence(DisplaySet set, ImageBox box) {
        String label = set.label().isEmpty() ? "" : phrases.say("label", "label", set.label());
        String where = isPartlyOutside(box) ? phrases.say("place.partly-outside", "place", place.of(box)) : place.of(box);
        String how = Stream.concat(Stream.of(content(set, box)), appearance(set).stream()).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return capitalized(phrases.say("sentence", "place", where, "label", label, "content", how));
    }

    private boolean isPartlyOutside(ImageBox box) {
        return box.position() != null && layout.isOutside(box.position())
                && layout.screens().stream().anyMatch(screen -> screen.position().overlap(box.position()) > 0);
    }

    /** What falls into a box for a study. */
    String contents(String contents) {
        return contents.isEmpty() ? phrases.say("empty") : contents;
    }

    /** A sentence about a box, and what falls into it for a study. */
    String filled(String sentence, String contents) {
        return phrases.say("filled", "sentence", sentence, "contents", contents(contents));
    }

    private static String capitalized(String sentence) {
        int first = sentence.offsetByCodePoints(0, 1);
        return sentence.substring(0, first).toUpperCase(Locale.ROOT) + sentence.substring(first);
    }

    /** What is in a box, and how: image set, filters, reformatting, layout. */
    String content(DisplaySet set, ImageBox box) {
        List<String> parts = new ArrayList<>();
        parts.add(imageSet(set.imageSet()));
        set.filters().forEach(filter -> parts.add(comparison(filter)));
        if (!set.reformatting().isEmpty())
            parts.add(reformatting(set));
        parts.add(shown(box));
        if (!set.sorting().isEmpty())
            parts.add(phrases.say("sorted", "by",
                    list(set.sorting().stream().map(by -> translated("sorting.", by)).toList(), "then")));
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    /** Which images an image set takes. */
    String imageSet(ImageSet set) {
        String modality = valuesOf(set, Tag.Modality, "");
        String body = Stream.of(Tag.BodyPartExamined, Tag.AnatomicRegionSequence).map(tag -> valuesOf(set, tag, "body."))
                .filter(found -> !found.isEmpty()).findFirst().orElse("");
        String side = Stream.of(Tag.ImageLaterality, Tag.Laterality).map(tag -> valuesOf(set, tag, "side."))
                .filter(found -> !found.isEmpty()).findFirst().orElse("");
        String others = set.selectors().stream().filter(selector -> !isNamed(selector.tag()))
                .map(selector -> ", " + comparison(selector)).collect(Collectors.joining());
        String what = phrases.say("images", "period", period(set.period()), "side", side, "body", body,
                "modality", modality.isEmpty() ? phrases.say("images.any") : modality);
        return what + others;
    }

    private static boolean isNamed(int tag) {
        return tag == Tag.Modality || tag == Tag.BodyPartExamined || tag == Tag.AnatomicRegionSequence
                || tag == Tag.ImageLaterality || tag == Tag.Laterality;
    }

    /** The values that selectors on an attribute ask for; empty if there is no such selector. */
    private String valuesOf(ImageSet set, int tag, String translation) {
        return set.selectors().stream().filter(selector -> selector.tag() == tag)
                .map(selector -> selector.values().stream().map(value -> translated(translation, value))
                        .collect(Collectors.joining(" " + phrases.say("or") + ' ')))
                .collect(Collectors.joining(" "));
    }

    /** A defined term in words, or as it is where there are none. */
    private String translated(String prefix, String term) {
        String key = prefix + term.toUpperCase(Locale.ROOT);
        return !prefix.isEmpty() && phrases.has(key) ? phrases.say(key) : term;
    }

    /** When the images were made. */
    String period(Period period) {
        if (period instanceof Period.Current)
            return phrases.say("period.current");
        if (period instanceof Period.Priors priors)
            return priors(priors);
        if (period instanceof Period.Before before && before.from() == before.to())
            return phrases.say("period.before-exactly", "time", before.from(), "units", translated("units.", before.units()));
        if (period instanceof Period.Before before)
            return phrases.say("period.before", "from", before.from(), "to", before.to(),
                    "units", translated("units.", before.units()));
        if (period instanceof Period.Coded coded)
            return coded.meaning();
        return "";
    }

    private String priors(Period.Priors priors) {
        if (priors.first() == priors.last()) {
            if (priors.first() == 1)
                return phrases.say("period.prior");
            return priors.first() == -1 ? phrases.say("period.oldest") : phrases.say("period.nth", "number", priors.first());
        }
        if (priors.last() == -1)
            return priors.first() == 1 ? phrases.say("period.all") : phrases.say("period.from", "first", priors.first());
        return phrases.say("period.priors", "first", priors.first(), "last", priors.last());
    }

    /** A short name of the period for small pictures. */
    String initial(Period period) {
        if (period instanceof Period.Current)
            return phrases.say("initial.current");
        if (period instanceof Period.Priors priors && priors.first() == priors.last() && priors.first() > 0)
            return phrases.say("initial.prior", "number", priors.first());
        return period instanceof Period.Unknown ? "?" : phrases.say("initial.other");
    }

    private String comparison(Selector selector) {
        if (selector.attribute().equals("IMAGE_PLANE") && selector.operator().equals("MEMBER_OF"))
            return list(selector.values().stream().map(value -> translated("plane.", value)).toList(), "or");
        String operator = phrases.has("operator." + selector.operator()) ? selector.operator() : "OTHER";
        List<String> values = selector.values();
        String said = phrases.say("operator." + operator, "attribute", selector.attribute(), "operator", selector.operator(),
                "values", list(values, "or"), "from", values.isEmpty() ? "?" : values.get(0),
                "to", values.size() < 2 ? "?" : values.get(1));
        return selector.takesMissing() ? phrases.say("or-missing", "comparison", said) : said;
    }

    private String reformatting(DisplaySet set) {
        String direction = translated("direction.", set.viewDirection());
        return phrases.say("reformatted", "type", translated("reformatting.", set.reformatting()), "rendering", rendering(set), "direction", direction);
    }

    private String rendering(DisplaySet set) {
        return set.rendering().isEmpty() ? "" : translated("rendering.", set.rendering());
    }

    private String shown(ImageBox box) {
        if (box.columns() * box.rows() > 1)
            return phrases.say("tiles", "columns", box.columns(), "rows", box.rows());
        return box.layoutType().isEmpty() ? "" : translated("layout.", box.layoutType());
    }

    private String list(List<String> values, String conjunction) {
        if (values.size() < 2)
            return String.join("", values);
        return String.join(", ", values.subList(0, values.size() - 1)) + ' ' + phrases.say(conjunction) + ' '
                + values.get(values.size() - 1);
    }

    /** What the badges of a display set say, and its boxes. */
    List<String> badges(DisplaySet set, ImageBox box) {
        List<String> badges = new ArrayList<>();
        if (!box.layoutType().isEmpty())
            badges.add(translated("layout.", box.layoutType()));
        if (!set.reformatting().isEmpty())
            badges.add(phrases.say("reformatted", "type", translated("reformatting.", set.reformatting()), "rendering", rendering(set), "direction", ""));
        badges.addAll(appearance(set));
        return badges;
    }

    /** How the images of a display set look. */
    private List<String> appearance(DisplaySet set) {
        List<String> appearance = new ArrayList<>();
        if (!set.blending().isEmpty())
            appearance.add(translated("blending.", set.blending()));
        if (!set.voi().isEmpty())
            appearance.add(phrases.say("badge.voi", "type", translated("voi.", set.voi())));
        if (!set.pseudoColor().isEmpty())
            appearance.add(phrases.say("badge.pseudo-color", "type", translated("pseudo-color.", set.pseudoColor())));
        if (set.inverted())
            appearance.add(phrases.say("badge.inverted"));
        if (set.trueSize())
            appearance.add(phrases.say("badge.true-size"));
        return appearance;
    }

    /** Which display sets of a presentation group scroll together, a sentence each. */
    List<String> scrolling(int group) {
        return layout.scrollingOf(group).stream().map(sets -> scrollingTogether(sets) + '.').toList();
    }

    String scrollingTogether(List<DisplaySet> sets) {
        return capitalized(phrases.say("scrolling", "sets", list(sets.stream().map(set -> set.label().isEmpty()
                ? phrases.say("display-set", "number", set.number()) : phrases.say("quoted", "label", set.label())).toList(), "and")));
    }

    /** What is shown if images are missing; empty if the protocol does not say that. */
    public Optional<String> partialData() {
        String key = "partial-data." + layout.partialData();
        return phrases.has(key) ? Optional.of(phrases.say(key)) : Optional.empty();
    }

    String leftOut(int boxes) {
        return phrases.say("left-out", "number", boxes);
    }

    String withoutPosition(int boxes) {
        return phrases.say("without-position", "number", boxes);
    }

    /** Which screen it is, and what it can show; empty if nothing is known of it. */
    String screen(Screen screen) {
        String pixels = screen.hasPixels()
                ? phrases.say("screen.pixels", "columns", screen.horizontalPixels(), "rows", screen.verticalPixels()) : "";
        String bits = screen.bitDepth() == 0 ? ""
                : phrases.say(screen.color() ? "screen.color" : "screen.gray", "bits", screen.bitDepth());
        String said = Stream.of(pixels, bits).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
        return said.isEmpty() ? "" : place.name(screen) + ": " + said;
    }
}
