package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.selection.Display.Screen;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.hpqr.testkit.samples.RandomProtocols;
import org.junit.jupiter.api.Test;

/** Protocols and instances that are anything: bounded, said, never an exception. */
class HostileProtocolTest {

    private static final Display DISPLAY = new Display(List.of(new Screen(1024, 1280)));

    private static Study study(int instances) {
        return Study.of(IntStream.range(0, instances).mapToObj(i -> dataSet(Tag.Modality, "CT", Tag.SOPInstanceUID, "1." + i,
                Tag.StudyDate, "20240620", Tag.SeriesInstanceUID, "1.2")).toList());
    }

    private static void applyAll(Attributes protocol, Study study) {
        Selection selection = HangingProtocolSelection.of(List.of(protocol)).apply(study, List.of(study), DISPLAY);
        assertEquals(1, selection.applicable().size() + selection.undecided().size() + selection.notApplicable().size());
        Layout layout = HangingProtocolSelection.layout(protocol, study, List.of(study));
        assertTrue(layout.reasons().stream().allMatch(reason -> reason.sentence().length() <= Reason.LONGEST));
    }

    @Test
    void aThousandBoxesAreShownAndMoreAreSaid() {
        List<Attributes> boxes = IntStream.rangeClosed(1, 1_001).mapToObj(i -> dataSet(Tag.ImageBoxNumber, i)).toList();
        List<Reason> reasons = new ArrayList<>();

        assertEquals(1_000, ImageBoxes.of(dataSet(Tag.ImageBoxesSequence, boxes), 5, reasons).size());
        assertEquals("The display set has more than 1000 image boxes; the others are left out.", reasons.get(0).sentence());
    }

    @Test
    void theWorkOfManyImageSetsDisplaySetsAndRulesIsBounded() {
        Attributes selector = dataSet(Tag.ImageSetSelectorUsageFlag, "MATCH", Tag.SelectorAttribute, Tag.Modality, Tag.SelectorAttributeVR,
                "CS", Tag.SelectorCSValue, "CT", Tag.SelectorValueNumber, 1);
        Attributes filter = dataSet(Tag.SelectorAttribute, Tag.Modality, Tag.FilterByAttributePresence, "PRESENT");
        List<Attributes> imageSets = IntStream.rangeClosed(1, 2_000).mapToObj(i -> dataSet(Tag.ImageSetSelectorSequence,
                copies(selector, 100), Tag.TimeBasedImageSetsSequence, dataSet(Tag.ImageSetNumber, i, Tag.ImageSetSelectorCategory,
                        "RELATIVE_TIME", Tag.RelativeTime, new int[] {0, 0}, Tag.RelativeTimeUnits, "DAYS"))).toList();
        List<Attributes> displaySets = IntStream.rangeClosed(1, 2_000).mapToObj(i -> dataSet(Tag.ImageSetNumber, i,
                Tag.FilterOperationsSequence, copies(filter, 100))).toList();

        Layout layout = HangingProtocolSelection.layout(dataSet(Tag.ImageSetsSequence, imageSets, Tag.DisplaySetsSequence, displaySets),
                study(500), List.of());
        assertEquals(1_000, layout.imageSets().size());
        assertEquals(1_000, layout.displaySets().size());
        assertEquals(Outcome.MATCHES, layout.imageSets().get(0).outcome());
        assertEquals(Outcome.NOT_EVALUABLE, layout.displaySets().get(999).outcome(), "2,000,000 rules were asked before");
        assertEquals("The protocol has more than 1000 display sets; the others are left out.", layout.reasons().get(0).sentence());
    }

    private static List<Attributes> copies(Attributes item, int count) {
        return Collections.nCopies(count, item).stream().map(Attributes::new).toList();
    }

    @Test
    void longTextsAreCut() {
        Attributes protocol = DataSets.protocol("1.2", dataSet(Tag.Modality, "X".repeat(100_000)));

        applyAll(protocol, study(1));
    }

    @Test
    void everyAttributeOfTheIodIsRead() {
        applyAll(received(CompleteProtocol.make()), study(3));
    }

    /** Valid protocols with single elements in another VR, cut short, emptied or removed. */
    @Property(tries = 300)
    void damagedProtocolsAreNoErrors(@ForAll long seed) {
        Random random = new Random(seed);
        Attributes protocol = random.nextBoolean() ? CompleteProtocol.make() : new RandomProtocols(seed).next();
        for (int i = 0; i < 10; i++)
            damage(protocol, random);

        applyAll(protocol, study(3));
    }

    /** Instances of which anything may be anything. */
    @Property(tries = 100)
    void damagedInstancesAreNoErrors(@ForAll long seed) {
        Random random = new Random(seed);
        Attributes instance = dataSet(Tag.Modality, "CT", Tag.ImageOrientationPatient, "1 0 0 0 1 0".split(" "),
                Tag.ImagePositionPatient, "0 0 1".split(" "), Tag.StudyDate, "20240620", Tag.AcquisitionDateTime, "20240620",
                Tag.SharedFunctionalGroupsSequence, dataSet(Tag.FrameAnatomySequence, dataSet(Tag.FrameLaterality, "R")),
                Tag.PerFrameFunctionalGroupsSequence, List.of(dataSet(Tag.PlanePositionSequence, dataSet(Tag.ImagePositionPatient, "0"))));
        for (int i = 0; i < 4; i++)
            damage(instance, random);

        applyAll(CompleteProtocol.make(), Study.of(List.of(instance)));
    }

    private static void damage(Attributes item, Random random) {
        int[] tags = item.tags();
        if (tags.length == 0)
            return;
        int tag = tags[random.nextInt(tags.length)];
        if (item.getValue(tag) instanceof Sequence items && !items.isEmpty() && random.nextInt(5) > 0) {
            damage(items.get(random.nextInt(items.size())), random);
            return;
        }
        VR[] vrs = VR.values();
        VR vr = vrs[random.nextInt(vrs.length)];
        switch (random.nextInt(4)) {
            case 0 -> item.remove(tag);
            case 1 -> item.setNull(tag, vr);
            case 2 -> item.newSequence(tag, 1).add(new Attributes());
            default -> {
                byte[] bytes = new byte[random.nextInt(9)];
                random.nextBytes(bytes);
                if (vr == VR.SQ)
                    item.setNull(tag, vr);
                else
                    item.setBytes(tag, vr, bytes);
            }
        }
    }
}
