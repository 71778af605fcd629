package org.hpqr.query;

import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.received;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.database.CodedConcept;
import org.hpqr.database.IndexedDefinition;
import org.hpqr.database.IndexedProtocol;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database gets to know of an object. */
class ProtocolIndexerTest {

    @Test
    void columnsOfAProtocol() {
        IndexedProtocol index = index(SampleProtocols.neurosurgery());
        assertEquals(SampleProtocols.NEUROSURGERY_UID, index.sopInstanceUid());
        assertEquals("1.2.840.10008.5.1.4.38.1", index.sopClassUid());
        assertEquals("NeurosurgeryPlan", index.name());
        assertEquals("SITE", index.level());
        assertEquals("Planning of an operation on MR and CT of the head", index.description());
        assertEquals("Neuroradiology, ABC Hospital", index.creator());
        assertEquals("20040219114420.000+0100", index.creationDateTime());
        assertEquals(0, index.priors());
        assertEquals(2, index.screens());
        assertNull(index.userCode());
        assertEquals("ABC Hospital", index.userGroup());
        assertFalse(index.irregular());
        List<CodedConcept> head = List.of(new CodedConcept("69536005", "SCT", null));
        List<CodedConcept> plan = List.of(new CodedConcept("98765", "99Local", "1.5"));
        List<CodedConcept> aneurysm = List.of(new CodedConcept("I67.1", "I10", null));
        assertEquals(List.of(new IndexedDefinition("MR", null, head, plan, aneurysm),
                new IndexedDefinition("CT", null, head, plan, aneurysm)), index.definitions());
        assertEquals(new CodedConcept("Lgon", "99Local", "v40a"), index(SampleProtocols.chestXrayLogin()).userCode());
        assertEquals("L", index(SampleProtocols.mammography()).definitions().get(1).laterality());
    }

    @Test
    void textIsDecoded() {
        assertEquals("Schädel Übers.", index(SampleProtocols.latin1()).name());
        assertEquals("胸部 CT 1 prior", index(SampleProtocols.utf8()).name());
        assertFalse(index(SampleProtocols.utf8()).irregular());
    }

    @Test
    void unknownValuesAreNullButForTheName() {
        IndexedProtocol index = index(new Attributes());
        assertEquals("", index.name());
        assertNull(index.level());
        assertNull(index.priors());
        assertNull(index.screens());
        assertNull(index.userGroup());
        assertNull(index.description());
        assertEquals(List.of(), index.definitions());
        assertFalse(index.irregular());
    }

    /** With lenient matching a code without anything known matches: it has to have its row. */
    @Test
    void emptyItemsAreItems() {
        Attributes object = with(attributes -> {
            items(attributes, Tag.HangingProtocolUserIdentificationCodeSequence, code -> { });
            items(attributes, Tag.HangingProtocolDefinitionSequence, item -> items(item, Tag.ProcedureCodeSequence, code -> { }));
        });
        CodedConcept nothing = new CodedConcept(null, null, null);
        assertEquals(nothing, index(object).userCode());
        assertEquals(List.of(new IndexedDefinition(null, null, List.of(), List.of(nothing), List.of())),
                index(object).definitions());
    }

    @Test
    void longAndUrnCodesShareAColumnWithShortOnes() {
        assertEquals("LONG", user(code -> code.setString(Tag.LongCodeValue, VR.UC, "LONG")).userCode().value());
        assertEquals("urn:a", user(code -> code.setString(Tag.URNCodeValue, VR.UR, "urn:a")).userCode().value());
    }

    @Nested
    class Irregular {

        @ParameterizedTest
        @ValueSource(ints = {Tag.SOPInstanceUID, Tag.SOPClassUID, Tag.HangingProtocolName, Tag.HangingProtocolLevel,
                Tag.HangingProtocolUserGroupName})
        void severalValues(int tag) {
            VR vr = received(SampleProtocols.neurosurgery()).getVR(tag);
            IndexedProtocol index = index(key(tag, vr, "1.2", "1.3"));
            assertTrue(index.irregular());
            assertFalse(index(key(tag, vr, "1.2", "")).irregular(), "an empty value is none");
        }

        @Test
        void severalNumbers() {
            for (int tag : new int[] {Tag.NumberOfPriorsReferenced, Tag.NumberOfScreens}) {
                assertTrue(index(with(object -> object.setInt(tag, VR.US, 1, 2))).irregular());
                assertFalse(index(with(object -> object.setInt(tag, VR.US, 1))).irregular());
            }
        }

        @Test
        void severalValuesInAnItem() {
            assertTrue(definition(item -> item.setString(Tag.Modality, VR.CS, "CT", "MR")).irregular());
            assertTrue(definition(item -> item.setString(Tag.Laterality, VR.CS, "R", "L")).irregular());
            for (int tag : new int[] {Tag.AnatomicRegionSequence, Tag.ProcedureCodeSequence,
                    Tag.ReasonForRequestedProcedureCodeSequence}) {
                assertTrue(definition(item -> items(item, tag, code -> code.setString(Tag.CodeValue, VR.SH, "A", "B")))
                        .irregular());
                assertFalse(definition(item -> items(item, tag, code -> code.setString(Tag.CodeValue, VR.SH, "A"),
                        code -> code.setString(Tag.CodeValue, VR.SH, "B"))).irregular(), "two codes have two rows");
            }
        }

        @Test
        void severalUsers() {
            assertTrue(index(with(object -> items(object, Tag.HangingProtocolUserIdentificationCodeSequence,
                    code -> { }, code -> { }))).irregular());
        }

        @Test
        void codeWithValuesOfTwoKinds() {
            IndexedProtocol index = user(code -> {
                code.setString(Tag.CodeValue, VR.SH, "A");
                code.setString(Tag.LongCodeValue, VR.UC, "B");
            });
            assertTrue(index.irregular());
            assertEquals("A", index.userCode().value());
        }

        @Test
        void textThatIsTooLongIsCut() {
            assertFalse(index(key(Tag.HangingProtocolName, VR.SH, "x".repeat(64))).irregular());
            IndexedProtocol index = index(key(Tag.HangingProtocolName, VR.SH, "x".repeat(65)));
            assertTrue(index.irregular());
            assertEquals("x".repeat(64), index.name());
            assertTrue(index(key(Tag.HangingProtocolLevel, VR.CS, "x".repeat(17))).irregular());
            assertFalse(index(key(Tag.HangingProtocolLevel, VR.CS, "x".repeat(16))).irregular());
            assertTrue(index(key(Tag.HangingProtocolUserGroupName, VR.LO, "x".repeat(65))).irregular());
            assertTrue(definition(item -> item.setString(Tag.Modality, VR.CS, "x".repeat(17))).irregular());
            assertTrue(definition(item -> item.setString(Tag.Laterality, VR.CS, "x".repeat(17))).irregular());
            assertTrue(user(code -> code.setString(Tag.LongCodeValue, VR.UC, "x".repeat(256))).irregular());
            assertFalse(user(code -> code.setString(Tag.LongCodeValue, VR.UC, "x".repeat(255))).irregular());
            assertTrue(user(code -> code.setString(Tag.CodingSchemeDesignator, VR.SH, "x".repeat(65))).irregular());
            assertTrue(user(code -> code.setString(Tag.CodingSchemeVersion, VR.SH, "x".repeat(65))).irregular());
        }

        @Test
        void textThatIsNotSearchedIsCutWithoutMoreAdo() {
            IndexedProtocol index = index(with(object -> {
                object.setString(Tag.HangingProtocolDescription, VR.LO, "x".repeat(300));
                object.setString(Tag.HangingProtocolCreator, VR.LO, "nul\0nul");
                object.setString(Tag.HangingProtocolCreationDateTime, VR.DT, "2020", "2021");
            }));
            assertFalse(index.irregular());
            assertEquals("x".repeat(255), index.description());
            assertEquals("nul\uFFFDnul", index.creator());
            assertEquals("2020", index.creationDateTime());
        }

        @Test
        void textNoColumnCanHold() {
            IndexedProtocol index = index(with(object -> object.setBytes(Tag.HangingProtocolName, VR.SH, "a\0b".getBytes())));
            assertTrue(index.irregular());
            assertEquals("a\uFFFDb", index.name());
        }

        @Test
        void undecodableText() {
            assertTrue(index(with(object -> object.setBytes(Tag.HangingProtocolName, VR.SH, new byte[] {(byte) 0xE9})))
                    .irregular());
        }

        @Test
        void characterOutsideTheBasicMultilingualPlane() {
            assertTrue(index(with(object -> {
                object.setSpecificCharacterSet("ISO_IR 192");
                object.setString(Tag.HangingProtocolName, VR.SH, "a\uD83E\uDDB4b");
            })).irregular());
        }

        @Test
        void unknownCharacterSet() {
            Consumer<Attributes> unknown = item -> item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 999");
            assertTrue(index(with(unknown)).irregular());
            assertTrue(definition(unknown).irregular());
            assertTrue(definition(item -> items(item, Tag.AnatomicRegionSequence, unknown)).irregular());
        }
    }

    /** What a C-FIND may return, with what is needed to read it. */
    @Test
    void storedAttributes() throws IOException {
        Attributes object = SampleProtocols.chestXrayLogin();
        object.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        object.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0100");
        object.setString(Tag.RetrieveAETitle, VR.AE, "ELSEWHERE");
        Attributes stored = StoredAttributes.decode(index(object).attrs());
        for (int tag : new int[] {Tag.RetrieveAETitle, Tag.ImageSetsSequence, Tag.DisplaySetsSequence})
            object.remove(tag);
        assertEquals(received(object), stored);
    }

    @Test
    void privateElementsStayInTheirBlock() throws IOException {
        Attributes object = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence, item -> {
            item.setString(0x007100EE, VR.LO, "SOMEBODY");
            item.setString(0x0071EE01, VR.LO, "value");
        }));
        Attributes stored = StoredAttributes.decode(index(object).attrs());
        assertEquals("value", stored.getNestedDataset(Tag.HangingProtocolDefinitionSequence).getString(0x0071EE01));
    }

    /** PS3.5 6.2.2: a value too long for its VR's length field. */
    @Test
    void valueOfMoreThan64Kilobytes() throws IOException {
        byte[] description = "x".repeat(70_000).getBytes();
        Attributes object = with(attributes -> attributes.setBytes(Tag.HangingProtocolDescription, VR.LO, description));
        Attributes stored = StoredAttributes.decode(ProtocolIndexer.index(object).attrs());
        assertArrayEquals(description, stored.getBytes(Tag.HangingProtocolDescription));
        assertEquals(VR.LO, stored.getVR(Tag.HangingProtocolDescription));
    }

    @Test
    void objectReceivedInBigEndian() throws IOException {
        Attributes object = DatasetCodec.decode(DatasetCodec.encode(SampleProtocols.chestXray(), UID.ExplicitVRBigEndian),
                UID.ExplicitVRBigEndian);
        IndexedProtocol index = ProtocolIndexer.index(object);
        assertEquals(1, index.priors());
        assertEquals(2, index.screens());
        Attributes screen = StoredAttributes.decode(index.attrs()).getNestedDataset(Tag.NominalScreenDefinitionSequence, 1);
        assertEquals(2_560, screen.getInt(Tag.NumberOfVerticalPixels, 0));
        assertArrayEquals(new double[] {0.5, 1, 1, 0}, screen.getDoubles(Tag.DisplayEnvironmentSpatialPosition));
    }

    @Test
    void bytesThatWereNotStored() {
        assertThrows(IOException.class, () -> StoredAttributes.decode(new byte[] {1, 2, 3}));
    }

    private static IndexedProtocol index(Attributes object) {
        return ProtocolIndexer.index(received(object));
    }

    private static IndexedProtocol definition(Consumer<Attributes> item) {
        return index(with(object -> items(object, Tag.HangingProtocolDefinitionSequence, item)));
    }

    private static IndexedProtocol user(Consumer<Attributes> code) {
        return index(with(object -> items(object, Tag.HangingProtocolUserIdentificationCodeSequence, code)));
    }
}
