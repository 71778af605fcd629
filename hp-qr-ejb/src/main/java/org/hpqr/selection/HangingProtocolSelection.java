package org.hpqr.selection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * Finds the Hanging Protocols that apply to a study (PS3.3 C.23.1, PS3.17 V.1):
 *
 * <pre>{@code
 * Selection selection = HangingProtocolSelection.of(protocols)
 *         .forReader(new Reader(new Code("58489749P", "HOSP_ID", null), Set.of("BREAST_READERS")))
 *         .apply(Study.of(instances), priors, new Display(List.of(new Screen(2048, 2560), new Screen(2048, 2560))));
 * }</pre>
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
        StudyFacts facts = new StudyFacts(study);
        List<Ranking.Entry> applicable = new ArrayList<>();
        List<Candidate> undecided = new ArrayList<>();
        List<Candidate> notApplicable = new ArrayList<>();
        List<Candidate> notVisible = new ArrayList<>();
        for (Attributes protocol : protocols) {
            List<Reason> reasons = new ArrayList<>();
            Visibility visibility = Visibility.of(protocol, reader);
            reasons.add(visibility.reason());
            if (visibility.outcome() == Outcome.DOES_NOT_MATCH) {
                notVisible.add(candidate(protocol, reasons));
                continue;
            }
            DefinitionMatch definition = DefinitionMatch.of(protocol, facts);
            reasons.addAll(definition.reasons());
            switch (visibility.outcome().and(definition.outcome())) {
                case DOES_NOT_MATCH -> notApplicable.add(candidate(protocol, reasons));
                case NOT_EVALUABLE -> undecided.add(candidate(protocol, reasons));
                case MATCHES -> {
                    ScreensFit screens = ScreensFit.of(protocol, display);
                    reasons.add(screens.reason());
                    addPriors(protocol, priors.size(), reasons);
                    applicable.add(new Ranking.Entry(visibility.owner(), definition.parts(), screens.fit(), created(protocol),
                            candidate(protocol, reasons)));
                }
            }
        }
        return new Selection(Ranking.rank(applicable), undecided, notApplicable, notVisible);
    }

    private static Candidate candidate(Attributes protocol, List<Reason> reasons) {
        return new Candidate(0, false, Elements.text(protocol, Tag.SOPInstanceUID).orElse(null),
                Elements.text(protocol, Tag.HangingProtocolName).orElse(null),
                Elements.text(protocol, Tag.HangingProtocolLevel).orElse(null), reasons);
    }

    /** Number of Priors Referenced (0072,0014): says what stays empty, but no protocol is worse for it. */
    private static void addPriors(Attributes protocol, int there, List<Reason> reasons) {
        OptionalInt wanted = Elements.integer(protocol, Tag.NumberOfPriorsReferenced);
        if (wanted.isPresent() && wanted.getAsInt() > there)
            reasons.add(new Reason(Reason.Step.RANK, Outcome.DOES_NOT_MATCH, Elements.name(Tag.NumberOfPriorsReferenced),
                    String.valueOf(wanted.getAsInt()), String.valueOf(there), "PS3.3 C.23.1",
                    "The protocol shows " + wanted.getAsInt() + " prior image sets, and " + there
                            + " prior studies are known, so image boxes may stay empty."));
    }

    /** Hanging Protocol Creation DateTime (0072,000A); the oldest there is if it is missing or malformed. */
    private static Instant created(Attributes protocol) {
        ZoneOffset zone = Elements.text(protocol, Tag.TimezoneOffsetFromUTC).flatMap(Times::offset).orElse(ZoneOffset.UTC);
        return Elements.text(protocol, Tag.HangingProtocolCreationDateTime)
                .flatMap(text -> Times.dateTime(text, zone)).map(OffsetDateTime::toInstant).orElse(Instant.MIN);
    }
}
