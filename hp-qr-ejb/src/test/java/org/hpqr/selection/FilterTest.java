package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filter Operations Sequence: PS3.3 C.23.3.1.1. */
class FilterTest {

    private static Attributes thickness(String operator, String... wanted) {
        return dataSet(Tag.SelectorAttribute, Tag.SliceThickness, Tag.SelectorAttributeVR, "DS", Tag.SelectorDSValue, wanted,
                Tag.SelectorValueNumber, 0, Tag.FilterByOperator, operator);
    }

    private static Outcome test(Attributes filter, Attributes instance) throws MalformedRule {
        return Filter.of(received(filter)).test(Image.of(0, received(instance), true), new Tally());
    }

    private static String malformed(Attributes filter) {
        return assertThrows(MalformedRule.class, () -> Filter.of(filter)).getMessage();
    }

    @Clause("PS3.3 C.23.3.1.1")
    @ParameterizedTest
    @CsvSource({
        "MEMBER_OF, 1 2, 2, MATCHES", "MEMBER_OF, 1 2, 3, DOES_NOT_MATCH", "MEMBER_OF, 1 2, 3 1, MATCHES",
        "NOT_MEMBER_OF, 1 2, 3, MATCHES", "NOT_MEMBER_OF, 1 2, 2.0, DOES_NOT_MATCH", "NOT_MEMBER_OF, 1 2, 3 1, DOES_NOT_MATCH",
        "RANGE_INCL, 1 2, 1, MATCHES", "RANGE_INCL, 1 2, 2, MATCHES", "RANGE_INCL, 1 2, 2.1, DOES_NOT_MATCH",
        "RANGE_INCL, 1 2, 1 2.1, DOES_NOT_MATCH", "RANGE_INCL, 1 1, 1.0, MATCHES",
        "RANGE_EXCL, 1 2, 0.9, MATCHES", "RANGE_EXCL, 1 2, 1, DOES_NOT_MATCH", "RANGE_EXCL, 1 2, 2, DOES_NOT_MATCH",
        "RANGE_EXCL, 1 2, 0 3, MATCHES", "RANGE_EXCL, 1 2, 0 1.5, DOES_NOT_MATCH",
        "GREATER_OR_EQUAL, 1, 1, MATCHES", "GREATER_OR_EQUAL, 1, 0.9, DOES_NOT_MATCH", "GREATER_OR_EQUAL, 1, 1 0, DOES_NOT_MATCH",
        "LESS_OR_EQUAL, 1, 1, MATCHES", "LESS_OR_EQUAL, 1, 1.1, DOES_NOT_MATCH",
        "GREATER_THAN, 1, 1.1, MATCHES", "GREATER_THAN, 1, 1, DOES_NOT_MATCH",
        "LESS_THAN, 1, 0.9, MATCHES", "LESS_THAN, 1, 1, DOES_NOT_MATCH"})
    void operators_C_23_3_Table(String operator, String wanted, String has, Outcome outcome) throws MalformedRule {
        assertEquals(outcome, test(thickness(operator, wanted.split(" ")), dataSet(Tag.SliceThickness, has.split(" "))));
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void theValueOfThatNumberCounts() throws MalformedRule {
        Attributes filter = thickness("MEMBER_OF", "2");
        DataSets.put(filter, Tag.SelectorValueNumber, 2);

        assertEquals(MATCHES, test(filter, dataSet(Tag.SliceThickness, new String[] {"1", "2"})));
        assertEquals(DOES_NOT_MATCH, test(filter, dataSet(Tag.SliceThickness, new String[] {"2", "1"})));
        assertEquals(MATCHES, test(filter, dataSet(Tag.SliceThickness, "2")), "there is no second, and no usage flag");
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void theUsageFlagDecidesForAnImageWithoutTheValue() throws MalformedRule {
        Attributes filter = thickness("MEMBER_OF", "2");
        assertEquals(MATCHES, test(filter, dataSet()), "Table C.23.3-1: without the flag, MATCH is assumed");
        DataSets.put(filter, Tag.ImageSetSelectorUsageFlag, "MATCH");
        assertEquals(MATCHES, test(filter, dataSet()));
        DataSets.put(filter, Tag.ImageSetSelectorUsageFlag, "NO_MATCH");
        assertEquals(DOES_NOT_MATCH, test(filter, dataSet()));
        assertEquals(NOT_EVALUABLE, Filter.of(filter).test(Image.of(0, dataSet(), false), new Tally()));
    }

    @Clause("PS3.3 C.23.4.1.1.1")
    @Test
    void ofSeveralItemsOneIsEnough_C_23_4_1_1_1() throws MalformedRule {
        Attributes filter = dataSet(Tag.SelectorSequencePointer, Tag.RequestAttributesSequence, Tag.SelectorAttribute,
                Tag.RequestedProcedureID, Tag.SelectorAttributeVR, "SH", Tag.SelectorSHValue, "P2", Tag.SelectorValueNumber, 1,
                Tag.FilterByOperator, "MEMBER_OF");
        Attributes instance = dataSet(Tag.RequestAttributesSequence,
                List.of(dataSet(Tag.RequestedProcedureID, "P1"), dataSet(Tag.RequestedProcedureID, "P2")));

        assertEquals(MATCHES, test(filter, instance));
        DataSets.put(filter, Tag.FilterByOperator, "NOT_MEMBER_OF");
        assertEquals(DOES_NOT_MATCH, test(filter, instance));
    }

    @Test
    void aFrameIsFilteredByItsOwnFunctionalGroups_C_23_3_1_1() throws MalformedRule {
        Attributes instance = received(dataSet(Tag.PerFrameFunctionalGroupsSequence, List.of(
                dataSet(Tag.FrameContentSequence, dataSet(Tag.FrameLabel, "first")),
                dataSet(Tag.FrameContentSequence, dataSet(Tag.FrameLabel, "second")))));
        Filter filter = Filter.of(dataSet(Tag.FunctionalGroupPointer, Tag.FrameContentSequence, Tag.SelectorAttribute, Tag.FrameLabel,
                Tag.SelectorAttributeVR, "LO", Tag.SelectorLOValue, "second", Tag.SelectorValueNumber, 1, Tag.FilterByOperator,
                "MEMBER_OF"));

        assertEquals(List.of(DOES_NOT_MATCH, MATCHES), Image.of(0, instance, true).frames().stream()
                .map(frame -> filter.test(frame, new Tally())).toList());
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void presence() throws MalformedRule {
        Attributes present = dataSet(Tag.SelectorAttribute, Tag.ContrastBolusAgent, Tag.FilterByAttributePresence, "PRESENT");
        Attributes absent = dataSet(Tag.SelectorAttribute, Tag.ContrastBolusAgent, Tag.FilterByAttributePresence, "NOT_PRESENT");

        assertEquals(MATCHES, test(present, dataSet(Tag.ContrastBolusAgent, "iodine")));
        assertEquals(MATCHES, test(present, dataSet(Tag.ContrastBolusAgent, null)), "of zero length");
        assertEquals(DOES_NOT_MATCH, test(present, dataSet()));
        assertEquals(DOES_NOT_MATCH, test(absent, dataSet(Tag.ContrastBolusAgent, null)));
        assertEquals(MATCHES, test(absent, dataSet()));
        assertEquals(NOT_EVALUABLE, Filter.of(absent).test(Image.of(0, dataSet(), false), new Tally()));
    }

    @Clause("PS3.3 C.23.3.1.1")
    @ParameterizedTest
    @CsvSource({"1 0 0 0 1 0, TRANSVERSE", "0 1 0 0 0 -1, SAGITTAL", "1 0 0 0 0 -1, CORONAL", "-1 0 0 0 -1 0, TRANSVERSE",
        "1 0 0 0 0.7071 -0.7071, OBLIQUE", "1 0 0 0 0.9063 0.4226, TRANSVERSE", "0.7071 0.7071 0 -0.7071 0.7071 0, TRANSVERSE"})
    void imagePlaneByOrientationOfThePatient(String cosines, String plane) throws MalformedRule {
        Attributes image = dataSet(Tag.ImageOrientationPatient, cosines.split(" "));

        for (String wanted : List.of("TRANSVERSE", "SAGITTAL", "CORONAL", "OBLIQUE")) {
            assertEquals(Outcome.of(wanted.equals(plane)), test(plane("MEMBER_OF", wanted), image), wanted);
            assertEquals(Outcome.of(!wanted.equals(plane)), test(plane("NOT_MEMBER_OF", wanted), image), wanted);
        }
    }

    @Clause("PS3.3 C.23.3.1.1")
    @ParameterizedTest
    @CsvSource({"L, F, CORONAL", "P, FL, SAGITTAL", "A, F, SAGITTAL", "L, P, TRANSVERSE", "FR, AL, SAGITTAL"})
    void imagePlaneByPatientOrientation(String row, String column, String plane) throws MalformedRule {
        assertEquals(MATCHES, test(plane("MEMBER_OF", plane), dataSet(Tag.PatientOrientation, new String[] {row, column})));
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void imagePlaneOfAFrame() throws MalformedRule {
        Attributes image = dataSet(Tag.SharedFunctionalGroupsSequence, dataSet(Tag.PlaneOrientationSequence,
                dataSet(Tag.ImageOrientationPatient, new String[] {"1", "0", "0", "0", "1", "0"})));

        assertEquals(MATCHES, test(plane("MEMBER_OF", "TRANSVERSE"), image));
    }

    /** The toolkit replaces text by numbers when somebody asks for numbers: they are the same values. */
    @Test
    void numbersThatWereReadBeforeAreStillThere() throws MalformedRule {
        Attributes instance = dataSet(Tag.ImageOrientationPatient, new String[] {"1", "0", "0", "0", "1", "0"}, Tag.SliceThickness, "2.5",
                Tag.InstanceNumber, "3");
        instance.getDoubles(Tag.ImageOrientationPatient);
        instance.getDouble(Tag.SliceThickness, 0);
        instance.getInt(Tag.InstanceNumber, 0);

        assertEquals(MATCHES, Filter.of(plane("MEMBER_OF", "TRANSVERSE")).test(Image.of(0, instance, true), new Tally()));
        assertEquals(MATCHES, Filter.of(thickness("MEMBER_OF", "2.5")).test(Image.of(0, instance, true), new Tally()));
        assertEquals("3", Elements.text(instance, Tag.InstanceNumber).orElse(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 0 0", "1 0 0 1 0 0", "0 0 0 0 0 0", "a b c d e f", "1 0 0 0 1 NaN"})
    void anOrientationThatIsNoneIsNotGuessed(String cosines) throws MalformedRule {
        assertEquals(NOT_EVALUABLE, test(plane("MEMBER_OF", "TRANSVERSE"), dataSet(Tag.ImageOrientationPatient, cosines.split(" "))));
    }

    @Test
    void theUsageFlagDecidesForAnImageWithoutOrientation() throws MalformedRule {
        Attributes filter = plane("MEMBER_OF", "TRANSVERSE");

        assertEquals(MATCHES, test(filter, dataSet()), "Table C.23.3-1: without the flag, MATCH is assumed");
        assertEquals(NOT_EVALUABLE, test(filter, dataSet(Tag.PatientOrientation, new String[] {"L", "R"})));
        DataSets.put(filter, Tag.ImageSetSelectorUsageFlag, "MATCH");
        assertEquals(MATCHES, test(filter, dataSet()));
        DataSets.put(filter, Tag.ImageSetSelectorUsageFlag, "NO_MATCH");
        assertEquals(DOES_NOT_MATCH, test(filter, dataSet()));
    }

    private static Attributes plane(String operator, String... planes) {
        return dataSet(Tag.FilterByCategory, "IMAGE_PLANE", Tag.SelectorAttributeVR, "CS", Tag.SelectorCSValue, planes,
                Tag.FilterByOperator, operator);
    }

    @Test
    void whatSaysNothingIsMalformed() {
        assertEquals("has neither Filter-by Operator (0072,0406) nor Filter-by Attribute Presence (0072,0404)", malformed(dataSet()));
        assertEquals("has the invalid value SIMILAR_TO as Filter-by Operator (0072,0406)", malformed(thickness("SIMILAR_TO", "1")));
        assertEquals("has 1 value for RANGE_INCL", malformed(thickness("RANGE_INCL", "1")));
        assertEquals("has 2 values for LESS_THAN", malformed(thickness("LESS_THAN", "1", "2")));
        assertEquals("has a range from 2 down to 1", malformed(thickness("RANGE_EXCL", "2", "1")));
        assertEquals("has thick among the values of VR DS to compare with", malformed(thickness("MEMBER_OF", "thick")));
        Attributes text = dataSet(Tag.SelectorAttribute, Tag.StudyDescription, Tag.SelectorAttributeVR, "LO", Tag.SelectorLOValue, "a",
                Tag.SelectorValueNumber, 1, Tag.FilterByOperator, "GREATER_THAN");
        assertEquals("has GREATER_THAN for a, which is not a number", malformed(text));
        assertThrows(MalformedRule.class, () -> Filter.of(dataSet(Tag.FilterByCategory, "IMAGE_QUALITY")));
        assertThrows(MalformedRule.class, () -> Filter.of(plane("GREATER_THAN", "TRANSVERSE")));
        assertThrows(MalformedRule.class, () -> Filter.of(dataSet(Tag.SelectorAttribute, Tag.Rows, Tag.FilterByAttributePresence, "?")));
    }

    @Test
    void oneSentenceSaysHowItCameOut() throws MalformedRule {
        Filter filter = Filter.of(thickness("RANGE_INCL", "0", "1.5"));
        Tally tally = new Tally();
        filter.test(Image.of(0, dataSet(Tag.SliceThickness, "1"), true), tally);
        filter.test(Image.of(0, dataSet(Tag.SliceThickness, "5"), true), tally);

        assertEquals("Filter 2 asks for Slice Thickness (0018,0050) within 0 to 1.5: 1 image matches, 1 does not; others have 5.",
                filter.reason(2, tally).sentence());
    }

    @Clause("PS3.3 C.23.3.1.1")
    @Test
    void theSentenceSaysWhatMissingValuesCountAs() throws MalformedRule {
        Filter filter = Filter.of(thickness("MEMBER_OF", "1"));
        Tally tally = new Tally();
        filter.test(Image.of(0, dataSet(), true), tally);
        filter.test(Image.of(0, dataSet(), true), tally);

        assertEquals("Filter 1 asks for Slice Thickness (0018,0050) one of 1: 2 images match; 2 have no value, which counts as a match "
                + "(MATCH).", filter.reason(1, tally).sentence());
    }

    private static final Map<String, String> NEGATIONS = Map.of("MEMBER_OF", "NOT_MEMBER_OF", "RANGE_INCL", "RANGE_EXCL",
            "GREATER_OR_EQUAL", "LESS_THAN", "LESS_OR_EQUAL", "GREATER_THAN");

    /** Of an image with one value a filter or its negation is true, never both. */
    @Clause("PS3.3 C.23.3.1.1")
    @Property
    void aFilterAndItsNegation(@ForAll @IntRange(min = -20, max = 20) int has, @ForAll @IntRange(min = -20, max = 20) int first,
                               @ForAll @IntRange(max = 20) int more, @ForAll @IntRange(min = 1, max = 1000) int scale)
            throws MalformedRule {
        Attributes instance = dataSet(Tag.SliceThickness, String.valueOf((double) has / scale));
        for (Map.Entry<String, String> negation : NEGATIONS.entrySet()) {
            boolean two = negation.getKey().startsWith("RANGE");
            String[] wanted = two ? new String[] {String.valueOf((double) first / scale), String.valueOf((double) (first + more) / scale)}
                    : new String[] {String.valueOf((double) first / scale)};
            assertEquals(test(thickness(negation.getKey(), wanted), instance).negate(),
                    test(thickness(negation.getValue(), wanted), instance), negation::getKey);
        }
    }

    /** Of an image with any number of values, one is a member or none is. */
    @Clause("PS3.3 C.23.3.1.1")
    @Property
    void membershipAndItsNegation(@ForAll @Size(min = 1, max = 4) List<@IntRange(max = 4) Integer> has,
                                  @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 4) Integer> wanted) throws MalformedRule {
        String[] values = wanted.stream().map(String::valueOf).toArray(String[]::new);
        Attributes instance = dataSet(Tag.SliceThickness, has.stream().map(String::valueOf).toArray(String[]::new));

        assertEquals(Outcome.of(has.stream().anyMatch(wanted::contains)), test(thickness("MEMBER_OF", values), instance));
        assertEquals(Outcome.of(has.stream().noneMatch(wanted::contains)), test(thickness("NOT_MEMBER_OF", values), instance));
    }
}
