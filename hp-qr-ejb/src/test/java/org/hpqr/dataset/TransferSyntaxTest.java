package org.hpqr.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.dcm4che3.data.UID;

/**
 * A data set that is sent on in another transfer syntax than it came in: every value is the same byte for byte, private and
 * unknown ones included; and its content digest does not depend on how it came.
 */
class TransferSyntaxTest {

    private static final int TRIES = 300;
    private static final String IMPLICIT = UID.ImplicitVRLittleEndian;
    private static final String EXPLICIT = UID.ExplicitVRLittleEndian;
    /** More than the length field of a short-form VR can say. */
    private static final int TOO_LONG = 65_536;

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void valuesAreTheSameInTheOtherTransferSyntaxAndBack(@ForAll("datasets") Dataset dataset, @ForAll boolean explicit)
            throws IOException {
        byte[] received = dataset.encoded(explicit);
        String from = explicit ? EXPLICIT : IMPLICIT;
        String to = explicit ? IMPLICIT : EXPLICIT;

        byte[] other = convert(received, from, to);
        PlainElement.assertSame(dataset.elements, other, !explicit);
        byte[] back = convert(other, to, from);
        PlainElement.assertSame(dataset.elements, back, explicit);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void valuesSurviveDeflationAndBigEndian(@ForAll("datasets") Dataset dataset) throws IOException {
        byte[] received = dataset.encoded(true);
        for (String syntax : List.of(UID.DeflatedExplicitVRLittleEndian, UID.ExplicitVRBigEndian))
            PlainElement.assertSame(dataset.elements, convert(convert(received, EXPLICIT, syntax), syntax, EXPLICIT), true);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void contentDigestDoesNotDependOnTheEncoding(@ForAll("datasets") Dataset dataset) throws IOException {
        String digest = digest(dataset.encoded(true), EXPLICIT);
        assertEquals(digest, digest(dataset.encoded(false), IMPLICIT), "implicit VR");
        assertEquals(digest, digest(dataset.encoded(true), EXPLICIT), "other lengths");
        assertEquals(digest, digest(convert(dataset.encoded(false), IMPLICIT, EXPLICIT), EXPLICIT), "relayed");
        assertEquals(digest, digest(convert(dataset.encoded(true), EXPLICIT, UID.ExplicitVRBigEndian),
                UID.ExplicitVRBigEndian), "big endian");
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void contentDigestIsAnotherForAnotherValue(@ForAll("datasets") Dataset dataset, @ForAll boolean explicit) throws IOException {
        String digest = digest(dataset.encoded(explicit), explicit ? EXPLICIT : IMPLICIT);
        List<PlainElement> changed = dataset.withOneByteChanged();
        assertNotEquals(digest, digest(PlainElement.encode(changed, explicit, dataset.lengths()), explicit ? EXPLICIT : IMPLICIT));
    }

    @Example
    void asReceivedWhereThatIsAskedFor() throws IOException {
        byte[] odd = {8, 0, 0x18, 0, 4, 0, 0, 0, '1', '.', '2', ' '};
        assertArrayEquals(odd, new StoredObject(IMPLICIT, null, odd).in(IMPLICIT));
    }

    private static byte[] convert(byte[] dataset, String from, String to) throws IOException {
        return new StoredObject(from, null, dataset).in(to);
    }

    private static String digest(byte[] dataset, String syntax) throws IOException {
        return DatasetCodec.contentDigest(DatasetCodec.decode(dataset, syntax));
    }

    @Provide
    Arbitrary<Dataset> datasets() {
        return Arbitraries.longs().map(Dataset::new);
    }

    /** A data set made by chance of what is rare and allowed. */
    static final class Dataset {

        private static final Object[][] STANDARD = {
            {0x00080018, "UI"}, {0x00080201, "SH"}, {0x0020000D, "UI"}, {0x00720002, "SH"},
            {0x00720004, "LO"}, {0x0072000A, "DT"}, {0x00720014, "US"}, {0x00720026, "AT"}, {0x00720065, "OB"},
            {0x00720067, "OF"}, {0x00720068, "LT"}, {0x00720069, "OW"}, {0x0072006D, "UN"}, {0x0072006F, "UC"},
            {0x00720070, "UT"}, {0x00720071, "UR"}, {0x00720073, "OD"}, {0x00720074, "FD"}, {0x00720075, "OL"},
            {0x00720076, "FL"}, {0x0072007C, "SL"}, {0x0072007E, "SS"}
        };
        private static final List<String> PRIVATE_VRS = List.of("AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS",
                "LO", "LT", "OB", "OD", "OF", "OL", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "TM", "UC", "UI", "UL", "UN",
                "UR", "US", "UT");
        /** Selector OV, SV and UV Value: VRs that the toolkit of the default build does not know. */
        private static final Object[][] NEW_VRS = {{0x00720081, "OV"}, {0x00720082, "SV"}, {0x00720083, "UV"}};

        private final long seed;
        private final Random random;
        private final List<PlainElement> elements;

        Dataset(long seed) {
            this.seed = seed;
            random = new Random(seed);
            elements = elements(0);
        }

        byte[] encoded(boolean explicit) {
            return PlainElement.encode(elements, explicit, lengths());
        }

        /** Defined and undefined lengths in turn, another turn each time. */
        BooleanSupplier lengths() {
            return random::nextBoolean;
        }

        private List<PlainElement> elements(int depth) {
            List<PlainElement> made = new ArrayList<>();
            if (random.nextInt(4) == 0)
                made.add(new PlainElement(0x00080005, "CS", "ISO_IR 192".getBytes(StandardCharsets.US_ASCII), null));
            for (Object[] row : STANDARD)
                if (random.nextInt(6) == 0)
                    made.add(leaf((Integer) row[0], (String) row[1]));
            for (Object[] row : NEW_VRS)
                if (random.nextInt(20) == 0)
                    made.add(leaf((Integer) row[0], (String) row[1]));
            if (depth < 4 && random.nextInt(2) == 0)
                made.add(sequence(0x00720200, depth));
            if (random.nextInt(2) == 0)
                addPrivateBlock(made, depth);
            made.sort((a, b) -> Integer.compareUnsigned(a.tag(), b.tag()));
            return made;
        }

        private void addPrivateBlock(List<PlainElement> made, int depth) {
            made.add(new PlainElement(0x00730010, "LO", "HPQR TEST ".getBytes(StandardCharsets.US_ASCII), null));
            for (int element = 0x00731001; element < 0x00731008; element++) {
                String vr = PRIVATE_VRS.get(random.nextInt(PRIVATE_VRS.size()));
                if (vr.equals("SQ") || depth < 4 && random.nextInt(6) == 0)
                    made.add(sequence(element, depth));
                else
                    made.add(leaf(element, vr));
            }
        }

        private PlainElement sequence(int tag, int depth) {
            List<List<PlainElement>> items = new ArrayList<>();
            for (int i = random.nextInt(3); depth < 4 && i > 0; i--)
                items.add(elements(depth + 1));
            return new PlainElement(tag, "SQ", null, items);
        }

        private PlainElement leaf(int tag, String vr) {
            int length = 8 * random.nextInt(4);
            if (random.nextInt(200) == 0)
                length = TOO_LONG;
            byte[] value = new byte[length];
            random.nextBytes(value);
            return new PlainElement(tag, vr, value, null);
        }

        /** The same elements, but for one byte of one value; the first value is added if there is none. */
        List<PlainElement> withOneByteChanged() {
            List<PlainElement> changed = new ArrayList<>(elements);
            for (int i = 0; i < changed.size(); i++) {
                PlainElement element = changed.get(i);
                if (element.tag() != 0x00080005 && element.items() == null && element.value().length > 0) {
                    byte[] value = element.value().clone();
                    value[random.nextInt(value.length)] ^= 1;
                    changed.set(i, new PlainElement(element.tag(), element.vr(), value, null));
                    return changed;
                }
            }
            changed.add(0, new PlainElement(0x00080001, "UN", new byte[] {0, 0}, null));
            return changed;
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + elements;
        }
    }
}
