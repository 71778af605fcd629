package org.hpqr.selection;

import static org.hpqr.selection.DataSets.BREAST;
import static org.hpqr.selection.DataSets.CHEST;
import static org.hpqr.selection.DataSets.HEAD;
import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.protocol;
import static org.hpqr.selection.DataSets.received;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hanging Protocol Definition Sequence against a study: PS3.3 C.23.1.1.1. */
class DefinitionMatchTest {

    private static final Code PROCEDURE = new Code("98765", "99Local", "NeuroSurgery Plan");
    private static final Code REASON = new Code("I67.1", "I10", "Cerebral aneurysm");

    private static DefinitionMatch match(Study study, Attributes... definitions) {
        return DefinitionMatch.of(received(protocol("1.2", definitions)), new StudyFacts(study));
    }

    private static Study study(Object... tagsAndValues) {
        return Study.of(List.of(received(dataSet(tagsAndValues))));
    }

    private static String onlySentence(DefinitionMatch match) {
        assertEquals(1, match.reasons().size(), match.reasons()::toString);
        return match.reasons().get(0).sentence();
    }

    @Clause("PS3.3 C.23.1.1.1")
    @Test
    void modalityIsOneOfTheStudy_C_23_1_1_1() {
        Study study = Study.of(List.of(dataSet(Tag.Modality, "CT"), dataSet(Tag.Modality, "SR")));

        assertEquals(MATCHES, match(study, dataSet(Tag.Modality, "SR")).outcome());
        DefinitionMatch other = match(study, dataSet(Tag.Modality, "MG"));
        assertEquals(DOES_NOT_MATCH, other.outcome());
        assertEquals("Definition 1 asks for Modality (0008,0060) MG, and the study has CT, SR.", onlySentence(other));
        assertEquals(new Reason(Reason.Step.DEFINITION, DOES_NOT_MATCH, "Modality (0008,0060)", "MG", "CT, SR",
                "PS3.3 C.23.1.1.1", onlySentence(other)), other.reasons().get(0));
    }

    @Clause("PS3.3 C.23.4.2.1.2")
    @Test
    void codesAreEqualByValueAndScheme_C_23_4_2_1_2() {
        Study study = study(Tag.ProcedureCodeSequence, new Code("98765", "99Local", "another meaning"));

        assertEquals(MATCHES, match(study, dataSet(Tag.ProcedureCodeSequence, PROCEDURE)).outcome());
        assertEquals(DOES_NOT_MATCH,
                match(study, dataSet(Tag.ProcedureCodeSequence, new Code("98765", "99OTHER", "NeuroSurgery Plan"))).outcome());
        assertEquals(DOES_NOT_MATCH, match(study, dataSet(Tag.ProcedureCodeSequence, new Code("987", "99Local", null))).outcome());
    }

    @Clause("PS3.3 C.23.1.1.1")
    @Test
    void codesOfTheRequestAreTheStudysToo() {
        Study study = study(Tag.RequestAttributesSequence, dataSet(Tag.RequestedProcedureCodeSequence, PROCEDURE,
                Tag.ReasonForRequestedProcedureCodeSequence, REASON));

        assertEquals(MATCHES, match(study, dataSet(Tag.ProcedureCodeSequence, PROCEDURE,
                Tag.ReasonForRequestedProcedureCodeSequence, REASON)).outcome());
    }

    @Test
    void longAndUrnCodesAreCodes_8_8() {
        Attributes urn = dataSet(Tag.URNCodeValue, "urn:oid:1.2.3");
        Attributes longCode = dataSet(Tag.LongCodeValue, "a code of more than 16 characters", Tag.CodingSchemeDesignator, "99L");
        Study study = study(Tag.ProcedureCodeSequence, List.of(urn, longCode));

        assertEquals(MATCHES, match(study, dataSet(Tag.ProcedureCodeSequence, new Attributes(urn))).outcome());
        assertEquals(MATCHES, match(study, dataSet(Tag.ProcedureCodeSequence, new Attributes(longCode))).outcome());
    }

    @Test
    void anyOfSeveralCodesOfAnItemIsEnough_PS34_C_2_2_2_6() {
        assertEquals(MATCHES, match(study(Tag.AnatomicRegionSequence, HEAD),
                dataSet(Tag.AnatomicRegionSequence, List.of(CHEST, HEAD))).outcome());
    }

    @Clause("PS3.3 C.23.1.1.1")
    @Test
    void allPartsOfOneItemHaveToMatch() {
        Study study = study(Tag.Modality, "CT", Tag.AnatomicRegionSequence, HEAD);

        DefinitionMatch match = match(study, dataSet(Tag.Modality, "MR", Tag.AnatomicRegionSequence, HEAD),
                dataSet(Tag.Modality, "CT", Tag.AnatomicRegionSequence, CHEST));
        assertEquals(DOES_NOT_MATCH, match.outcome());
        assertEquals(List.of("Definition 1 asks for Modality (0008,0060) MR, and the study has CT.",
                "Definition 2 asks for Anatomic Region Sequence (0008,2218) 51185008 (SCT, Chest), and the study has "
                        + "69536005 (SCT, Head)."), match.reasons().stream().map(Reason::sentence).toList());
    }

    @Clause("PS3.3 C.23.1.1.1")
    @Test
    void theMostSpecificItemThatMatchesCounts() {
        DefinitionMatch match = match(study(Tag.Modality, "CT", Tag.AnatomicRegionSequence, HEAD),
                dataSet(Tag.Modality, "CT"), dataSet(Tag.Modality, "CT", Tag.AnatomicRegionSequence, HEAD));

        assertEquals(2, match.parts());
        assertTrue(match.reasons().stream().allMatch(reason -> reason.sentence().startsWith("Definition 2 ")));
    }

    @Clause("PS3.3 C.23.1.1.1")
    @Test
    void partsWithoutAValueAskForNothing() {
        assertEquals(MATCHES, match(study(Tag.Modality, "DX"), dataSet(Tag.Modality, "DX", Tag.Laterality, null,
                Tag.ProcedureCodeSequence, null, Tag.ReasonForRequestedProcedureCodeSequence, null)).outcome());
    }

    @Clause("PS3.16 Annex L")
    @Test
    void regionByBodyPartExaminedIsSaid_PS316_L() {
        DefinitionMatch match = match(study(Tag.BodyPartExamined, "CHEST"), dataSet(Tag.AnatomicRegionSequence, CHEST));

        assertEquals(MATCHES, match.outcome());
        assertEquals("Definition 1 asks for Anatomic Region Sequence (0008,2218) 51185008 (SCT, Chest), and the study has Body "
                + "Part Examined CHEST; PS3.16 Annex L has this code for it.", onlySentence(match));
    }

    @Clause("PS3.16 Annex L")
    @Test
    void bodyPartExaminedCountsOnlyWithoutACode_PS316_L() {
        assertEquals(DOES_NOT_MATCH, match(study(Tag.BodyPartExamined, "CHEST", Tag.AnatomicRegionSequence, HEAD),
                dataSet(Tag.AnatomicRegionSequence, CHEST)).outcome());
    }

    @Clause("PS3.16 Annex L")
    @Test
    void olderAndNewerCodeOfARegionAreTheSame_PS316_L() {
        DefinitionMatch match = match(study(Tag.AnatomicRegionSequence, CHEST),
                dataSet(Tag.AnatomicRegionSequence, new Code("T-D3000", "SRT", "Chest")));

        assertEquals(MATCHES, match.outcome());
        assertTrue(onlySentence(match).endsWith("PS3.16 Annex L has both codes for one region."), onlySentence(match));
    }

    @Clause("PS3.16 Annex L")
    @Test
    void bodyPartThatIsNoDefinedTermIsNotGuessed_PS316_L() {
        DefinitionMatch match = match(study(Tag.BodyPartExamined, "SCHAEDEL"), dataSet(Tag.AnatomicRegionSequence, HEAD));

        assertEquals(NOT_EVALUABLE, match.outcome());
        assertTrue(onlySentence(match).contains("has no SCHAEDEL"), onlySentence(match));
    }

    @Test
    void localRegionCodeCannotBeComparedWithABodyPart_PS316_L() {
        assertEquals(NOT_EVALUABLE, match(study(Tag.BodyPartExamined, "CHEST"),
                dataSet(Tag.AnatomicRegionSequence, new Code("TH", "99LOCAL", "Thorax"))).outcome());
        assertEquals(DOES_NOT_MATCH, match(study(Tag.BodyPartExamined, "CHEST"),
                dataSet(Tag.AnatomicRegionSequence, HEAD)).outcome());
    }

    @Test
    void regionAndSideOfFramesAreTheStudys_C_7_6_16_2_8() {
        Attributes anatomy = dataSet(Tag.FrameLaterality, "L", Tag.AnatomicRegionSequence, BREAST);
        Study study = study(Tag.SharedFunctionalGroupsSequence, dataSet(Tag.FrameAnatomySequence, anatomy));

        assertEquals(MATCHES, match(study, dataSet(Tag.AnatomicRegionSequence, BREAST, Tag.Laterality, "L")).outcome());
    }

    @Clause("PS3.3 C.23.1.1.1")
    @ParameterizedTest
    @CsvSource({"R, R, R, MATCHES", "R, R, L, DOES_NOT_MATCH", "R, L, B, MATCHES", "R, L, R, DOES_NOT_MATCH",
        "L, L, L, MATCHES", "U, U, U, MATCHES", "B, B, B, MATCHES"})
    void aStudyOfTheRightAndTheLeftIsOfBoth(String first, String second, String wanted, Outcome outcome) {
        Study study = Study.of(List.of(dataSet(Tag.ImageLaterality, first), dataSet(Tag.Laterality, second)));

        assertEquals(outcome, match(study, dataSet(Tag.Laterality, wanted)).outcome());
    }

    @Clause("PS3.18 10.4.1.1.2")
    @Test
    void whatIsAbsentInCompleteMetadataIsAbsent() {
        DefinitionMatch match = match(study(Tag.Modality, "CT"), dataSet(Tag.ProcedureCodeSequence, PROCEDURE));

        assertEquals(DOES_NOT_MATCH, match.outcome());
        assertNull(match.reasons().get(0).found());
        assertEquals("Definition 1 asks for Procedure Code Sequence (0008,1032) 98765 (99Local, NeuroSurgery Plan), and the "
                + "study has none.", onlySentence(match));
    }

    @Clause("PS3.18 10.6")
    @Test
    void whatIsAbsentInPartialMetadataIsNotGuessed() {
        Study study = Study.partial(List.of(dataSet(Tag.Modality, "CT"), dataSet(Tag.BodyPartExamined, "CHEST")));

        assertEquals(MATCHES, match(study, dataSet(Tag.Modality, "CT")).outcome());
        assertEquals(NOT_EVALUABLE, match(study, dataSet(Tag.Modality, "MR")).outcome());
        assertEquals(NOT_EVALUABLE, match(study, dataSet(Tag.ProcedureCodeSequence, PROCEDURE)).outcome());
        assertEquals(NOT_EVALUABLE, match(Study.of(List.of()), dataSet(Tag.Modality, "CT")).outcome());
        assertEquals(NOT_EVALUABLE, match(study, dataSet(Tag.AnatomicRegionSequence, HEAD)).outcome());
    }

    @Test
    void definitionsThatAskForNothingAreNotEvaluable() {
        assertEquals(NOT_EVALUABLE, match(study(Tag.Modality, "CT"), dataSet(Tag.Laterality, null)).outcome());
        assertEquals(NOT_EVALUABLE, match(study(Tag.Modality, "CT")).outcome());
        assertEquals(NOT_EVALUABLE, match(study(Tag.Modality, "CT"),
                dataSet(Tag.AnatomicRegionSequence, dataSet(Tag.CodeMeaning, "Chest"))).outcome());
    }

    @Test
    void reasonsOfManyDefinitionsAreBounded() {
        Attributes[] definitions = Collections.nCopies(5_000, "MG").stream().map(modality -> dataSet(Tag.Modality, modality))
                .toArray(Attributes[]::new);

        DefinitionMatch match = match(study(Tag.Modality, "CT"), definitions);
        assertEquals(DOES_NOT_MATCH, match.outcome());
        assertEquals(20, match.reasons().size());
    }

    @Clause("PS3.17 V.4")
    @Test
    void neurosurgeryTakesEitherModality_PS317_V_4() {
        StudyFacts mr = new StudyFacts(study(Tag.Modality, "MR", Tag.BodyPartExamined, "HEAD",
                Tag.ProcedureCodeSequence, PROCEDURE, Tag.ReasonForRequestedProcedureCodeSequence, REASON));
        StudyFacts withoutReason = new StudyFacts(study(Tag.Modality, "CT", Tag.BodyPartExamined, "HEAD",
                Tag.ProcedureCodeSequence, PROCEDURE));

        assertEquals(MATCHES, DefinitionMatch.of(SampleProtocols.neurosurgery(), mr).outcome());
        assertEquals(5 - 1, DefinitionMatch.of(SampleProtocols.neurosurgery(), mr).parts());
        DefinitionMatch failed = DefinitionMatch.of(SampleProtocols.neurosurgery(), withoutReason);
        assertEquals(DOES_NOT_MATCH, failed.outcome());
        assertTrue(failed.reasons().stream().anyMatch(reason -> reason.sentence().equals("Definition 2 asks for Reason for "
                + "Requested Procedure Code Sequence (0040,100A) I67.1 (I10, Cerebral aneurysm), and the study has none.")),
                failed.reasons()::toString);
    }
}
