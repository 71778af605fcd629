package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.matches;
import static org.hpqr.query.Finds.received;
import static org.hpqr.query.Finds.refusal;
import static org.hpqr.query.Finds.response;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.samples.SampleRequests;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.testkit.standard.Clause;

/** What a request identifier may look like, and what is answered if it does not: PS3.4 K.4-1, K.2.2, C.2.2.2. */
class RequestFormTest {

    private static final List<Integer> CODE_SEQUENCES = List.of(Tag.AnatomicRegionSequence, Tag.ProcedureCodeSequence,
            Tag.ReasonForRequestedProcedureCodeSequence);

    /** C.2.2.2.1 and C.2.2.2.6 know one value and one item; a list is for UIDs only. */
    @Nested
    class A900 {

        static Stream<Arguments> textKeysWithSeveralValues() {
            return Stream.of(
                    Arguments.of(Tag.HangingProtocolName, VR.SH), Arguments.of(Tag.HangingProtocolLevel, VR.CS),
                    Arguments.of(Tag.HangingProtocolUserGroupName, VR.LO));
        }

        @ParameterizedTest
        @MethodSource("textKeysWithSeveralValues")
        void severalValuesInATextKey(int tag, VR vr) {
            checkMismatch(refusal(key(tag, vr, "CT", "MR")), tag, "A key has more than one value");
            checkMismatch(refusal(key(tag, vr, "CT", "")), tag, "A key has more than one value");
        }

        @Test
        void severalValuesInAKeyOfAnItem() {
            checkMismatch(refusal(definition(item -> item.setString(Tag.Modality, VR.CS, "CT", "MR"))), Tag.Modality,
                    "A key has more than one value");
            checkMismatch(refusal(definition(item -> items(item, Tag.AnatomicRegionSequence,
                    code -> code.setString(Tag.CodeValue, VR.SH, "A", "B")))), Tag.CodeValue, "A key has more than one value");
        }

        @ParameterizedTest
        @ValueSource(ints = {Tag.NumberOfPriorsReferenced, Tag.NumberOfScreens})
        void severalValuesInANumberKey(int tag) {
            checkMismatch(refusal(with(request -> request.setInt(tag, VR.US, 1, 2))), tag, "A key has more than one value");
        }

        /** C.2.2.2.6: a single item. */
        @Clause("C.2.2.2.6")
        @ParameterizedTest
        @ValueSource(ints = {Tag.HangingProtocolDefinitionSequence, Tag.HangingProtocolUserIdentificationCodeSequence,
                Tag.NominalScreenDefinitionSequence, Tag.SourceHangingProtocolSequence})
        void severalItemsInASequenceKey(int tag) {
            checkMismatch(refusal(with(request -> items(request, tag, item -> { }, item -> { }))), tag,
                    "A sequence key has more than one item");
        }

        @Test
        void severalItemsInASequenceKeyOfAnItem() {
            for (int tag : CODE_SEQUENCES)
                checkMismatch(refusal(definition(item -> items(item, tag, code -> { }, code -> { }))), tag,
                        "A sequence key has more than one item");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.2.*", "1.2.?", "?", "*?"})
        void wildCardInAUidKey(String uid) {
            checkMismatch(refusal(key(Tag.SOPInstanceUID, VR.UI, uid)), Tag.SOPInstanceUID, "A UID key has a wild card");
            checkMismatch(refusal(key(Tag.SOPClassUID, VR.UI, "1.2.3", uid)), Tag.SOPClassUID, "A UID key has a wild card");
        }

        @Test
        void starInAListOfUids() {
            checkMismatch(refusal(key(Tag.SOPInstanceUID, VR.UI, "1.2.3", "*")), Tag.SOPInstanceUID, "A UID key has a wild card");
        }

        /** Some peers put it into every key; that is universal matching (C.2.2.2.3), whatever the VR is. */
        @ParameterizedTest
        @ValueSource(strings = {"*", "**"})
        void nothingButStars(String stars) throws HpFailure {
            Attributes request = new Attributes();
            HangingProtocolModel.ATTRIBUTES.forEach(attribute -> request.setString(attribute.tag(),
                    attribute.vr().isStringType() ? attribute.vr() : VR.LO, stars));
            assertTrue(Finds.identifier(request).respond(Finds.stored(SampleProtocols.chestXray()), Finds.CALLED).isPresent());
            assertTrue(Finds.matches(with(item -> items(item, Tag.HangingProtocolDefinitionSequence,
                    definition -> definition.setString(Tag.Modality, VR.CS, stars))), SampleProtocols.chestXray()));
        }

        @Test
        void listOfUidsWithoutAny() {
            checkMismatch(refusal(key(Tag.SOPInstanceUID, VR.UI, "", "")), Tag.SOPInstanceUID, "A list of UIDs has no UID");
        }

        @Test
        void valueOfAVrTheKeyCannotHave() {
            checkMismatch(refusal(with(request -> request.setInt(Tag.HangingProtocolName, VR.US, 1))),
                    Tag.HangingProtocolName, "A key has a value of another VR");
            checkMismatch(refusal(key(Tag.NumberOfScreens, VR.IS, "2")), Tag.NumberOfScreens, "A key has a value of another VR");
            checkMismatch(refusal(key(Tag.HangingProtocolDefinitionSequence, VR.LO, "CT")),
                    Tag.HangingProtocolDefinitionSequence, "A sequence key is not a sequence");
        }

        @Test
        void numberKeyCutShort() {
            checkMismatch(assertThrows(HpFailure.class, () -> FindIdentifier.of(
                            with(request -> request.setBytes(Tag.NumberOfScreens, VR.US, new byte[] {1, 0, 2})),
                            UnknownValues.STRICT, Finds.MAX_KEYS)), Tag.NumberOfScreens, "A key has a value of another VR");
        }

        /** The work of matching a pattern grows with its length; that of comparing a text does not. */
        @Test
        void wildCardsInAVeryLongText() {
            String pattern = "x".repeat(1_023) + "*";
            assertDoesNotThrow(() -> identifier(key(Tag.HangingProtocolName, VR.SH, pattern)));
            checkMismatch(refusal(key(Tag.HangingProtocolName, VR.SH, "x" + pattern)), Tag.HangingProtocolName,
                    "A key with wild cards is too long");
            assertDoesNotThrow(() -> identifier(key(Tag.HangingProtocolName, VR.SH, "x".repeat(2_000))));
            assertDoesNotThrow(() -> identifier(key(Tag.HangingProtocolName, VR.SH, "*".repeat(2_000))));
        }

        @Test
        void moreAttributesThanAllowed() throws HpFailure {
            Attributes request = SampleRequests.byChest();
            int attributes = 12 + 5 + 3;
            assertDoesNotThrow(() -> FindIdentifier.of(request, UnknownValues.STRICT, attributes));
            HpFailure failure = assertThrows(HpFailure.class,
                    () -> FindIdentifier.of(request, UnknownValues.STRICT, attributes - 1));
            assertEquals(HpStatus.DOES_NOT_MATCH_SOP_CLASS, failure.status());
            assertEquals("The identifier has more than 19 attributes", failure.comment());
            assertEquals(0, failure.offendingElements().length);
        }

        @Test
        void attributesOutsideTheModelCountToo() {
            Attributes request = with(attributes -> {
                attributes.setString(Tag.PatientID, VR.LO, "1");
                items(attributes, Tag.ReferencedStudySequence, item -> item.setString(Tag.StudyID, VR.SH, "1"));
            });
            assertDoesNotThrow(() -> FindIdentifier.of(request, UnknownValues.STRICT, 3));
            assertThrows(HpFailure.class, () -> FindIdentifier.of(request, UnknownValues.STRICT, 2));
        }

        private void checkMismatch(HpFailure failure, int tag, String comment) {
            assertEquals(HpStatus.DOES_NOT_MATCH_SOP_CLASS, failure.status());
            assertArrayEquals(new int[] {tag}, failure.offendingElements());
            assertEquals(comment, failure.comment());
        }
    }

    /** C.2.2.2: behaviour for a character set that is not supported is the SCP's to say. */
    @Nested
    class C310 {

        @Clause("C.2.2.2")
        @ParameterizedTest
        @ValueSource(strings = {"ISO_IR 999", "UTF-8", "ISO_IR 192\\ISO_IR 999"})
        void unknownCharacterSet(String codes) {
            Attributes request = SampleRequests.byChest();
            request.setString(Tag.SpecificCharacterSet, VR.CS, codes.split("\\\\"));
            HpFailure failure = refusal(request);
            assertEquals(HpStatus.FIND_IDENTIFIER_UNREADABLE, failure.status());
            assertArrayEquals(new int[] {Tag.SpecificCharacterSet}, failure.offendingElements());
            assertEquals("Specific Character Set not supported", failure.comment());
        }

        @Test
        void unknownCharacterSetOfAnItem() {
            HpFailure failure = refusal(definition(item -> {
                item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 999");
                item.setString(Tag.Modality, VR.CS, "CT");
            }));
            assertEquals(HpStatus.FIND_IDENTIFIER_UNREADABLE, failure.status());
        }

        @ParameterizedTest
        @CsvSource({"'', Schädel", "'', äußeres Ohr", "ISO_IR 192, Schädel", "ISO_IR 192, äußeres Ohr"})
        void textThatMeansNothingInItsCharacterSet(String code, String text) {
            HpFailure failure = refusal(with(request -> {
                request.setString(Tag.SpecificCharacterSet, VR.CS, code);
                request.setBytes(Tag.HangingProtocolName, VR.SH, text.getBytes(StandardCharsets.ISO_8859_1));
            }));
            assertEquals(HpStatus.FIND_IDENTIFIER_UNREADABLE, failure.status());
            assertArrayEquals(new int[] {Tag.SpecificCharacterSet, Tag.HangingProtocolName}, failure.offendingElements());
            assertEquals("A key cannot be decoded in its character set", failure.comment());
        }

        @Test
        void textThatIsNotMatchedNeedNotBeDecoded() {
            assertDoesNotThrow(() -> identifier(with(request ->
                    request.setBytes(Tag.HangingProtocolDescription, VR.LO, new byte[] {(byte) 0xE9}))));
        }
    }

    /** K.4-1: an attribute outside the model. */
    @Nested
    class FF01 {

        @ParameterizedTest
        @ValueSource(ints = {Tag.QueryRetrieveLevel, Tag.InstanceAvailability, Tag.PatientID, Tag.ImageSetsSequence,
                Tag.DisplaySetsSequence})
        void attributeOutsideTheModelIsIgnoredAndNotReturned(int tag) throws HpFailure {
            Attributes request = SampleRequests.byChest();
            request.setNull(tag, ElementDictionary.vrOf(tag, null));
            assertTrue(identifier(request).hasUnsupportedKeys());
            assertFalse(identifier(request).hasNoKeys());
            assertFalse(response(request, SampleProtocols.ctOnePrior()).contains(tag));
            request.setString(Tag.PatientID, VR.LO, "somebody");
            assertTrue(matches(request, SampleProtocols.ctOnePrior()));
        }

        @Test
        void attributeOutsideTheModelInAnItem() throws HpFailure {
            Attributes request = definition(item -> {
                item.setString(Tag.Modality, VR.CS, "CT");
                item.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
            });
            assertTrue(identifier(request).hasUnsupportedKeys());
            assertEquals(1, response(request, SampleProtocols.ctOnePrior())
                    .getNestedDataset(Tag.HangingProtocolDefinitionSequence).size());
        }

        @Test
        void attributeOutsideTheModelInACode() throws HpFailure {
            assertTrue(identifier(definition(item -> items(item, Tag.AnatomicRegionSequence,
                    code -> code.setNull(Tag.ContextIdentifier, VR.CS)))).hasUnsupportedKeys());
        }

        @Test
        void privateAttribute() throws HpFailure {
            Attributes request = SampleRequests.everyProtocol();
            request.setNull(SampleProtocols.PRIVATE_CREATOR, 0x00730010, VR.US);
            assertTrue(identifier(request).hasUnsupportedKeys());
            Attributes response = response(request, SampleProtocols.privateElements());
            assertFalse(response.contains(SampleProtocols.PRIVATE_CREATOR, 0x00730010));
            assertEquals(SampleRequests.everyProtocol().size(), response.size());
        }
    }

    @Nested
    class FF00 {

        @Clause("K.4-1")
        @Test
        void everyAttributeOfTheModelIsSupported() throws HpFailure {
            Attributes request = new Attributes();
            add(request, HangingProtocolModel.ATTRIBUTES);
            assertFalse(identifier(request).hasUnsupportedKeys());
        }

        private void add(Attributes request, List<ModelAttribute> attributes) {
            for (ModelAttribute attribute : attributes) {
                if (attribute.isSequence())
                    items(request, attribute.tag(), item -> add(item, attribute.items()));
                else
                    request.setNull(attribute.tag(), attribute.vr());
            }
        }

        @Clause("C.2.2.2")
        @Test
        void contextIsNoKey() throws HpFailure {
            Attributes request = SampleRequests.everyProtocol();
            request.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
            request.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0100");
            request.setString(0x00730010, VR.LO, "SOMEBODY");
            assertFalse(identifier(request).hasUnsupportedKeys());
            assertTrue(matches(request, SampleProtocols.ctOnePrior()));
        }

        /** PS3.10 7.2: of no significance, wherever it comes from. */
        @Test
        void trailingPaddingIsNoKey() throws HpFailure {
            Attributes request = SampleRequests.everyProtocol();
            request.setBytes(Tag.DataSetTrailingPadding, VR.OB, new byte[16]);
            assertFalse(identifier(request).hasUnsupportedKeys());
            assertFalse(response(request, SampleProtocols.ctOnePrior()).contains(Tag.DataSetTrailingPadding));
        }

        /** Retired, but older toolkits write them: PS3.5 7.2. */
        @Test
        void groupLengthsAreNoKeys() throws HpFailure {
            Attributes request = SampleRequests.everyProtocol();
            request.setInt(0x00080000, VR.UL, 42);
            assertFalse(identifier(request).hasUnsupportedKeys());
        }

        @Test
        void equivalentCodesAreMatched() throws HpFailure {
            assertFalse(identifier(definition(item -> items(item, Tag.AnatomicRegionSequence, code -> items(code,
                    Tag.EquivalentCodeSequence, equivalent -> equivalent.setString(Tag.CodeValue, VR.SH, "A")))))
                    .hasUnsupportedKeys());
        }
    }

    /** K.4.1.3.1: no keys, no matches. */
    @Nested
    class NoKeys {

        @Clause("K.4.1.3.1")
        @Test
        void emptyIdentifier() throws HpFailure {
            assertTrue(identifier(new Attributes()).hasNoKeys());
        }

        @Test
        void nothingButContext() throws HpFailure {
            assertTrue(identifier(key(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192")).hasNoKeys());
        }

        @Test
        void nothingButAttributesOutsideTheModel() throws HpFailure {
            assertTrue(identifier(key(Tag.QueryRetrieveLevel, VR.CS, "IMAGE")).hasNoKeys());
        }

        @Test
        void universalQueryHasKeys() throws HpFailure {
            assertFalse(identifier(key(Tag.HangingProtocolName, VR.SH)).hasNoKeys());
            assertFalse(identifier(key(Tag.HangingProtocolDescription, VR.LO)).hasNoKeys());
        }
    }

    @Test
    void nothingOfTheRequestIsKept() throws HpFailure {
        Attributes request = received(SampleRequests.byChest());
        FindIdentifier identifier = FindIdentifier.of(request, UnknownValues.STRICT, Finds.MAX_KEYS);
        request.clear();
        assertTrue(identifier.respond(Finds.stored(SampleProtocols.ctOnePrior()), Finds.CALLED).isPresent());
        assertTrue(identifier.respond(Finds.stored(SampleProtocols.neurosurgery()), Finds.CALLED).isEmpty());
    }

    private static Attributes definition(Consumer<Attributes> item) {
        return with(request -> items(request, Tag.HangingProtocolDefinitionSequence, item));
    }
}
