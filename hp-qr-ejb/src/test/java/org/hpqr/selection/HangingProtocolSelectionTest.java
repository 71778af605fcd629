package org.hpqr.selection;

import static org.hpqr.selection.DataSets.CHEST;
import static org.hpqr.selection.DataSets.changed;
import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.protocol;
import static org.hpqr.selection.DataSets.put;
import static org.hpqr.selection.DataSets.received;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.selection.Display.Screen;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** Which protocols apply and in which order: PS3.3 C.23.1, PS3.17 V.1 and V.5. */
class HangingProtocolSelectionTest {

    private static final Study CT = Study.of(List.of(dataSet(Tag.Modality, "CT")));
    private static final Study CHEST_DX = Study.of(List.of(received(dataSet(Tag.Modality, "DX", Tag.BodyPartExamined, "CHEST"))));
    private static final Display TWO_SCREENS = new Display(List.of(new Screen(1024, 1280), new Screen(1024, 1280)));
    private static final Code SUSAN = new Code("58489749P", "HOSP_ID", null);
    private static final Code LGON = new Code("Lgon", "99Local", null);

    private static Attributes ct(String uid) {
        return protocol(uid, dataSet(Tag.Modality, "CT"));
    }

    private static List<String> order(Display display, Attributes... protocols) {
        List<Attributes> shuffled = new ArrayList<>(Arrays.asList(protocols));
        Collections.reverse(shuffled);
        return uids(HangingProtocolSelection.of(shuffled).apply(CT, List.of(), display).applicable());
    }

    private static List<String> uids(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::sopInstanceUid).toList();
    }

    /** A server evaluates protocols one by one, and bounds what it lists. */
    @Test
    void anEvaluationCountsWhatItDoesNotList() {
        Evaluation evaluation = new Evaluation(null, CT, 0, Display.UNKNOWN, 2);
        for (String uid : List.of("1.1", "1.2", "1.3"))
            evaluation.add(ct(uid));
        evaluation.add(protocol("1.4", dataSet(Tag.Modality, "MG")));

        assertEquals(1, evaluation.leftOut());
        assertEquals(List.of("1.1", "1.2"), uids(evaluation.result().applicable()));
        assertEquals(List.of("1.4"), uids(evaluation.result().notApplicable()));
    }

    @Clause("PS3.17 V.1")
    @Test
    void theReadersOwnGoesFirst_V_1() {
        Attributes own = changed(ct("1.1"), p -> {
            put(p, Tag.HangingProtocolLevel, "SINGLE_USER");
            put(p, Tag.HangingProtocolUserIdentificationCodeSequence, SUSAN);
        });
        Attributes group = changed(ct("1.2"), p -> {
            put(p, Tag.HangingProtocolLevel, "USER_GROUP");
            put(p, Tag.HangingProtocolUserGroupName, "ER");
        });
        Attributes site = protocol("1.3", dataSet(Tag.Modality, "CT"));
        Attributes manufacturer = changed(ct("1.4"), p -> put(p, Tag.HangingProtocolLevel, "MANUFACTURER"));

        HangingProtocolSelection all = HangingProtocolSelection.of(List.of(manufacturer, site, group, own));
        assertEquals(List.of("1.1", "1.2", "1.3", "1.4"),
                uids(all.forReader(new Reader(SUSAN, Set.of("ER"))).apply(CT, List.of(), Display.UNKNOWN).applicable()));
        Selection other = all.forReader(new Reader(LGON, Set.of())).apply(CT, List.of(), Display.UNKNOWN);
        assertEquals(List.of("1.3", "1.4"), uids(other.applicable()));
        assertEquals(Set.of("1.1", "1.2"), Set.copyOf(uids(other.notVisible())));
        assertEquals(List.of("1.3", "1.4", "1.1", "1.2"),
                uids(all.apply(CT, List.of(), Display.UNKNOWN).applicable()), "whose they are counts only if who reads is known");
    }

    @Clause("PS3.17 V.1")
    @Test
    void theMoreSpecificDefinitionGoesFirst_V_1() {
        Study chestCt = Study.of(List.of(dataSet(Tag.Modality, "CT", Tag.AnatomicRegionSequence, CHEST)));
        Attributes specific = protocol("2.2", dataSet(Tag.Modality, "CT", Tag.AnatomicRegionSequence, CHEST));

        assertEquals(List.of("2.2", "2.1"), uids(HangingProtocolSelection.of(List.of(ct("2.1"), specific))
                .apply(chestCt, List.of(), Display.UNKNOWN).applicable()));
    }

    @Clause("PS3.17 V.1")
    @Test
    void theScreensDecideNext_V_1() {
        Attributes equal = withScreens("3.4", 2, new Screen(1024, 1280), new Screen(1024, 1280));
        Attributes smaller = withScreens("3.3", 2, new Screen(1024, 1280), new Screen(1024, 1024));
        Attributes notStated = withScreens("3.2", 0);
        Attributes larger = withScreens("3.1", 2, new Screen(2048, 2560), new Screen(1024, 1280));

        assertEquals(List.of("3.4", "3.3", "3.2", "3.1"), order(TWO_SCREENS, equal, smaller, notStated, larger));
        assertEquals(List.of("3.1", "3.2", "3.3", "3.4"), order(Display.UNKNOWN, equal, smaller, notStated, larger));
    }

    @Clause("PS3.3 C.23.2")
    @Test
    void screensFitIfEachHasOneOfItsOwn_C_23_2() {
        Display display = new Display(List.of(new Screen(3000, 1000), new Screen(1000, 3000)));

        assertFit(ScreensFit.Fit.FEWER_OR_SMALLER, display, 2, new Screen(900, 2000), new Screen(2000, 900));
        assertFit(ScreensFit.Fit.FEWER_OR_SMALLER, display, 2, new Screen(900, 900), new Screen(2000, 900));
        assertFit(ScreensFit.Fit.MORE_OR_LARGER, display, 2, new Screen(900, 2000), new Screen(900, 2000));
        assertFit(ScreensFit.Fit.EQUAL, display, 2, new Screen(1000, 3000), new Screen(3000, 1000));
        assertFit(ScreensFit.Fit.MORE_OR_LARGER, display, 3);
        assertFit(ScreensFit.Fit.EQUAL, display, 2);
        assertFit(ScreensFit.Fit.FEWER_OR_SMALLER, display, 1);
        assertFit(ScreensFit.Fit.NOT_COMPARED, display, 0);
    }

    private static void assertFit(ScreensFit.Fit fit, Display display, int number, Screen... screens) {
        ScreensFit of = ScreensFit.of(received(withScreens("1.2", number, screens)), display);
        assertEquals(fit, of.fit(), of.reason()::sentence);
    }

    private static Attributes withScreens(String uid, int number, Screen... screens) {
        return changed(ct(uid), p -> {
            put(p, Tag.NumberOfScreens, number);
            put(p, Tag.NominalScreenDefinitionSequence, Arrays.stream(screens).map(screen -> dataSet(
                    Tag.NumberOfVerticalPixels, screen.rows(), Tag.NumberOfHorizontalPixels, screen.columns())).toList());
        });
    }

    @Clause("PS3.17 V.1")
    @Test
    void thenTheNewerThenTheUidAndTiesAreShown() {
        Attributes old = changed(ct("4.1"), p -> put(p, Tag.HangingProtocolCreationDateTime, "20200101120000+0100"));
        Attributes older = changed(ct("4.2"), p -> put(p, Tag.HangingProtocolCreationDateTime, "202001011100"));
        Attributes newer = changed(ct("4.3"), p -> put(p, Tag.HangingProtocolCreationDateTime, "20240105"));
        Attributes undated = changed(ct("4.0"), p -> put(p, Tag.HangingProtocolCreationDateTime, "last year"));

        List<Candidate> ranked = HangingProtocolSelection.of(List.of(undated, older, old, newer))
                .apply(CT, List.of(), Display.UNKNOWN).applicable();
        assertEquals(List.of("4.3", "4.1", "4.2", "4.0"), uids(ranked));
        assertEquals(List.of(1, 2, 2, 4), ranked.stream().map(Candidate::rank).toList());
        assertEquals(List.of(false, true, true, false), ranked.stream().map(Candidate::tied).toList());
    }

    @Test
    void whyTheMammographyProtocolIsNotApplied() {
        Selection selection = HangingProtocolSelection.of(List.of(received(SampleProtocols.mammography())))
                .forReader(new Reader(null, Set.of("BREAST_READERS"))).apply(CHEST_DX, List.of(), TWO_SCREENS);

        assertEquals(List.of(SampleProtocols.MAMMOGRAPHY_UID), uids(selection.notApplicable()));
        List<String> sentences = selection.notApplicable().get(0).reasons().stream().map(Reason::sentence).toList();
        assertEquals("The protocol is for the group BREAST_READERS, of which the reader is a member.", sentences.get(0));
        assertEquals("Definition 1 asks for Modality (0008,0060) MG, and the study has DX.", sentences.get(1));
    }

    @Clause("PS3.17 V.5")
    @Test
    void chestExampleOfTheStandard_V_5() {
        List<Attributes> protocols = List.of(SampleProtocols.ctOnePrior(), SampleProtocols.chestXray(), SampleProtocols.chestXrayLogin());

        Selection lgon = HangingProtocolSelection.of(protocols).forReader(new Reader(LGON, Set.of()))
                .apply(CHEST_DX, List.of(CHEST_DX), TWO_SCREENS);
        assertEquals(List.of(SampleProtocols.CHEST_XRAY_LOGIN_UID, SampleProtocols.CHEST_XRAY_UID), uids(lgon.applicable()));
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID), uids(lgon.notVisible()));
        Selection susan = HangingProtocolSelection.of(protocols).forReader(new Reader(SUSAN, Set.of()))
                .apply(CHEST_DX, List.of(), TWO_SCREENS);
        assertEquals(List.of(SampleProtocols.CHEST_XRAY_UID), uids(susan.applicable()));
        assertTrue(susan.applicable().get(0).reasons().stream().anyMatch(reason -> reason.sentence().equals("The protocol shows 1 "
                + "prior image set, and 0 prior studies are known, so image boxes may stay empty.")));
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID), uids(susan.notApplicable()));
    }

    @Test
    void oneScreenIsOneScreen() {
        Display one = new Display(List.of(new Screen(2048, 2560)));
        Selection selection = HangingProtocolSelection.of(List.of(SampleProtocols.chestXray())).apply(CHEST_DX, List.of(), one);

        assertTrue(selection.applicable().get(0).reasons().stream().anyMatch(reason ->
                reason.sentence().contains(", and there is 1 screen of 2048 x 2560 pixels: ")), selection::toString);
    }

    @Test
    void namesAreReadInTheirCharacterSet_PS35_6_1_2() {
        Selection selection = HangingProtocolSelection.of(List.of(received(SampleProtocols.latin1()), received(SampleProtocols.utf8())))
                .apply(CT, List.of(), Display.UNKNOWN);

        assertEquals("Schädel Übers.", selection.notApplicable().get(0).name());
        assertEquals("胸部 CT 1 prior", selection.notApplicable().get(1).name());
    }

    /** Each protocol is in one list, the order is that of the ranks, whatever order they were given in. */
    @Clause("PS3.17 V.1")
    @Property(tries = 50)
    void theOrderDoesNotDependOnThatOfTheProtocols(@ForAll long seed) {
        List<Attributes> protocols = new ArrayList<>(new RandomProtocols(seed).next(40));
        Study study = Study.of(List.of(dataSet(Tag.Modality, "CT", Tag.BodyPartExamined, "CHEST"), dataSet(Tag.Modality, "MR")));
        Selection first = HangingProtocolSelection.of(protocols).apply(study, List.of(), TWO_SCREENS);
        Collections.shuffle(protocols, new Random(seed));
        Selection second = HangingProtocolSelection.of(protocols).apply(study, List.of(), TWO_SCREENS);

        assertEquals(first.applicable(), second.applicable());
        assertEquals(40, first.applicable().size() + first.undecided().size() + first.notApplicable().size() + first.notVisible().size());
        assertTrue(first.applicable().stream().allMatch(c -> c.rank() > 0 && !c.reasons().isEmpty()));
        assertFalse(first.notApplicable().stream().anyMatch(c -> c.rank() > 0 || c.reasons().isEmpty()));
    }

    @Test
    void nothingOfADataSetIsChanged() throws Exception {
        Attributes protocol = received(SampleProtocols.latin1());
        Attributes instance = received(dataSet(Tag.Modality, "CR", Tag.BodyPartExamined, "SKULL"));
        HangingProtocolSelection.of(List.of(protocol)).apply(Study.of(List.of(instance)), List.of(), TWO_SCREENS);

        assertArrayEquals(DatasetCodec.encode(SampleProtocols.latin1(), UID.ExplicitVRLittleEndian),
                DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian));
        assertTrue(protocol.getValue(Tag.HangingProtocolName) instanceof byte[]);
    }
}
