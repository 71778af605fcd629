package org.hpqr.selection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * A selection under way: protocols are evaluated one by one, so that they need not be in memory together. Used by one thread.
 */
public final class Evaluation {

    private final Reader reader;
    private final StudyFacts facts;
    private final int priors;
    private final Display display;
    private final int mostListed;
    private final List<Ranking.Entry> applicable = new ArrayList<>();
    private final List<Candidate> undecided = new ArrayList<>();
    private final List<Candidate> notApplicable = new ArrayList<>();
    private final List<Candidate> notVisible = new ArrayList<>();
    private int leftOut;

    /**
     * Begins one.
     *
     * @param reader     {@code null}: who reads is not known, and all protocols are visible
     * @param study      the current study
     * @param priors     how many prior studies there are
     * @param display    the screens that there are
     * @param mostListed most protocols in each list of the result; more are {@linkplain #leftOut counted}
     */
    public Evaluation(Reader reader, Study study, int priors, Display display, int mostListed) {
        this.reader = reader;
        this.priors = priors;
        this.display = display;
        this.mostListed = mostListed;
        facts = new StudyFacts(study);
    }

    /**
     * Evaluates a protocol.
     *
     * @param protocol its data set; of PS3.3 C.23.1 and C.23.2, without Image Sets Sequence, is enough. It is read, never changed, and
     *                 not kept
     */
    public void add(Attributes protocol) {
        List<Reason> reasons = new ArrayList<>();
        Visibility visibility = Visibility.of(protocol, reader);
        reasons.add(visibility.reason());
        if (visibility.outcome() == Outcome.DOES_NOT_MATCH) {
            list(notVisible, candidate(protocol, reasons));
            return;
        }
        DefinitionMatch definition = DefinitionMatch.of(protocol, facts);
        reasons.addAll(definition.reasons());
        switch (visibility.outcome().and(definition.outcome())) {
            case DOES_NOT_MATCH -> list(notApplicable, candidate(protocol, reasons));
            case NOT_EVALUABLE -> list(undecided, candidate(protocol, reasons));
            case MATCHES -> {
                ScreensFit screens = ScreensFit.of(protocol, display);
                reasons.add(screens.reason());
                addPriors(protocol, reasons);
                list(applicable, new Ranking.Entry(visibility.owner(), definition.parts(), screens.fit(), created(protocol),
                        candidate(protocol, reasons)));
            }
        }
    }

    private <T> void list(List<T> list, T entry) {
        if (list.size() < mostListed)
            list.add(entry);
        else
            leftOut++;
    }

    /** How many of the protocols are in no list of the result, as it was full. */
    public int leftOut() {
        return leftOut;
    }

    /** The result for the protocols that were added. */
    public Selection result() {
        return new Selection(Ranking.rank(applicable), undecided, notApplicable, notVisible);
    }

    private static Candidate candidate(Attributes protocol, List<Reason> reasons) {
        return new Candidate(0, false, Elements.text(protocol, Tag.SOPInstanceUID).orElse(null),
                Elements.text(protocol, Tag.HangingProtocolName).orElse(null),
                Elements.text(protocol, Tag.HangingProtocolLevel).orElse(null), reasons);
    }

    /** Number of Priors Referenced (0072,0014): says what stays empty, but no protocol is worse for it. */
    private void addPriors(Attributes protocol, List<Reason> reasons) {
        OptionalInt wanted = Elements.integer(protocol, Tag.NumberOfPriorsReferenced);
        if (wanted.isPresent() && wanted.getAsInt() > priors)
            reasons.add(new Reason(Reason.Step.RANK, Outcome.DOES_NOT_MATCH, Elements.name(Tag.NumberOfPriorsReferenced),
                    String.valueOf(wanted.getAsInt()), String.valueOf(priors), "PS3.3 C.23.1",
                    "The protocol shows " + wanted.getAsInt() + (wanted.getAsInt() == 1 ? " prior image set, and " : " prior image sets, and ")
                            + priors + (priors == 1 ? " prior study is" : " prior studies are") + " known, so image boxes may stay empty."));
    }

    /** Hanging Protocol Creation DateTime (0072,000A); the oldest there is if it is missing or malformed. */
    private static Instant created(Attributes protocol) {
        ZoneOffset zone = Elements.text(protocol, Tag.TimezoneOffsetFromUTC).flatMap(Times::offset).orElse(ZoneOffset.UTC);
        return Elements.text(protocol, Tag.HangingProtocolCreationDateTime)
                .flatMap(text -> Times.dateTime(text, zone)).map(OffsetDateTime::toInstant).orElse(Instant.MIN);
    }
}
