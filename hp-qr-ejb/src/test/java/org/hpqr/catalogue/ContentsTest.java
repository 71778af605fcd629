package org.hpqr.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.ObjectRow;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.information.StoredAttributes;
import org.junit.jupiter.api.Test;

/** What is in memory, without a database. */
class ContentsTest {

    private final BoundedCache<Attributes> cache = new BoundedCache<>(Long.MAX_VALUE);
    private final DecodedAttributes decoded = new DecodedAttributes(cache);
    private final Contents contents = new Contents(Long.MAX_VALUE, List.of(cache));

    @Test
    void answersAreInTheOrderOfNamesByCodePointAndThenOfUids() {
        List<String> names = new ArrayList<>(List.of("", "A", "B", "_", "a", "a b", "ab", "é", "\uE000", "\uD83E\uDDB4"));
        List<String> sorted = names.stream()
                .sorted(Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)).toList();
        assertEquals(names, sorted, "as UTF-8 is compared");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < names.size(); i++)
            expected.addAll(List.of("2.25." + i + ".1", "2.25." + i + ".2"));
        List<Integer> turns = new ArrayList<>(IntStream.range(0, names.size()).boxed().toList());
        Collections.shuffle(turns, new Random(3));
        for (int i : turns) {
            contents.apply(row("2.25." + i + ".2", names.get(i)));
            contents.apply(row("2.25." + i + ".1", names.get(i)));
        }

        assertEquals(expected, uids());
    }

    /** Each part of the sorted entries is copied when it changes, split when it is full, and dropped when it is empty. */
    @Test
    void anyNumberOfChangesInAnyOrderLeavesWhatIsThere() {
        Random random = new Random(7);
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 3_000).boxed().toList());
        Collections.shuffle(numbers, random);
        numbers.forEach(i -> contents.apply(row("2.25." + i, String.format("P%04d", i))));
        assertEquals(IntStream.range(0, 3_000).mapToObj(i -> "2.25." + i).toList(), uids());

        Collections.shuffle(numbers, random);
        numbers.subList(0, 2_900).forEach(i -> contents.apply(removed("2.25." + i)));
        assertEquals(numbers.subList(2_900, 3_000).stream().sorted().map(i -> "2.25." + i).toList(), uids());
        numbers.subList(2_900, 3_000).forEach(i -> contents.apply(removed("2.25." + i)));
        assertEquals(List.of(), uids());
        assertEquals(0, contents.size());
    }

    /** A peer that stores more than fits does not fill the heap. */
    @Test
    void attributesThatDoNotFitStayInTheDatabase() {
        ObjectRow first = row("2.25.1", "first");
        Contents small = new Contents(first.attributesSize() + 10L, List.of());
        small.apply(first);
        small.apply(row("2.25.2", "second"));
        assertNotNull(small.get("2.25.1").attributes());
        assertNull(small.get("2.25.2").attributes());

        small.apply(removed("2.25.1"));
        small.apply(new ObjectRow(instance("2.25.2", 1, ObjectState.STORED), 0, 2, first.attributes(), first.attributesSize()));
        assertNotNull(small.get("2.25.2").attributes());
    }

    @Test
    void decodedAttributesAreKeptAsLongAsThereIsSpace() throws IOException {
        contents.apply(row("2.25.1", "first"));
        contents.apply(row("2.25.2", "second"));
        CatalogueEntry first = contents.get("2.25.1");
        CatalogueEntry second = contents.get("2.25.2");
        BoundedCache<Attributes> place = new BoundedCache<>(2L * first.attributes().length + 500);
        DecodedAttributes one = new DecodedAttributes(place);

        Attributes attributes = one.of(first);
        assertEquals("first", attributes.getString(Tag.HangingProtocolName));
        assertSame(attributes, one.of(first));
        BoundedCache<Attributes> noPlace = new BoundedCache<>(0);
        assertEquals("second", new DecodedAttributes(noPlace).of(second).getString(Tag.HangingProtocolName));
        assertNull(noPlace.get(second));

        contents.apply(row("2.25.3", "third"));
        one.of(contents.get("2.25.3"));
        assertNull(place.get(first), "it had the only place");
        assertNotNull(place.get(contents.get("2.25.3")));
    }

    /** Or replaced versions would fill the memory that is for those that are there. */
    @Test
    void nothingIsKeptOfWhatWasReplacedOrRemoved() throws IOException {
        ObjectRow row = row("2.25.1", "first");
        contents.apply(row);
        CatalogueEntry first = contents.get("2.25.1");
        decoded.of(first);
        contents.apply(new ObjectRow(instance("2.25.1", 1, ObjectState.STORED), 0, 2, row.attributes(), row.attributesSize()));
        CatalogueEntry second = contents.get("2.25.1");
        decoded.of(second);
        assertEquals(1, cache.count());

        assertEquals("first", decoded.of(first).getString(Tag.HangingProtocolName), "for a find that began before");
        assertEquals(1, cache.count());

        contents.apply(new ObjectRow(instance("2.25.1", 2, ObjectState.REMOVED), 0, 3, null, 0));
        assertEquals(0, cache.count());
        decoded.of(second);
        assertEquals(0, cache.count());
    }

    /** For example for lack of memory. What an index or the order lacks would never be found again, and nothing would say so. */
    @Test
    void afterAChangeThatFailedMidwayNothingIsToldUntilEverythingIsReadAgain() {
        contents.apply(row("2.25.1", "name"));
        contents.apply(row("2.25.2", "other"));
        assertThrows(NullPointerException.class, () -> contents.apply(row(null, "name")));
        assertTrue(contents.isInconsistent());
        assertThrows(DatabaseException.class, this::uids);
        assertThrows(DatabaseException.class, () -> contents.get("2.25.1"));
        assertThrows(DatabaseException.class, contents::retired);

        contents.forget();
        contents.apply(row("2.25.2", "other"));
        assertThrows(DatabaseException.class, this::uids);
        contents.complete();
        assertFalse(contents.isInconsistent());
        assertEquals(List.of("2.25.2"), uids());
        assertNull(contents.get("2.25.1"));
    }

    private List<String> uids() {
        List<String> uids = new ArrayList<>();
        contents.candidates(CandidateFilter.ALL).forEach(entry -> uids.add(entry.sopInstanceUid()));
        return uids;
    }

    private static ObjectRow row(String uid, String name) {
        Attributes attributes = new Attributes();
        if (uid != null)
            attributes.setString(Tag.SOPInstanceUID, VR.UI, uid);
        attributes.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        attributes.setString(Tag.HangingProtocolName, VR.SH, name);
        byte[] encoded = StoredAttributes.encode(attributes);
        return new ObjectRow(instance(uid, 0, ObjectState.STORED), 0, 1, encoded, encoded.length);
    }

    private static ObjectRow removed(String uid) {
        return new ObjectRow(instance(uid, 1, ObjectState.REMOVED), 0, 2, null, 0);
    }

    private static StoredInstance instance(String uid, long version, ObjectState state) {
        return new StoredInstance(uid, state, version, "1.2.840.10008.1.2.1", "c".repeat(64), null, 1, "d".repeat(64));
    }
}
