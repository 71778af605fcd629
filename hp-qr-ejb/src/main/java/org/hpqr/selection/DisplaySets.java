package org.hpqr.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** Display Sets Sequence (0072,0200), PS3.3 C.23.3.1: filters, then sorting, then boxes. */
final class DisplaySets {

    /** More display sets, more filters or sortings of one, more images of one, are not looked at. */
    static final int MOST_DISPLAY_SETS = 1_000;
    static final int MOST_RULES = 100;
    static final int MOST_IMAGES = 100_000;

    private final ImageSets imageSets;
    private final Effort effort;
    private final Map<Integer, List<Image>> frames = new HashMap<>();

    DisplaySets(ImageSets imageSets, Effort effort) {
        this.imageSets = imageSets;
        this.effort = effort;
    }

    DisplaySet of(Attributes item) {
        int imageSet = Elements.integer(item, Tag.ImageSetNumber).orElse(0);
        List<Reason> reasons = new ArrayList<>();
        Optional<ImageSets.Resolved> resolved = imageSets.find(imageSet);
        Outcome available = resolved.map(set -> set.result().outcome()).orElse(Outcome.NOT_EVALUABLE);
        if (available != Outcome.MATCHES)
            reasons.add(reason(Reason.Step.IMAGE_SET, available, "PS3.3 C.23.3.1", resolved.isEmpty()
                    ? "The protocol has no image set of number " + imageSet + "."
                    : available == Outcome.DOES_NOT_MATCH ? "Image set " + imageSet + " has no images."
                            : "It is not known which images image set " + imageSet + " has."));
        List<Image> images = resolved.map(set -> frames.computeIfAbsent(imageSet, n -> frames(set.images()))).orElse(List.of());
        int undecided = resolved.map(set -> set.result().undecided()).orElse(0);
        List<Image> passed = new ArrayList<>();
        if (available == Outcome.MATCHES)
            undecided += filter(item, images, passed, reasons);
        List<Image> sorted = passed.isEmpty() ? passed : sort(item, passed, reasons);
        notEvaluated(item, Tag.BlendingOperationType, "PS3.3 C.23.3.1.3", "blended", reasons);
        notEvaluated(item, Tag.ReformattingOperationType, "PS3.3 C.23.3", "reformatted", reasons);
        Outcome outcome = !sorted.isEmpty() ? Outcome.MATCHES
                : available == Outcome.NOT_EVALUABLE || undecided > 0 ? Outcome.NOT_EVALUABLE : Outcome.DOES_NOT_MATCH;
        return new DisplaySet(Elements.integer(item, Tag.DisplaySetNumber).orElse(0),
                Elements.text(item, Tag.DisplaySetLabel).orElse(null),
                Elements.integer(item, Tag.DisplaySetPresentationGroup).orElse(0), imageSet, outcome,
                sorted.stream().map(Image::reference).toList(), undecided, series(sorted),
                ImageBoxes.of(item, sorted.size(), reasons), reasons);
    }

    private static List<Image> frames(List<Image> images) {
        return images.stream().flatMap(image -> image.frames().stream()).limit(MOST_IMAGES).toList();
    }

    /**
     * Filters in the order of the items, each what the one before has left.
     *
     * @return of how many images it is not known whether they pass
     */
    private int filter(Attributes displaySet, List<Image> images, List<Image> passed, List<Reason> reasons) {
        List<Attributes> items = Elements.items(displaySet, Tag.FilterOperationsSequence);
        List<Image> certain = images;
        List<Image> possible = List.of();
        for (int i = 0; i < items.size(); i++) {
            Filter filter;
            try {
                if (items.size() > MOST_RULES)
                    throw new MalformedRule("is one of more than " + MOST_RULES);
                filter = Filter.of(items.get(i));
            } catch (MalformedRule e) {
                reasons.add(reason(Reason.Step.FILTER, Outcome.NOT_EVALUABLE, Filter.CLAUSE,
                        "Filter " + (i + 1) + " " + e.getMessage() + "."));
                return certain.size() + possible.size();
            }
            Tally tally = new Tally();
            List<Image> stillCertain = new ArrayList<>();
            List<Image> stillPossible = new ArrayList<>();
            for (Image image : certain)
                switch (test(filter, image, tally)) {
                    case MATCHES -> stillCertain.add(image);
                    case NOT_EVALUABLE -> stillPossible.add(image);
                    case DOES_NOT_MATCH -> { }
                }
            for (Image image : possible)
                if (test(filter, image, new Tally()) != Outcome.DOES_NOT_MATCH)
                    stillPossible.add(image);
            reasons.add(filter.reason(i + 1, tally));
            certain = stillCertain;
            possible = stillPossible;
        }
        passed.addAll(certain);
        return possible.size();
    }

    private Outcome test(Filter filter, Image image, Tally tally) {
        return effort.spend() ? filter.test(image, tally) : tally.count(Outcome.NOT_EVALUABLE, List.of());
    }

    private static List<Image> sort(Attributes displaySet, List<Image> images, List<Reason> reasons) {
        List<Sorting> by = new ArrayList<>();
        List<Attributes> items = Elements.items(displaySet, Tag.SortingOperationsSequence);
        for (int i = 0; i < items.size() && i < MOST_RULES; i++)
            try {
                by.add(Sorting.of(items.get(i)));
            } catch (MalformedRule e) {
                reasons.add(reason(Reason.Step.SORT, Outcome.NOT_EVALUABLE, Sorting.CLAUSE,
                        "Sorting " + (i + 1) + " " + e.getMessage() + "; it is left out."));
            }
        return by.isEmpty() ? images : Sorting.sort(images, by, reasons);
    }

    /** What a viewer makes of the images is not known here. */
    private static void notEvaluated(Attributes displaySet, int tag, String clause, String made, List<Reason> reasons) {
        Elements.text(displaySet, tag).ifPresent(type -> reasons.add(new Reason(Reason.Step.IMAGE_BOX, Outcome.NOT_EVALUABLE,
                Elements.name(tag), type, null, clause, Elements.name(tag) + " is " + type + ", which is left to the viewer: the images "
                        + "listed are those that are to be " + made + ".")));
    }

    private static List<SeriesPart> series(List<Image> images) {
        Map<String, SeriesPart> series = new LinkedHashMap<>();
        for (Image image : images)
            series.merge(image.study() + " " + image.reference().seriesInstanceUid(), part(image),
                    (part, one) -> part.withImages(part.images() + 1));
        return List.copyOf(series.values());
    }

    private static SeriesPart part(Image image) {
        Attributes instance = image.instance();
        return new SeriesPart(image.reference().studyInstanceUid(), image.reference().seriesInstanceUid(), image.study() == 0,
                Elements.text(instance, Tag.StudyDate).orElse(null), Elements.text(instance, Tag.Modality).orElse(null),
                Elements.text(instance, Tag.SeriesNumber).orElse(null), Elements.text(instance, Tag.SeriesDescription).orElse(null), 1);
    }

    private static Reason reason(Reason.Step step, Outcome outcome, String clause, String sentence) {
        return new Reason(step, outcome, null, null, null, clause, sentence);
    }
}
