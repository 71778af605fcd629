package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** Where an attribute stands: Hanging Protocol Selector Attribute Context Macro, PS3.3 C.23.4.1. */
class SelectorAttributeTest {

    private static final String CREATOR = "HPQR TEST";

    private static List<String> values(Attributes rule, Attributes instance, int frame) throws MalformedRule {
        Image image = Image.of(0, received(instance), true);
        if (frame > 0)
            image = image.frames().get(frame - 1);
        return SelectorAttribute.of(received(rule)).in(image).stream()
                .flatMap(element -> Elements.texts(element.item(), element.tag()).stream()).toList();
    }

    private static Attributes multiFrame() {
        Attributes shared = dataSet(Tag.FrameAnatomySequence, dataSet(Tag.FrameLaterality, "R"));
        List<Attributes> perFrame = IntStream.rangeClosed(1, 3).mapToObj(number -> dataSet(Tag.FrameContentSequence,
                dataSet(Tag.FrameComments, "frame " + number, Tag.FrameLabel, "L" + number))).toList();
        return dataSet(Tag.SharedFunctionalGroupsSequence, shared, Tag.PerFrameFunctionalGroupsSequence, perFrame);
    }

    @Test
    void atTheTop() throws MalformedRule {
        assertEquals(List.of("CT"), values(dataSet(Tag.SelectorAttribute, Tag.Modality), dataSet(Tag.Modality, "CT"), 0));
        assertEquals(List.of(), values(dataSet(Tag.SelectorAttribute, Tag.Modality), dataSet(), 0));
    }

    @Clause("PS3.3 C.23.4.1.1.1")
    @Test
    void inAnyItemOfASequence_C_23_4_1_1_1() throws MalformedRule {
        Attributes instance = dataSet(Tag.RequestAttributesSequence,
                List.of(dataSet(Tag.RequestedProcedureID, "P1"), dataSet(), dataSet(Tag.RequestedProcedureID, "P2")));

        assertEquals(List.of("P1", "P2"), values(dataSet(Tag.SelectorSequencePointer, Tag.RequestAttributesSequence,
                Tag.SelectorAttribute, Tag.RequestedProcedureID), instance, 0));
    }

    @Clause("PS3.3 C.23.4.1.1.1")
    @Test
    void inASequenceInASequence() throws MalformedRule {
        Attributes inner = dataSet(Tag.CodeValue, "C1");
        Attributes instance = dataSet(Tag.RequestAttributesSequence, dataSet(Tag.RequestedProcedureCodeSequence, inner));

        assertEquals(List.of("C1"), values(dataSet(Tag.SelectorSequencePointer,
                new int[] {Tag.RequestAttributesSequence, Tag.RequestedProcedureCodeSequence}, Tag.SelectorAttribute, Tag.CodeValue),
                instance, 0));
    }

    @Clause("PS3.3 C.23.4.1.1.2")
    @Test
    void inAFunctionalGroupOfTheFrameOrSharedByAll_C_23_4_1_1_2() throws MalformedRule {
        Attributes perFrame = dataSet(Tag.FunctionalGroupPointer, Tag.FrameContentSequence, Tag.SelectorAttribute, Tag.FrameLabel);
        Attributes shared = dataSet(Tag.FunctionalGroupPointer, Tag.FrameAnatomySequence, Tag.SelectorAttribute, Tag.FrameLaterality);

        assertEquals(List.of("L2"), values(perFrame, multiFrame(), 2));
        assertEquals(List.of("L1", "L2", "L3"), values(perFrame, multiFrame(), 0));
        assertEquals(List.of("R"), values(shared, multiFrame(), 3));
        assertEquals(List.of(), values(dataSet(Tag.SelectorAttribute, Tag.FrameLabel), multiFrame(), 0), "only with the pointer");
    }

    @Clause("PS3.3 C.23.4.1.1.3")
    @Test
    void privateAttributesAndSequencesByTheirCreators_C_23_4_1_1_3() throws MalformedRule {
        Attributes instance = new Attributes();
        instance.setString("ANOTHER", 0x00110001, VR.LO, "other");
        instance.setString(CREATOR, 0x00110001, VR.LO, "found");
        Attributes item = new Attributes();
        item.setString(CREATOR, 0x00110003, VR.LO, "nested");
        instance.newSequence(CREATOR, 0x00110002, 1).add(item);

        Attributes rule = dataSet(Tag.SelectorAttribute, 0x00110001, Tag.SelectorAttributePrivateCreator, CREATOR);
        assertEquals(List.of("found"), values(rule, instance, 0));
        assertEquals("Attribute (0011,0001) of HPQR TEST", SelectorAttribute.of(rule).name());
        assertEquals(List.of("nested"), values(dataSet(Tag.SelectorSequencePointer, 0x00110002,
                Tag.SelectorSequencePointerPrivateCreator, CREATOR, Tag.SelectorAttribute, 0x00110003,
                Tag.SelectorAttributePrivateCreator, CREATOR), instance, 0));
        assertEquals(List.of(), values(dataSet(Tag.SelectorAttribute, 0x00110001, Tag.SelectorAttributePrivateCreator, "NONE"),
                instance, 0));
    }

    @Clause("PS3.3 C.23.4.1.1.3")
    @Test
    void privateFunctionalGroup_C_23_4_1_1_3() throws MalformedRule {
        Attributes groups = new Attributes();
        groups.newSequence(CREATOR, 0x00210010, 1).add(dataSet(Tag.FrameLabel, "private group"));

        assertEquals(List.of("private group"), values(dataSet(Tag.FunctionalGroupPointer, 0x00210010,
                Tag.FunctionalGroupPrivateCreator, CREATOR, Tag.SelectorAttribute, Tag.FrameLabel),
                dataSet(Tag.SharedFunctionalGroupsSequence, groups), 0));
    }

    @Test
    void whatNamesNothingIsMalformed() {
        assertThrows(MalformedRule.class, () -> SelectorAttribute.of(dataSet()));
        assertEquals("names the private attribute (0011,0001) without its private creator", assertThrows(MalformedRule.class,
                () -> SelectorAttribute.of(dataSet(Tag.SelectorAttribute, 0x00110001))).getMessage());
        int[] deep = Collections.nCopies(17, Tag.RequestAttributesSequence).stream().mapToInt(Integer::intValue).toArray();
        assertThrows(MalformedRule.class, () -> SelectorAttribute.of(
                dataSet(Tag.SelectorSequencePointer, deep, Tag.SelectorAttribute, Tag.Modality)));
    }

    @Test
    void theNameHasTheWholePath() throws MalformedRule {
        assertEquals("Frame Content Sequence (0020,9111) > Frame Label (0020,9453)", SelectorAttribute.of(dataSet(
                Tag.FunctionalGroupPointer, Tag.FrameContentSequence, Tag.SelectorAttribute, Tag.FrameLabel)).name());
        assertEquals("SOP Class UID (0008,0016)",
                SelectorAttribute.of(dataSet(Tag.SelectorAttribute, Tag.SOPClassUID)).name());
    }
}
