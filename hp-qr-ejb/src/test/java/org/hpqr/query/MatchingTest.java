package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.lenient;
import static org.hpqr.query.Finds.matches;
import static org.hpqr.query.Finds.stored;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.ModelAttribute.MatchingType;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.testkit.standard.Clause;

/** Which object satisfies which key: PS3.4 K.2.2, C.2.2.2, row by row of Table U.6-1. */
class MatchingTest {

    /** A place in the model where a value can stand, as a request or an object holds it. */
    record Place(ModelAttribute attribute, List<ModelAttribute> sequences) {

        Attributes holding(Consumer<Attributes> value) {
            Attributes root = new Attributes();
            Attributes holder = root;
            for (ModelAttribute sequence : sequences) {
                Attributes item = new Attributes();
                holder.newSequence(sequence.tag(), 1).add(item);
                holder = item;
            }
            value.accept(holder);
            return root;
        }

        Attributes holding(String... values) {
            return holding(holder -> holder.setString(attribute.tag(), attribute.vr(), values));
        }

        Attributes holdingNumbers(int... values) {
            return holding(holder -> holder.setInt(attribute.tag(), attribute.vr(), values));
        }

        @Override
        public String toString() {
            return String.join(" > ", Stream.concat(sequences.stream(), Stream.of(attribute)).map(ModelAttribute::name).toList());
        }
    }

    static Stream<Place> places(List<ModelAttribute> attributes, List<ModelAttribute> sequences) {
        return attributes.stream().flatMap(attribute -> attribute.isSequence()
                ? places(attribute.items(), Stream.concat(sequences.stream(), Stream.of(attribute)).toList())
                : Stream.of(new Place(attribute, sequences)));
    }

    static Stream<Place> places() {
        return places(HangingProtocolModel.ATTRIBUTES, List.of());
    }

    static Stream<Place> textKeys() {
        return places().filter(place -> place.attribute().isMatchingKey() && place.attribute().vr() != VR.US);
    }

    static Stream<Place> wildCardKeys() {
        return places().filter(place -> place.attribute().takes(MatchingType.WILD_CARD));
    }

    static Stream<Place> numberKeys() {
        return places().filter(place -> place.attribute().isMatchingKey() && place.attribute().vr() == VR.US);
    }

    static Stream<Place> keys() {
        return places().filter(place -> place.attribute().isMatchingKey());
    }

    static Stream<Place> noKeys() {
        return places().filter(place -> !place.attribute().isMatchingKey());
    }

    /** C.2.2.2.1: the whole value, case and accents included. */
    @Clause("C.2.2.2.1")
    @ParameterizedTest
    @MethodSource("textKeys")
    void singleValue(Place place) throws HpFailure {
        assertTrue(matches(place.holding("1.23"), place.holding("1.23")));
        assertFalse(matches(place.holding("1.23"), place.holding("1.2")));
        assertFalse(matches(place.holding("1.23"), place.holding("1.234")));
        assertFalse(matches(place.holding("1.23"), place.holding("11.23")));
        if (place.attribute().vr() != VR.UI) {
            assertFalse(matches(place.holding("SITE"), place.holding("site")));
            assertFalse(matches(place.holding("site"), place.holding("SITE")));
        }
    }

    @Clause("C.2.2.2.1")
    @ParameterizedTest
    @MethodSource("numberKeys")
    void singleNumber(Place place) throws HpFailure {
        assertTrue(matches(place.holdingNumbers(2), place.holdingNumbers(2)));
        assertFalse(matches(place.holdingNumbers(2), place.holdingNumbers(3)));
        assertFalse(matches(place.holdingNumbers(0), place.holdingNumbers(3)));
        assertTrue(matches(place.holdingNumbers(0), place.holdingNumbers(0)), "0 is a value");
        assertTrue(matches(place.holdingNumbers(65_535), place.holdingNumbers(65_535)), "unsigned");
        assertFalse(matches(place.holdingNumbers(2), place.holding(holder ->
                holder.setString(place.attribute().tag(), VR.IS, "2"))), "a value of another VR is none");
    }

    /** C.2.2.2.4; on the CS rows, for which U.6-1 does not ask for it, an extension. */
    @Clause("C.2.2.2.4")
    @ParameterizedTest
    @MethodSource("wildCardKeys")
    void wildCards(Place place) throws HpFailure {
        assertTrue(matches(place.holding("CH*T"), place.holding("CHEST")));
        assertTrue(matches(place.holding("C?EST"), place.holding("CHEST")));
        assertFalse(matches(place.holding("C?ST"), place.holding("CHEST")));
        assertFalse(matches(place.holding("ch*"), place.holding("CHEST")));
        assertTrue(matches(place.holding("*"), place.holding("CHEST")));
    }

    @Clause("C.2.2.2.2")
    @ParameterizedTest
    @ValueSource(ints = {Tag.SOPInstanceUID, Tag.SOPClassUID})
    void listOfUid(int tag) throws HpFailure {
        Attributes object = key(tag, VR.UI, "1.2.3");
        assertTrue(matches(key(tag, VR.UI, "1.2.3"), object));
        assertTrue(matches(key(tag, VR.UI, "1.2.4", "1.2.3"), object));
        assertTrue(matches(key(tag, VR.UI, "1.2.3", ""), object));
        assertFalse(matches(key(tag, VR.UI, "1.2.4", "1.2.5"), object));
        assertFalse(matches(key(tag, VR.UI, "1.2.4", ""), object), "an empty value in the list stands for nothing");
    }

    @Clause("C.2.2.2.3")
    @ParameterizedTest
    @MethodSource("keys")
    void universal(Place place) throws HpFailure {
        Attributes request = place.holding(holder -> holder.setNull(place.attribute().tag(), place.attribute().vr()));
        assertTrue(matches(request, place.attribute().vr() == VR.US ? place.holdingNumbers(1) : place.holding("1.2")));
        assertTrue(matches(request, new Attributes()));
        if (place.attribute().vr() != VR.US)
            assertTrue(matches(place.holding("  "), place.holding("1.2")), "nothing but padding is no value");
    }

    /** K.2.2.1.1.1 note 1: a lone asterisk equals a universal key, also where the value is unknown. */
    @Clause("K.2.2.1.1.1")
    @ParameterizedTest
    @MethodSource("wildCardKeys")
    void nothingButStarsIsUniversal(Place place) throws HpFailure {
        assertTrue(matches(place.holding("*"), new Attributes()));
        assertTrue(matches(place.holding("***"), new Attributes()));
        assertFalse(matches(place.holding("*?*"), new Attributes()));
        assertFalse(matches(place.holding("?"), new Attributes()));
    }

    /** K.2.2.1.1.1: an unknown value fails any key that is not universal; Annex C has it the other way round. */
    @Clause("K.2.2.1.1.1")
    @ParameterizedTest
    @MethodSource("keys")
    void unknownValue(Place place) throws HpFailure {
        boolean number = place.attribute().vr() == VR.US;
        Attributes request = number ? place.holdingNumbers(1) : place.holding("1.2");
        Attributes empty = place.holding(holder -> holder.setNull(place.attribute().tag(), place.attribute().vr()));
        for (Attributes object : List.of(new Attributes(), empty, place.holding(holder -> { }))) {
            assertFalse(matches(request, object));
            assertTrue(lenient(request).respond(stored(object), "A").isPresent(), "with unknown-values=lenient");
        }
        Attributes other = number ? place.holdingNumbers(2) : place.holding("1.3");
        assertFalse(lenient(request).respond(stored(other), "A").isPresent(), "a known value has to match there, too");
    }

    /** K.2.2.3: one of several stored values suffices. */
    @Clause("K.2.2.3")
    @ParameterizedTest
    @MethodSource("textKeys")
    void severalStoredValues(Place place) throws HpFailure {
        if (place.attribute().vr() == VR.UR)
            return;
        assertTrue(matches(place.holding("1.2"), place.holding("1.1", "1.2")));
        assertTrue(matches(place.holding("1.1"), place.holding("1.1", "1.2")));
        assertFalse(matches(place.holding("1.3"), place.holding("1.1", "1.2")));
        assertFalse(matches(place.holding("1.1"), place.holding("", "")));
    }

    @Clause("K.2.2.3")
    @ParameterizedTest
    @MethodSource("numberKeys")
    void severalStoredNumbers(Place place) throws HpFailure {
        assertTrue(matches(place.holdingNumbers(2), place.holdingNumbers(1, 2)));
        assertFalse(matches(place.holdingNumbers(3), place.holdingNumbers(1, 2)));
    }

    /** What is no matching key ("-") is ignored with any value: K.2.2.1.1.2. */
    @Clause("K.2.2.1.1.2")
    @ParameterizedTest
    @MethodSource("noKeys")
    void valueOfAnAttributeThatIsNoKey(Place place) throws HpFailure {
        boolean text = place.attribute().vr().isStringType();
        Attributes request = text ? place.holding("1.1", "1.2") : place.holding(holder ->
                holder.setBytes(place.attribute().tag(), place.attribute().vr(), new byte[] {1, 0, 0, 0, 0, 0, 0, 0}));
        assertTrue(matches(request, new Attributes()));
        assertTrue(matches(request, text ? place.holding("1.3") : place.holding(holder ->
                holder.setBytes(place.attribute().tag(), place.attribute().vr(), new byte[8]))));
        assertFalse(identifier(request).hasUnsupportedKeys());
    }

    /** PS3.5 6.2: leading and trailing spaces. */
    @Clause("PS3.5 6.2")
    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
            "Chest,Chest ,true", "Chest, Chest,true", " Chest ,Chest,true", "Che st,Chest,false"})
    void padding(String key, String value, boolean match) throws HpFailure {
        assertEquals(match, matches(name(key), name(value)));
        assertEquals(match, matches(level(key), level(value)));
    }

    /** PS3.5 6.2: NUL after a UID, only spaces at the end of UC and UR. */
    @Clause("PS3.5 6.2")
    @Test
    void paddingOfUidsAndUris() throws HpFailure {
        Attributes padded = with(object -> object.setBytes(Tag.SOPInstanceUID, VR.UI, "1.2.3\0".getBytes()));
        Attributes unpadded = with(object -> object.setBytes(Tag.SOPInstanceUID, VR.UI, "1.2.34".getBytes()));
        assertTrue(matches(key(Tag.SOPInstanceUID, VR.UI, "1.2.3"), padded));
        assertTrue(matches(padded, key(Tag.SOPInstanceUID, VR.UI, "1.2.3")));
        assertFalse(matches(padded, unpadded));
        assertTrue(matches(region(code -> code.setString(Tag.URNCodeValue, VR.UR, "urn:a ")),
                region(code -> code.setString(Tag.URNCodeValue, VR.UR, "urn:a"))));
        assertFalse(matches(region(code -> code.setString(Tag.URNCodeValue, VR.UR, " urn:a")),
                region(code -> code.setString(Tag.URNCodeValue, VR.UR, "urn:a"))));
        assertTrue(matches(region(code -> code.setBytes(Tag.LongCodeValue, VR.UC, "LONG ".getBytes())),
                region(code -> code.setBytes(Tag.LongCodeValue, VR.UC, "LONG".getBytes()))));
        assertFalse(matches(region(code -> code.setBytes(Tag.LongCodeValue, VR.UC, " LONG".getBytes())),
                region(code -> code.setBytes(Tag.LongCodeValue, VR.UC, "LONG".getBytes()))));
    }

    @Test
    void uidThatIsNothingButPaddingIsUniversal() throws HpFailure {
        Attributes padding = with(request -> request.setBytes(Tag.SOPInstanceUID, VR.UI, new byte[2]));
        assertTrue(matches(padding, key(Tag.SOPInstanceUID, VR.UI, "1.2.3")));
    }

    /** A backslash is a character of a URI's value, not a delimiter of values: PS3.5 6.2. */
    @Test
    void uriHasOneValue() throws HpFailure {
        Attributes object = region(code -> code.setString(Tag.URNCodeValue, VR.UR, "urn:a\\b"));
        assertTrue(matches(object, object));
        assertFalse(matches(region(code -> code.setString(Tag.URNCodeValue, VR.UR, "urn:a")), object));
    }

    /** C.2.2.2.6: sequence matching. */
    @Nested
    class Sequences {

        @Clause("C.2.2.2.6")
        @Test
        void allKeysOfAnItemHoldForTheSameStoredItem() throws HpFailure {
            Attributes object = definitions(item -> modalityAndRegion(item, "MR", "HEAD"),
                    item -> modalityAndRegion(item, "CT", "CHEST"));
            assertTrue(matches(definitions(item -> modalityAndRegion(item, "MR", "HEAD")), object));
            assertTrue(matches(definitions(item -> modalityAndRegion(item, "CT", "CHEST")), object));
            assertFalse(matches(definitions(item -> modalityAndRegion(item, "MR", "CHEST")), object));
            assertFalse(matches(definitions(item -> modalityAndRegion(item, "CT", "HEAD")), object));
        }

        @Clause("C.2.2.2.6")
        @Test
        void allKeysOfACodeHoldForTheSameCode() throws HpFailure {
            Attributes object = region(code -> code(code, "A", "SCT"), code -> code(code, "B", "SRT"));
            assertTrue(matches(region(code -> code(code, "A", "SCT")), object));
            assertTrue(matches(region(code -> code(code, "B", "SRT")), object));
            assertFalse(matches(region(code -> code(code, "A", "SRT")), object));
        }

        @Clause("C.2.2.2.6")
        @Test
        void keysOfDifferentSequencesHoldForTheSameDefinition() throws HpFailure {
            Consumer<Attributes> first = item -> {
                items(item, Tag.AnatomicRegionSequence, code -> code(code, "A", "S"));
                items(item, Tag.ProcedureCodeSequence, code -> code(code, "P", "S"));
            };
            Consumer<Attributes> second = item -> items(item, Tag.AnatomicRegionSequence, code -> code(code, "B", "S"));
            Consumer<Attributes> asked = item -> {
                items(item, Tag.AnatomicRegionSequence, code -> code(code, "B", "S"));
                items(item, Tag.ProcedureCodeSequence, code -> code(code, "P", "S"));
            };
            assertTrue(matches(definitions(first), definitions(first, second)));
            assertFalse(matches(definitions(asked), definitions(first, second)));
        }

        /** PS3.17 V.4, C.2.2.2.6: "NeurosurgeryPlan". */
        @ParameterizedTest
        @CsvSource({"MR,69536005,true", "CT,69536005,true", "'',69536005,true", "MR,51185008,false", "US,69536005,false"})
        void protocolThatNeedsTwoModalities(String modality, String region, boolean match) throws HpFailure {
            assertEquals(match, matches(definitions(item -> modalityAndRegion(item, modality, region)),
                    SampleProtocols.neurosurgery()));
        }

        @Test
        void procedureAndReasonAreMatched() throws HpFailure {
            for (int tag : new int[] {Tag.ProcedureCodeSequence, Tag.ReasonForRequestedProcedureCodeSequence}) {
                String value = tag == Tag.ProcedureCodeSequence ? "98765" : "I67.1";
                assertTrue(matches(definitions(item -> items(item, tag, code -> code.setString(Tag.CodeValue, VR.SH, value))),
                        SampleProtocols.neurosurgery()));
                assertFalse(matches(definitions(item -> items(item, tag, code -> code.setString(Tag.CodeValue, VR.SH, "X"))),
                        SampleProtocols.neurosurgery()));
            }
        }

        @Test
        void userIsMatched() throws HpFailure {
            assertTrue(matches(user(code -> code(code, "58489749P", "HOSP_ID")), SampleProtocols.ctOnePrior()));
            assertFalse(matches(user(code -> code(code, "58489749P", "99Local")), SampleProtocols.ctOnePrior()));
            assertFalse(matches(user(code -> code(code, "58489749P", "HOSP_ID")), SampleProtocols.chestXray()));
        }

        /** K.2.2.1.1.1: a version that is asked for but not stored is an unknown value. */
        @Clause("K.2.2.1.1.1")
        @Test
        void versionIsComparedIfItIsAskedFor() throws HpFailure {
            Attributes object = user(code -> code.setString(Tag.CodingSchemeVersion, VR.SH, "v40a"));
            assertTrue(matches(user(code -> code.setString(Tag.CodingSchemeVersion, VR.SH, "v40a")), object));
            assertFalse(matches(user(code -> code.setString(Tag.CodingSchemeVersion, VR.SH, "v40b")), object));
            assertTrue(matches(user(code -> code(code, "Lgon", "99Local")), SampleProtocols.chestXrayLogin()));
            assertFalse(matches(user(code -> {
                code(code, "58489749P", "HOSP_ID");
                code.setString(Tag.CodingSchemeVersion, VR.SH, "1");
            }), SampleProtocols.ctOnePrior()));
        }

        /** Table 8-1b: only the value asked for is compared; the same text in another attribute is another code. */
        @Clause("Table 8-1b")
        @Test
        void kindsOfCodeValueAreKeptApart() throws HpFailure {
            Attributes object = region(code -> code.setString(Tag.LongCodeValue, VR.UC, "A"));
            assertTrue(matches(object, object));
            assertFalse(matches(region(code -> code.setString(Tag.CodeValue, VR.SH, "A")), object));
            assertFalse(matches(region(code -> code.setString(Tag.URNCodeValue, VR.UR, "A")), object));
        }

        /** A code is not unknown because its value stands in the attribute for long codes. */
        @Test
        void lenientMatchingKnowsTheOtherKindsOfCodeValue() throws HpFailure {
            Attributes request = region(code -> code.setString(Tag.CodeValue, VR.SH, "A"));
            assertFalse(lenient(request).respond(stored(region(code -> code.setString(Tag.LongCodeValue, VR.UC, "B"))), "A")
                    .isPresent());
            assertFalse(lenient(request).respond(stored(region(code -> code.setString(Tag.URNCodeValue, VR.UR, "B"))), "A")
                    .isPresent());
            assertTrue(lenient(request).respond(stored(region(code -> code.setString(Tag.CodingSchemeDesignator, VR.SH, "B"))),
                    "A").isPresent());
        }

        /** Table 8-1b: Code Meaning is never matched. */
        @Clause("Table 8-1b")
        @Test
        void codeMeaningIsNeverMatched() throws HpFailure {
            assertTrue(matches(user(code -> {
                code(code, "58489749P", "HOSP_ID");
                code.setString(Tag.CodeMeaning, VR.LO, "Somebody else");
            }), SampleProtocols.ctOnePrior()));
            assertTrue(matches(user(code -> code.setString(Tag.CodeMeaning, VR.LO, "Somebody")), SampleProtocols.chestXray()));
        }

        @Test
        void equivalentCodes() throws HpFailure {
            Attributes object = region(code -> {
                code(code, "A", "SCT");
                items(code, Tag.EquivalentCodeSequence, other -> code(other, "T-A", "SRT"), other -> code(other, "X", "Y"));
            });
            assertTrue(matches(region(code -> items(code, Tag.EquivalentCodeSequence, other -> code(other, "T-A", "SRT"))),
                    object));
            assertFalse(matches(region(code -> items(code, Tag.EquivalentCodeSequence, other -> code(other, "T-A", "Y"))),
                    object));
        }

        /** C.2.2.2.3 for sequences: no item, or an item without attributes. */
        @Clause("C.2.2.2.3")
        @ParameterizedTest
        @ValueSource(ints = {Tag.HangingProtocolDefinitionSequence, Tag.HangingProtocolUserIdentificationCodeSequence,
                Tag.NominalScreenDefinitionSequence})
        void universalSequence(int tag) throws HpFailure {
            assertTrue(matches(with(request -> request.setNull(tag, VR.SQ)), new Attributes()));
            assertTrue(matches(with(request -> items(request, tag, item -> { })), new Attributes()));
        }

        /** An item of universal keys asks for nothing; read strictly it would drop objects without that sequence. */
        @Test
        void itemOfUniversalKeysIsUniversal() throws HpFailure {
            Attributes request = definitions(item -> {
                item.setNull(Tag.Modality, VR.CS);
                items(item, Tag.AnatomicRegionSequence, code -> code.setNull(Tag.CodeValue, VR.SH));
            });
            items(request, Tag.HangingProtocolUserIdentificationCodeSequence, code -> code.setNull(Tag.CodeValue, VR.SH));
            assertTrue(matches(request, new Attributes()));
            assertTrue(matches(request, SampleProtocols.chestXray()));
        }

        @Test
        void objectWithoutTheSequence() throws HpFailure {
            Attributes request = definitions(item -> item.setString(Tag.Modality, VR.CS, "CT"));
            for (Attributes object : List.of(new Attributes(),
                    with(attributes -> attributes.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ)),
                    with(attributes -> attributes.setString(Tag.HangingProtocolDefinitionSequence, VR.LO, "CT")))) {
                assertFalse(matches(request, object));
                assertTrue(lenient(request).respond(stored(object), "A").isPresent());
            }
        }
    }

    private static Attributes name(String name) {
        return with(attributes -> attributes.setBytes(Tag.HangingProtocolName, VR.SH, name.getBytes()));
    }

    private static Attributes level(String level) {
        return with(attributes -> attributes.setBytes(Tag.HangingProtocolLevel, VR.CS, level.getBytes()));
    }

    @SafeVarargs
    private static Attributes definitions(Consumer<Attributes>... definitions) {
        return with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence, definitions));
    }

    @SafeVarargs
    private static Attributes region(Consumer<Attributes>... codes) {
        return definitions(item -> items(item, Tag.AnatomicRegionSequence, codes));
    }

    private static Attributes user(Consumer<Attributes> code) {
        return with(attributes -> items(attributes, Tag.HangingProtocolUserIdentificationCodeSequence, code));
    }

    private static void modalityAndRegion(Attributes item, String modality, String region) {
        item.setString(Tag.Modality, VR.CS, modality);
        items(item, Tag.AnatomicRegionSequence, code -> code.setString(Tag.CodeValue, VR.SH, region));
    }

    private static void code(Attributes code, String value, String scheme) {
        code.setString(Tag.CodeValue, VR.SH, value);
        code.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    }
}
