package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.Layout.EmptyBox;

/**
 * Finds the Hanging Protocols that apply to a study (PS3.3 C.23.1, PS3.17 V.1):
 *
 * <pre>{@code
 * Study study = Study.of(instances);
 * Selection selection = HangingProtocolSelection.of(protocols)
 *         .forReader(new Reader(new Code("58489749P", "HOSP_ID", null), Set.of("BREAST_READERS")))
 *         .apply(study, priors, new Display(List.of(new Screen(2048, 2560), new Screen(2048, 2560))));
 * Layout layout = HangingProtocolSelection.layout(protocolOf(selection.applicable().get(0)), study, priors);
 * }</pre>
 *
 * <p>Protocols that are too many to be in memory together are evaluated one by one by an {@link Evaluation}.
 *
 * <p>Immutable. Malformed protocols are no error: what cannot be evaluated is said in the reasons.
 */
public final class HangingProtocolSelection {

    private final List<Attributes> protocols;
    private final Reader reader;

    private HangingProtocolSelection(List<Attributes> protocols, Reader reader) {
        this.protocols = protocols;
        this.reader = reader;
    }

    /**
     * A selection among these protocols, whoever reads.
     *
     * @param protocols data sets of Hanging Protocols; of PS3.3 C.23.1 and C.23.2, without Image Sets Sequence, is enough.
     *                  They are read, never changed, and have to stay as they are
     */
    public static HangingProtocolSelection of(Collection<Attributes> protocols) {
        return new HangingProtocolSelection(List.copyOf(protocols), null);
    }

    /** The same for a reader: protocols of other users and groups are not visible, the reader's own go first. */
    public HangingProtocolSelection forReader(Reader who) {
        return new HangingProtocolSelection(protocols, who);
    }

    /**
     * Finds the protocols that apply to a study, best first.
     *
     * @param study   the current study
     * @param priors  studies of the same patient before it, in any order
     * @param display the screens that there are
     */
    public Selection apply(Study study, List<Study> priors, Display display) {
        Evaluation evaluation = new Evaluation(reader, study, priors.size(), display, Integer.MAX_VALUE);
        protocols.forEach(evaluation::add);
        return evaluation.result();
    }

    /**
     * Finds what a protocol shows: which images fall into which image box, and which boxes stay empty (PS3.3 C.23.1.1.2,
     * C.23.3.1). It is not asked whether the protocol applies.
     *
     * @param protocol the whole data set; it is read, never changed
     * @param study    the current study. Each instance that is given counts as an image, each frame that has attributes of its
     *                 own, too
     * @param priors   studies of the same patient before it, in any order
     */
    public static Layout layout(Attributes protocol, Study study, List<Study> priors) {
        Effort effort = new Effort();
        ImageSets imageSets = new ImageSets(protocol, new Studies(study, priors), effort);
        DisplaySets displaySets = new DisplaySets(imageSets, effort);
        List<Reason> reasons = new ArrayList<>();
        List<Attributes> items = Elements.items(protocol, Tag.DisplaySetsSequence);
        if (items.isEmpty() || items.size() > DisplaySets.MOST_DISPLAY_SETS)
            reasons.add(new Reason(Reason.Step.IMAGE_BOX, Outcome.NOT_EVALUABLE, Elements.name(Tag.DisplaySetsSequence), null, null,
                    "PS3.3 C.23.3", items.isEmpty() ? "The protocol has no display set." : "The protocol has more than "
                            + DisplaySets.MOST_DISPLAY_SETS + " display sets; the others are left out."));
        List<DisplaySet> shown = items.stream().limit(DisplaySets.MOST_DISPLAY_SETS).map(displaySets::of).toList();
        List<EmptyBox> empty = shown.stream().flatMap(set -> set.boxes().stream().filter(box -> box.images() == 0)
                .map(box -> new EmptyBox(set.number(), box.number()))).toList();
        String handling = Elements.text(protocol, Tag.PartialDataDisplayHandling).orElse(null);
        if (!empty.isEmpty())
            reasons.add(partialData(handling, empty.size()));
        return new Layout(Elements.text(protocol, Tag.SOPInstanceUID).orElse(null),
                Elements.text(protocol, Tag.HangingProtocolName).orElse(null), handling, imageSets.results(), shown, empty, reasons);
    }

    private static Reason partialData(String handling, int empty) {
        String boxes = (empty == 1 ? "1 image box has" : empty + " image boxes have") + " no images, and ";
        String name = Elements.name(Tag.PartialDataDisplayHandling);
        return new Reason(Reason.Step.IMAGE_BOX, handling == null ? Outcome.NOT_EVALUABLE : Outcome.MATCHES, name, handling,
                String.valueOf(empty), "PS3.3 C.23.3", boxes + switch (handling == null ? "" : handling) {
                    case "MAINTAIN_LAYOUT" -> "the layout stays as it is, with empty boxes (MAINTAIN_LAYOUT).";
                    case "ADAPT_LAYOUT" -> "a viewer may rearrange the layout (ADAPT_LAYOUT).";
                    default -> "the protocol does not say what a viewer does then.";
                });
    }
}
