package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.StudyFacts.Finding;

/**
 * Whether a protocol is made for a study: Hanging Protocol Definition Sequence (0072,000C), PS3.3 C.23.1.1.1. One of its
 * items has to fit, with all parts that have a value: Modality, Anatomic Region, Laterality, Procedure, Reason. Of several
 * codes in a part one has to be the study's, as in Sequence Matching (PS3.4 C.2.2.2.6).
 *
 * @param parts   how many parts the item asks for: how specific it is
 * @param reasons those of the item that fits best; if none fits, what failed in each
 */
record DefinitionMatch(Outcome outcome, int parts, List<Reason> reasons) {

    private static final String CLAUSE = "PS3.3 C.23.1.1.1";
    /** Reasons of more items than these are left out; the outcome has them. */
    private static final int MOST_REASONS = 20;

    static DefinitionMatch of(Attributes protocol, StudyFacts study) {
        List<Attributes> items = Elements.items(protocol, Tag.HangingProtocolDefinitionSequence);
        if (items.isEmpty())
            return new DefinitionMatch(Outcome.NOT_EVALUABLE, 0, List.of(malformed(
                    "The protocol has no definition, so nothing says for which studies it is made.")));
        DefinitionMatch best = null;
        List<Reason> failed = new ArrayList<>();
        Outcome outcome = Outcome.DOES_NOT_MATCH;
        for (int i = 0; i < items.size(); i++) {
            DefinitionMatch match = of(items.get(i), i + 1, study);
            outcome = outcome.or(match.outcome);
            if (match.outcome == Outcome.MATCHES && (best == null || match.parts > best.parts))
                best = match;
            match.reasons.stream().filter(reason -> reason.outcome() != Outcome.MATCHES)
                    .limit(MOST_REASONS - failed.size()).forEach(failed::add);
        }
        return best != null ? best : new DefinitionMatch(outcome, 0, List.copyOf(failed));
    }

    private static DefinitionMatch of(Attributes item, int number, StudyFacts study) {
        List<Reason> reasons = new ArrayList<>(5);
        texts(item, number, Tag.Modality, study::modality, reasons);
        codes(item, number, Tag.AnatomicRegionSequence, study::region, reasons);
        texts(item, number, Tag.Laterality, study::laterality, reasons);
        codes(item, number, Tag.ProcedureCodeSequence, study::procedure, reasons);
        codes(item, number, Tag.ReasonForRequestedProcedureCodeSequence, study::reason, reasons);
        if (reasons.isEmpty())
            reasons.add(malformed("Definition " + number + " asks for nothing, so it does not say for which studies the "
                    + "protocol is made."));
        Outcome outcome = Outcome.MATCHES;
        for (Reason reason : reasons)
            outcome = outcome.and(reason.outcome());
        return new DefinitionMatch(outcome, reasons.size(), List.copyOf(reasons));
    }

    private static void texts(Attributes item, int number, int tag, Function<Collection<String>, Finding> study,
                              List<Reason> reasons) {
        List<String> wanted = Elements.texts(item, tag);
        if (!wanted.isEmpty())
            reasons.add(reason(number, tag, wanted, study.apply(wanted)));
    }

    private static void codes(Attributes item, int number, int tag, Function<Collection<Code>, Finding> study,
                              List<Reason> reasons) {
        if (Elements.items(item, tag).isEmpty())
            return;
        List<Code> wanted = Code.all(item, tag);
        reasons.add(wanted.isEmpty()
                ? new Reason(Reason.Step.DEFINITION, Outcome.NOT_EVALUABLE, Elements.name(tag), null, null, CLAUSE,
                        "Definition " + number + " has an item without a code in " + Elements.name(tag) + ".")
                : reason(number, tag, wanted, study.apply(wanted)));
    }

    private static Reason reason(int number, int tag, List<?> wanted, Finding finding) {
        String name = Elements.name(tag);
        String text = SelectorValues.text(wanted, " or ");
        StringBuilder sentence = new StringBuilder(160).append("Definition ").append(number).append(" asks for ")
                .append(name).append(' ').append(text).append(", and the study has ")
                .append(finding.found() == null ? "none" : finding.found());
        if (finding.remark() != null)
            sentence.append("; ").append(finding.remark());
        else if (finding.outcome() == Outcome.NOT_EVALUABLE)
            sentence.append(" in the metadata given, which may lack it");
        return new Reason(Reason.Step.DEFINITION, finding.outcome(), name, text, finding.found(), CLAUSE,
                sentence.append('.').toString());
    }

    private static Reason malformed(String sentence) {
        return new Reason(Reason.Step.DEFINITION, Outcome.NOT_EVALUABLE,
                Elements.name(Tag.HangingProtocolDefinitionSequence), null, null, CLAUSE, sentence);
    }
}
