package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * What a study has of the five things that a definition of a protocol can ask for (PS3.3 C.23.1.1.1). Gathered once, asked
 * once for each protocol.
 */
final class StudyFacts {

    /**
     * The answer to one question.
     *
     * @param found  what the study has; {@code null} if nothing
     * @param remark what has to be said besides; {@code null} if nothing
     */
    record Finding(Outcome outcome, String found, String remark) {
    }

    /** Values of one kind, and whether the study may have others that were not given. */
    private static final class Facts<T> {
        private final Set<T> values = new LinkedHashSet<>();
        private boolean mayHaveOthers;
        /** For people; made once, as each protocol asks for it. */
        private String text;

        void add(Collection<T> ofInstance, boolean complete) {
            values.addAll(ofInstance);
            mayHaveOthers |= ofInstance.isEmpty() && !complete;
        }

        Finding answer(boolean matches, String remark) {
            return new Finding(matches ? Outcome.MATCHES : mayHaveOthers ? Outcome.NOT_EVALUABLE : Outcome.DOES_NOT_MATCH,
                    text(), remark);
        }

        String text() {
            if (text == null && !values.isEmpty())
                text = values.stream().limit(MOST_NAMED).map(Object::toString).collect(Collectors.joining(", "))
                        + (values.size() > MOST_NAMED ? ", ..." : "");
            return text;
        }
    }

    /** More are not named in a reason. */
    private static final int MOST_NAMED = 10;

    private static final String RIGHT = "R";
    private static final String LEFT = "L";
    private static final String BOTH = "B";

    private final Facts<String> modalities = new Facts<>();
    private final Facts<String> lateralities = new Facts<>();
    private final Facts<Code> regions = new Facts<>();
    private final Facts<String> bodyParts = new Facts<>();
    private final Facts<Code> procedures = new Facts<>();
    private final Facts<Code> reasons = new Facts<>();

    StudyFacts(Study study) {
        // a study without instances says nothing
        List<Attributes> instances = study.instances().isEmpty() ? List.of(new Attributes()) : study.instances();
        boolean complete = study.complete() && !study.instances().isEmpty();
        for (Attributes instance : instances) {
            modalities.add(values(instance, Tag.Modality, Tag.ModalitiesInStudy), complete);
            lateralities.add(lateralities(instance), complete);
            addRegion(instance, complete);
            procedures.add(codes(instance, Tag.ProcedureCodeSequence, Tag.RequestedProcedureCodeSequence), complete);
            reasons.add(codes(instance, Tag.ReasonForRequestedProcedureCodeSequence,
                    Tag.ReasonForRequestedProcedureCodeSequence), complete);
        }
        // a study of a pair has one side after the other
        if (lateralities.values.contains(RIGHT) && lateralities.values.contains(LEFT)) {
            lateralities.values.removeAll(List.of(RIGHT, LEFT));
            lateralities.values.add(BOTH);
        }
    }

    Finding modality(Collection<String> wanted) {
        return modalities.answer(wanted.stream().anyMatch(modalities.values::contains), null);
    }

    Finding laterality(Collection<String> wanted) {
        return lateralities.answer(wanted.stream().anyMatch(lateralities.values::contains), null);
    }

    Finding procedure(Collection<Code> wanted) {
        return codes(procedures, wanted);
    }

    Finding reason(Collection<Code> wanted) {
        return codes(reasons, wanted);
    }

    /**
     * By code; by another code of the same row of PS3.16 Annex L; by Body Part Examined of an instance without a code.
     */
    Finding region(Collection<Code> wanted) {
        if (wanted.stream().anyMatch(code -> regions.values.stream().anyMatch(code::isSameAs)))
            return regions.answer(true, null);
        List<BodyPart> rows = wanted.stream().flatMap(code -> BodyPart.ofCode(code).stream()).toList();
        for (Code region : regions.values)
            if (BodyPart.ofCode(region).filter(rows::contains).isPresent())
                return new Finding(Outcome.MATCHES, region.toString(), "PS3.16 Annex L has both codes for one region");
        for (String bodyPart : bodyParts.values)
            if (rows.stream().anyMatch(row -> row.term().equals(bodyPart)))
                return new Finding(Outcome.MATCHES, "Body Part Examined " + bodyPart, "PS3.16 Annex L has this code for it");
        return regionNotFound(rows.isEmpty());
    }

    private Finding regionNotFound(boolean wantedIsInNoRow) {
        String found = Stream.of(regions.text(), bodyParts.text() == null ? null : "Body Part Examined " + bodyParts.text())
                .filter(text -> text != null).collect(Collectors.joining(", "));
        if (found.isEmpty())
            return regions.answer(false, null);
        List<String> inNoRow = bodyParts.values.stream().filter(term -> BodyPart.ofTerm(term).isEmpty()).toList();
        if (!inNoRow.isEmpty())
            return new Finding(Outcome.NOT_EVALUABLE, found, "PS3.16 Annex L, as far as it is known here, has no "
                    + String.join(", ", inNoRow.subList(0, Math.min(inNoRow.size(), MOST_NAMED))));
        if (wantedIsInNoRow && !bodyParts.values.isEmpty())
            return new Finding(Outcome.NOT_EVALUABLE, found,
                    "PS3.16 Annex L, as far as it is known here, does not have the code that is wanted");
        return new Finding(regions.mayHaveOthers ? Outcome.NOT_EVALUABLE : Outcome.DOES_NOT_MATCH, found, null);
    }

    private static Finding codes(Facts<Code> facts, Collection<Code> wanted) {
        return facts.answer(wanted.stream().anyMatch(code -> facts.values.stream().anyMatch(code::isSameAs)), null);
    }

    private void addRegion(Attributes instance, boolean complete) {
        List<Code> codes = new ArrayList<>(Code.all(instance, Tag.AnatomicRegionSequence));
        for (Attributes group : functionalGroups(instance))
            for (Attributes anatomy : Elements.items(group, Tag.FrameAnatomySequence))
                codes.addAll(Code.all(anatomy, Tag.AnatomicRegionSequence));
        List<String> terms = codes.isEmpty() ? Elements.texts(instance, Tag.BodyPartExamined) : List.of();
        bodyParts.add(terms, true);
        regions.values.addAll(codes);
        regions.mayHaveOthers |= codes.isEmpty() && terms.isEmpty() && !complete;
    }

    private static List<String> lateralities(Attributes instance) {
        List<String> sides = new ArrayList<>(values(instance, Tag.ImageLaterality, Tag.Laterality));
        for (Attributes group : functionalGroups(instance))
            for (Attributes anatomy : Elements.items(group, Tag.FrameAnatomySequence))
                sides.addAll(Elements.texts(anatomy, Tag.FrameLaterality));
        return sides;
    }

    private static List<Attributes> functionalGroups(Attributes instance) {
        List<Attributes> groups = new ArrayList<>(Elements.items(instance, Tag.SharedFunctionalGroupsSequence));
        groups.addAll(Elements.items(instance, Tag.PerFrameFunctionalGroupsSequence));
        return groups;
    }

    private static List<String> values(Attributes instance, int... tags) {
        List<String> values = new ArrayList<>(2);
        for (int tag : tags)
            values.addAll(Elements.texts(instance, tag));
        return values;
    }

    /** The codes of the study itself, and those of the requests that its series answer. */
    private static List<Code> codes(Attributes instance, int ofStudy, int ofRequest) {
        List<Code> codes = new ArrayList<>(Code.all(instance, ofStudy));
        for (Attributes request : Elements.items(instance, Tag.RequestAttributesSequence))
            codes.addAll(Code.all(request, ofRequest));
        return codes;
    }
}
