package org.hpqr.selection;

import static org.hpqr.selection.DataSets.CHEST;
import static org.hpqr.selection.DataSets.HEAD;
import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Image Set Selector Sequence: PS3.3 C.23.1.1.3. */
class ImageSetSelectorTest {

    private static final String[] IMAGE_TYPE = {"ORIGINAL", "PRIMARY", "AXIAL"};

    private static Attributes imageType(int number, String... wanted) {
        return dataSet(Tag.ImageSetSelectorUsageFlag, "NO_MATCH", Tag.SelectorAttribute, Tag.ImageType, Tag.SelectorAttributeVR, "CS",
                Tag.SelectorCSValue, wanted, Tag.SelectorValueNumber, number);
    }

    private static Outcome test(Attributes selector, Attributes instance) throws MalformedRule {
        return test(selector, Image.of(0, received(instance), true));
    }

    private static Outcome test(Attributes selector, Image image) throws MalformedRule {
        return ImageSetSelector.of(received(selector)).test(image, new Tally(), new Effort());
    }

    @Clause("PS3.3 C.23.4.1")
    @ParameterizedTest
    @CsvSource({"1, ORIGINAL, MATCHES", "2, ORIGINAL, DOES_NOT_MATCH", "3, AXIAL, MATCHES", "0, PRIMARY, MATCHES",
        "0, LOCALIZER, DOES_NOT_MATCH", "4, AXIAL, DOES_NOT_MATCH"})
    void theValueOfThatNumberCountsAndOfZeroAnyOne(int number, String wanted, Outcome outcome) throws MalformedRule {
        assertEquals(outcome, test(imageType(number, wanted), dataSet(Tag.ImageType, IMAGE_TYPE)));
    }

    @Clause("PS3.3 C.23.1.1.3")
    @Test
    void oneOfSeveralValuesIsEnough() throws MalformedRule {
        assertEquals(MATCHES, test(imageType(3, "LOCALIZER", "AXIAL"), dataSet(Tag.ImageType, IMAGE_TYPE)));
    }

    @Clause("PS3.3 C.23.1.1.3")
    @ParameterizedTest
    @CsvSource({"MATCH, MATCHES", "NO_MATCH, DOES_NOT_MATCH"})
    void theUsageFlagDecidesForAnImageWithoutTheAttribute(String flag, Outcome outcome) throws MalformedRule {
        Attributes selector = imageType(4, "AXIAL");
        selector.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, flag);

        assertEquals(outcome, test(selector, dataSet()), "no attribute");
        assertEquals(outcome, test(selector, dataSet(Tag.ImageType, null)), "zero length");
        assertEquals(outcome, test(selector, dataSet(Tag.ImageType, IMAGE_TYPE)), "no fourth value");
        assertEquals(DOES_NOT_MATCH, test(selector, dataSet(Tag.ImageType, new String[] {"A", "B", "C", "D"})));
        assertEquals(NOT_EVALUABLE, test(selector, Image.of(0, dataSet(), false)), "not given");
    }

    @Clause("PS3.3 C.23.4.2.1.2")
    @Test
    void codesByValueAndScheme_C_23_4_2_1_2() throws MalformedRule {
        Attributes selector = dataSet(Tag.ImageSetSelectorUsageFlag, "NO_MATCH", Tag.SelectorAttribute, Tag.AnatomicRegionSequence,
                Tag.SelectorAttributeVR, "SQ", Tag.SelectorCodeSequenceValue, List.of(HEAD, CHEST), Tag.SelectorValueNumber, 1);

        assertEquals(MATCHES, test(selector, dataSet(Tag.AnatomicRegionSequence, new Code("51185008", "SCT", "Thorax"))));
        assertEquals(DOES_NOT_MATCH, test(selector, dataSet(Tag.AnatomicRegionSequence, new Code("51185008", "SRT", "Chest"))));
        assertEquals(DOES_NOT_MATCH,
                test(selector, dataSet(Tag.AnatomicRegionSequence, List.of(new Code("1", "99L", null), CHEST))), "the first item");
    }

    @Clause("PS3.3 C.23.4.1.1.2")
    @Test
    void anyFrameOfAnInstanceIsEnough_C_23_4_1_1_2() throws MalformedRule {
        Attributes selector = dataSet(Tag.ImageSetSelectorUsageFlag, "NO_MATCH", Tag.FunctionalGroupPointer, Tag.FrameContentSequence,
                Tag.SelectorAttribute, Tag.FrameLabel, Tag.SelectorAttributeVR, "LO", Tag.SelectorLOValue, "second",
                Tag.SelectorValueNumber, 1);
        Attributes instance = dataSet(Tag.PerFrameFunctionalGroupsSequence, List.of(
                dataSet(Tag.FrameContentSequence, dataSet(Tag.FrameLabel, "first")),
                dataSet(Tag.FrameContentSequence, dataSet(Tag.FrameLabel, "second"))));

        assertEquals(MATCHES, test(selector, instance));
    }

    @Test
    void whatAsksForNothingIsMalformed() {
        for (int missing : new int[] {Tag.ImageSetSelectorUsageFlag, Tag.SelectorAttribute, Tag.SelectorAttributeVR, Tag.SelectorCSValue,
            Tag.SelectorValueNumber}) {
            Attributes selector = imageType(1, "A");
            selector.remove(missing);
            assertThrows(MalformedRule.class, () -> ImageSetSelector.of(selector), () -> Elements.name(missing));
        }
        Attributes badFlag = imageType(1, "A");
        badFlag.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "MAYBE");
        assertThrows(MalformedRule.class, () -> ImageSetSelector.of(badFlag));
    }

    @Test
    void oneSentenceSaysHowItCameOut() throws MalformedRule {
        ImageSetSelector selector = ImageSetSelector.of(imageType(3, "AXIAL"));
        Tally tally = new Tally();
        for (Attributes instance : List.of(dataSet(Tag.ImageType, IMAGE_TYPE), dataSet(), dataSet(Tag.ImageType,
                new String[] {"ORIGINAL", "PRIMARY", "LOCALIZER"})))
            selector.test(Image.of(0, instance, true), tally, new Effort());
        selector.test(Image.of(0, dataSet(), false), tally, new Effort());

        assertEquals("Selector 1 asks for Image Type (0008,0008), value 3, AXIAL: 1 image matches, 2 do not, of 1 it is not known; "
                + "others have LOCALIZER; 1 has no value, which counts as no match (NO_MATCH).", selector.reason(1, tally).sentence());
    }

    /** The truth table of a rule: it matches if and only if one of the values that count is one of those wanted. */
    @Clause("PS3.3 C.23.1.1.3")
    @Property
    void truthTable(@ForAll @Size(max = 4) List<@IntRange(max = 3) Integer> has,
                    @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 3) Integer> wanted,
                    @ForAll @IntRange(max = 5) int number, @ForAll boolean match) throws MalformedRule {
        Attributes instance = dataSet();
        if (!has.isEmpty())
            DataSets.put(instance, Tag.ImageType, has.stream().map(i -> "V" + i).toArray(String[]::new));
        Attributes selector = imageType(number, wanted.stream().map(i -> "V" + i).toArray(String[]::new));
        DataSets.put(selector, Tag.ImageSetSelectorUsageFlag, match ? "MATCH" : "NO_MATCH");

        List<Integer> counting = number == 0 ? has : number <= has.size() ? has.subList(number - 1, number) : List.of();
        boolean expected = counting.isEmpty() ? match : counting.stream().anyMatch(wanted::contains);
        assertEquals(Outcome.of(expected), test(selector, instance));
        assertTrue(test(selector, Image.of(0, received(instance), false)) != Outcome.of(!expected) || counting.isEmpty());
    }
}
