package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;

/**
 * Image Sets Sequence (0072,0020), PS3.3 C.23.1.1.2: the images of each image set. Within an item the selectors are joined by
 * AND, and each of the time frames makes an image set of what they match.
 */
final class ImageSets {

    /** An image set with the images themselves. */
    record Resolved(ImageSet result, List<Image> images) {
    }

    /** More image sets, and more selectors of one, are not looked at. */
    static final int MOST_IMAGE_SETS = 1_000;
    static final int MOST_SELECTORS = 100;

    private static final String PRESENTATION_STATES = "1.2.840.10008.5.1.4.1.1.11.";

    private final Map<Integer, Resolved> byNumber = new LinkedHashMap<>();
    private final List<ImageSet> results = new ArrayList<>();
    private final Studies studies;
    private final Effort effort;

    ImageSets(Attributes protocol, Studies studies, Effort effort) {
        this.studies = studies;
        this.effort = effort;
        for (Attributes item : Elements.items(protocol, Tag.ImageSetsSequence))
            if (results.size() < MOST_IMAGE_SETS)
                add(item);
    }

    List<ImageSet> results() {
        return results;
    }

    /** The image set with this number. */
    Optional<Resolved> find(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    private void add(Attributes item) {
        List<Reason> reasons = new ArrayList<>();
        List<Image> matching = new ArrayList<>();
        List<Image> undecided = new ArrayList<>();
        boolean readable = select(item, matching, undecided, reasons);
        for (Attributes time : Elements.items(item, Tag.TimeBasedImageSetsSequence))
            if (results.size() < MOST_IMAGE_SETS)
                add(time, readable, matching, undecided, reasons);
    }

    private void add(Attributes item, boolean readable, List<Image> matching, List<Image> undecided, List<Reason> selectors) {
        int number = Elements.integer(item, Tag.ImageSetNumber).orElse(0);
        String label = Elements.text(item, Tag.ImageSetLabel).orElse(null);
        List<Reason> reasons = new ArrayList<>(selectors);
        TimeFrame.Picked picked = null;
        if (readable)
            try {
                picked = TimeFrame.of(item).pick(studies, matching, undecided);
                reasons.add(picked.reason());
            } catch (MalformedRule e) {
                reasons.add(malformed(Reason.Step.TIME, TimeFrame.CLAUSE, "Image set " + number + " " + e.getMessage() + "."));
            }
        if (number <= 0 || byNumber.containsKey(number)) {
            reasons.add(malformed(Reason.Step.TIME, TimeFrame.CLAUSE, number <= 0 ? "An image set has no Image Set Number (0072,0032)."
                    : "There is another image set of number " + number + ", which is taken."));
            picked = null;
        }
        ImageSet result = picked == null ? new ImageSet(number, label, Outcome.NOT_EVALUABLE, List.of(), 0, reasons)
                : new ImageSet(number, label, picked.outcome(), picked.images().stream().map(Image::reference).toList(),
                        picked.undecided(), reasons);
        results.add(result);
        byNumber.putIfAbsent(number, new Resolved(result, picked == null ? List.of() : picked.images()));
    }

    /** {@code false} if the selectors cannot be read: then nothing is known of any image. */
    private boolean select(Attributes item, List<Image> matching, List<Image> undecided, List<Reason> reasons) {
        List<ImageSetSelector> selectors = new ArrayList<>();
        List<Attributes> items = Elements.items(item, Tag.ImageSetSelectorSequence);
        try {
            if (items.isEmpty())
                throw new MalformedRule("has no selector");
            if (items.size() > MOST_SELECTORS)
                throw new MalformedRule("has more than " + MOST_SELECTORS + " selectors");
            for (Attributes selector : items)
                selectors.add(ImageSetSelector.of(selector));
        } catch (MalformedRule e) {
            reasons.add(malformed(Reason.Step.IMAGE_SET, ImageSetSelector.CLAUSE, items.isEmpty() || items.size() > MOST_SELECTORS
                    ? "The image set " + e.getMessage() + "." : "Selector " + (selectors.size() + 1) + " " + e.getMessage() + "."));
            return false;
        }
        Outcome[] outcomes = new Outcome[studies.images().size()];
        Arrays.fill(outcomes, Outcome.MATCHES);
        for (int s = 0; s < selectors.size(); s++) {
            Tally tally = new Tally();
            for (int i = 0; i < outcomes.length; i++)
                outcomes[i] = outcomes[i].and(selectors.get(s).test(studies.images().get(i), tally, effort));
            reasons.add(selectors.get(s).reason(s + 1, tally));
        }
        for (int i = 0; i < outcomes.length; i++)
            if (outcomes[i] != Outcome.DOES_NOT_MATCH)
                (outcomes[i] == Outcome.MATCHES ? matching : undecided).add(studies.images().get(i));
        if (selectors.stream().anyMatch(selector -> selector.values().attribute().attribute().tag() == Tag.SOPClassUID))
            follow(matching, undecided, reasons);
        return true;
    }

    /**
     * Puts the images that Key Object Selection Documents and Presentation States refer to in the place of these, if the
     * selectors ask for such by their SOP Class UID (PS3.3 C.23.1.1.2).
     */
    private void follow(List<Image> matching, List<Image> undecided, List<Reason> reasons) {
        Set<String> referred = new LinkedHashSet<>();
        List<Image> documents = matching.stream().filter(ImageSets::isReference).toList();
        if (documents.isEmpty())
            return;
        documents.forEach(document -> referred.addAll(references(document.instance())));
        Predicate<Image> isReferred = image -> referred.contains(image.reference().sopInstanceUid());
        List<Image> images = studies.images().stream().filter(isReferred).toList();
        // one that the selectors match by itself is there once
        matching.removeIf(isReferred.or(ImageSets::isReference));
        matching.addAll(images);
        undecided.removeIf(isReferred);
        reasons.add(new Reason(Reason.Step.IMAGE_SET, Outcome.of(images.size() == referred.size()), Elements.name(Tag.SOPClassUID),
                Tally.images(referred.size()), Tally.images(images.size()), TimeFrame.CLAUSE,
                "The image set consists of what " + documents.size() + (documents.size() == 1 ? " object refers" : " objects refer") + " to: "
                        + Tally.images(referred.size()) + ", of which " + images.size() + (images.size() == 1 ? " is known." : " are known.")));
    }

    private static boolean isReference(Image image) {
        String sopClass = Elements.text(image.instance(), Tag.SOPClassUID).orElse("");
        return sopClass.equals(UID.KeyObjectSelectionDocumentStorage) || sopClass.startsWith(PRESENTATION_STATES);
    }

    private static Set<String> references(Attributes document) {
        Set<String> uids = new LinkedHashSet<>();
        List<Attributes> series = new ArrayList<>(Elements.items(document, Tag.ReferencedSeriesSequence));
        for (Attributes evidence : Elements.items(document, Tag.CurrentRequestedProcedureEvidenceSequence))
            series.addAll(Elements.items(evidence, Tag.ReferencedSeriesSequence));
        for (Attributes one : series)
            for (int sequence : new int[] {Tag.ReferencedSOPSequence, Tag.ReferencedImageSequence})
                for (Attributes instance : Elements.items(one, sequence))
                    Elements.text(instance, Tag.ReferencedSOPInstanceUID).ifPresent(uids::add);
        return uids;
    }

    private static Reason malformed(Reason.Step step, String clause, String sentence) {
        return new Reason(step, Outcome.NOT_EVALUABLE, null, null, null, clause, sentence);
    }
}
