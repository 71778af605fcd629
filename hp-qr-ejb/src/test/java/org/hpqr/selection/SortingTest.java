package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** Sorting Operations Sequence: PS3.3 C.23.3.1.2. */
class SortingTest {

    private static Attributes by(int tag, String direction) {
        return dataSet(Tag.SelectorAttribute, tag, Tag.SelectorValueNumber, 1, Tag.SortingDirection, direction);
    }

    private static Attributes byCategory(String category, String direction) {
        return dataSet(Tag.SortByCategory, category, Tag.SortingDirection, direction);
    }

    /** The places that the images had before, in the order they come out. */
    private static List<Integer> sort(List<Attributes> instances, List<Reason> reasons, Attributes... sortings) throws MalformedRule {
        List<Image> images = instances.stream().map(instance -> Image.of(0, received(instance), true)).toList();
        List<Sorting> by = new ArrayList<>();
        for (Attributes sorting : sortings)
            by.add(Sorting.of(received(sorting)));
        return Sorting.sort(images, by, reasons).stream()
                .map(image -> IntStream.range(0, images.size()).filter(i -> images.get(i) == image).findFirst().orElseThrow()).toList();
    }

    private static List<Integer> sort(List<Attributes> instances, Attributes... sortings) throws MalformedRule {
        return sort(instances, new ArrayList<>(), sortings);
    }

    private static List<Attributes> instances(int tag, String... values) {
        return IntStream.range(0, values.length).mapToObj(i -> dataSet(Tag.SOPInstanceUID, "1.2." + i, tag, values[i])).toList();
    }

    /** The table in the clause. */
    @Clause("PS3.3 C.23.3.1.2")
    @Test
    void viewPositionThenStudyDate_C_23_3_1_2() throws MalformedRule {
        String[][] rows = {{"RL", "20030201"}, {"LL", "20030102"}, {"AP", "20030501"}, {"RL", "20030101"}, {"AP", "20030201"},
            {"LL", "20020705"}};
        List<Attributes> instances = Arrays.stream(rows).map(row -> dataSet(Tag.ViewPosition, row[0], Tag.StudyDate, row[1])).toList();

        assertEquals(List.of(4, 2, 5, 1, 3, 0), sort(instances, by(Tag.ViewPosition, "INCREASING"), by(Tag.StudyDate, "INCREASING")));
        assertEquals(List.of(0, 3, 1, 5, 2, 4), sort(instances, by(Tag.ViewPosition, "DECREASING"), by(Tag.StudyDate, "DECREASING")));
    }

    @Test
    void numbersAsTextAreSortedAsNumbers() throws MalformedRule {
        assertEquals(List.of(2, 0, 1), sort(instances(Tag.InstanceNumber, "10", " 100", "9"), by(Tag.InstanceNumber, "INCREASING")));
        assertEquals(List.of(1, 2, 0), sort(instances(Tag.EchoTime, "1e2", "-5.5", "+20"), by(Tag.EchoTime, "INCREASING")));
    }

    @Test
    void timesAreSortedAsTimes() throws MalformedRule {
        assertEquals(List.of(1, 2, 0), sort(instances(Tag.AcquisitionTime, "10:15:00", "0930", "101459.9"),
                by(Tag.AcquisitionTime, "INCREASING")));
    }

    @Test
    void codesAreSortedByTheirMeaning() throws MalformedRule {
        List<Attributes> instances = List.of(dataSet(Tag.ViewCodeSequence, new Code("A", "SCT", "medio-lateral")),
                dataSet(Tag.ViewCodeSequence, new Code("B", "SCT", "cranio-caudal")));

        assertEquals(List.of(1, 0), sort(instances, by(Tag.ViewCodeSequence, "INCREASING")));
    }

    @Test
    void theValueOfThatNumberCounts() throws MalformedRule {
        List<Attributes> instances = List.of(dataSet(Tag.ImageType, new String[] {"A", "2"}),
                dataSet(Tag.ImageType, new String[] {"B", "1"}));
        Attributes sorting = by(Tag.ImageType, "INCREASING");
        DataSets.put(sorting, Tag.SelectorValueNumber, 2);

        assertEquals(List.of(1, 0), sort(instances, sorting));
    }

    @Test
    void whatIsWithoutComesLastInBothDirections() throws MalformedRule {
        List<Attributes> instances = instances(Tag.InstanceNumber, null, "2", "x", "1");
        List<Reason> reasons = new ArrayList<>();

        assertEquals(List.of(3, 1, 0, 2), sort(instances, reasons, by(Tag.InstanceNumber, "INCREASING")));
        assertEquals(List.of(1, 3, 0, 2), sort(instances, by(Tag.InstanceNumber, "DECREASING")));
        assertEquals(Outcome.NOT_EVALUABLE, reasons.get(0).outcome());
        assertEquals("Sorting 1 puts Instance Number (0020,0013) in increasing order; 2 images without it come last.",
                reasons.get(0).sentence());
    }

    private static Attributes slice(String orientation, String position) {
        return dataSet(Tag.ImageOrientationPatient, orientation.split(" "), Tag.ImagePositionPatient, position.split(" "));
    }

    @Clause("PS3.3 C.23.3.1.2")
    @Test
    void alongAxisIsAlongTheNormal_ALONG_AXIS() throws MalformedRule {
        List<Attributes> transverse = List.of(slice("1 0 0 0 1 0", "0 0 30"), slice("1 0 0 0 1 0", "0 0 -10"),
                slice("1 0 0 0 1 0", "5 5 10"));
        assertEquals(List.of(1, 2, 0), sort(transverse, byCategory("ALONG_AXIS", "INCREASING")));
        assertEquals(List.of(0, 2, 1), sort(transverse, byCategory("ALONG_AXIS", "DECREASING")));

        List<Attributes> coronal = List.of(slice("1 0 0 0 0 -1", "0 20 0"), slice("1 0 0 0 0 -1", "0 -5 0"));
        assertEquals(List.of(1, 0), sort(coronal, byCategory("ALONG_AXIS", "INCREASING")), "the normal points to the back");
    }

    @Test
    void whatIsNotParallelHasNoPlaceOnTheAxis_ALONG_AXIS() throws MalformedRule {
        List<Attributes> mixed = List.of(slice("1 0 0 0 1 0", "0 0 30"), slice("0 1 0 0 0 -1", "-50 0 0"), dataSet(),
                slice("1 0 0 0 1 0", "0 0 -10"), slice("1 0 0 0 1 0", "0 0"));

        assertEquals(List.of(3, 0, 1, 2, 4), sort(mixed, byCategory("ALONG_AXIS", "INCREASING")));
    }

    @Clause("PS3.3 C.23.3.1.2")
    @Test
    void aMirroredImageIsParallel_ALONG_AXIS() throws MalformedRule {
        List<Attributes> mirrored = List.of(slice("1 0 0 0 1 0", "0 0 30"), slice("1 0 0 0 -1 0", "0 0 10"), slice("1 0 0 0 1 0", "0 0 -10"));

        assertEquals(List.of(2, 1, 0), sort(mirrored, byCategory("ALONG_AXIS", "INCREASING")));
    }

    @Test
    void framesHaveTheirOwnPositions_ALONG_AXIS() throws MalformedRule {
        Attributes instance = received(dataSet(
                Tag.SharedFunctionalGroupsSequence, dataSet(Tag.PlaneOrientationSequence,
                        dataSet(Tag.ImageOrientationPatient, "1 0 0 0 1 0".split(" "))),
                Tag.PerFrameFunctionalGroupsSequence, List.of(
                        dataSet(Tag.PlanePositionSequence, dataSet(Tag.ImagePositionPatient, "0 0 2".split(" "))),
                        dataSet(Tag.PlanePositionSequence, dataSet(Tag.ImagePositionPatient, "0 0 1".split(" "))))));
        List<Image> frames = Image.of(0, instance, true).frames();

        assertEquals(List.of(2, 1), Sorting.sort(frames, List.of(Sorting.of(byCategory("ALONG_AXIS", "INCREASING"))), new ArrayList<>())
                .stream().map(Image::frame).toList());
    }

    @Clause("PS3.3 C.23.3.1.2")
    @Test
    void byWhateverTimeAnImageHas_BY_ACQ_TIME() throws MalformedRule {
        List<Attributes> instances = List.of(
                dataSet(Tag.AcquisitionDateTime, "20240620120300"),
                dataSet(Tag.AcquisitionDate, "20240620", Tag.AcquisitionTime, "120100"),
                dataSet(Tag.ContentDate, "20240620", Tag.ContentTime, "120200"),
                dataSet(),
                dataSet(Tag.StudyDate, "20240620", Tag.AcquisitionTime, "120000"));

        assertEquals(List.of(4, 1, 2, 0, 3), sort(instances, byCategory("BY_ACQ_TIME", "INCREASING")));
        assertEquals(List.of(0, 2, 1, 4, 3), sort(instances, byCategory("BY_ACQ_TIME", "DECREASING")));
    }

    @Test
    void whatSaysNothingIsMalformed() {
        assertThrows(MalformedRule.class, () -> Sorting.of(dataSet(Tag.SelectorAttribute, Tag.Rows, Tag.SelectorValueNumber, 1)));
        assertThrows(MalformedRule.class, () -> Sorting.of(by(Tag.Rows, "UPWARDS")));
        assertThrows(MalformedRule.class, () -> Sorting.of(byCategory("BY_BEAUTY", "INCREASING")));
        assertThrows(MalformedRule.class, () -> Sorting.of(dataSet(Tag.SortingDirection, "INCREASING")));
        Attributes zero = by(Tag.Rows, "INCREASING");
        DataSets.put(zero, Tag.SelectorValueNumber, 0);
        assertThrows(MalformedRule.class, () -> Sorting.of(zero));
    }

    /** Every image comes out once, in an order that each direction keeps, equal ones as they were before. */
    @Clause("PS3.3 C.23.3.1.2")
    @Property
    void sortingIsTotalAndStable(@ForAll @Size(max = 30) List<@IntRange(max = 8) Integer> numbers, @ForAll boolean up)
            throws MalformedRule {
        List<Attributes> instances = numbers.stream().map(number -> number == 0 ? dataSet() : number == 1
                ? dataSet(Tag.InstanceNumber, "none") : dataSet(Tag.InstanceNumber, String.valueOf(number))).toList();
        List<Integer> order = sort(instances, by(Tag.InstanceNumber, up ? "INCREASING" : "DECREASING"));

        assertEquals(IntStream.range(0, numbers.size()).boxed().toList(), order.stream().sorted().toList());
        for (int i = 1; i < order.size(); i++) {
            int a = numbers.get(order.get(i - 1));
            int b = numbers.get(order.get(i));
            boolean inOrder = a == b || a <= 1 && b <= 1 ? order.get(i - 1) < order.get(i) : b <= 1 || a > 1 && (up ? a < b : a > b);
            assertTrue(inOrder, () -> order + " of " + numbers);
        }
    }
}
