package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** C-STORE of objects whose encoding is unusual or wrong: the status is chosen, whatever the toolkit meets it with. */
class UnusualEncodingTest {

    private static final String IMPLICIT = UID.ImplicitVRLittleEndian;
    private static final String EXPLICIT = UID.ExplicitVRLittleEndian;
    private static final int CREATOR = 0x00730010;
    private static final int PRIVATE = 0x00731001;
    private static final int PRIVATE_SEQUENCE = 0x00731002;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final String NOT_A_SEQUENCE = "A value of undefined length is not a sequence";

    private TestServer server;
    private Peer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer();
        peer = new Peer(server.port);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        server.close();
    }

    /** PS3.5 A.1, A.2: fragments are in encapsulated transfer syntaxes only. */
    @ParameterizedTest
    @CsvSource({"OB, 00731001", "OW, 00731001", "OF, 00731001", "UT, 00731001", "UN, 00731001", "OB, 7FE00010", "OW, 7FE00010",
        "UN, 7FE00010", "'', 00731001", "'', 7FE00010", "'', 00720101"})
    void valueOfUndefinedLengthThatIsNoSequenceIsRefusedWithItsElement(String vr, String hex) throws Exception {
        int tag = Integer.parseUnsignedInt(hex, 16);
        String syntax = vr.isEmpty() ? IMPLICIT : EXPLICIT;
        byte[] fragments = fragments(tag, vr, "abcd", "A fragment that is longer than the header of an element");
        assertRefused(tag, store(syntax, element(CREATOR, vr.isEmpty() ? "" : "LO", "ACME"), fragments));
        byte[] item = joined(header(ITEM, "", -1), fragments, header(ITEM_END, "", 0));
        assertRefused(tag, store(syntax, element(CREATOR, vr.isEmpty() ? "" : "LO", "ACME"),
                header(PRIVATE_SEQUENCE, vr.isEmpty() ? "" : "SQ", -1), item, header(SEQUENCE_END, "", 0)));
    }

    /** PS3.5 6.2.2: a sequence whose VR is not known. */
    @Test
    void sequenceOfVrUnIsStored() throws Exception {
        byte[] sequence = joined(header(PRIVATE, "UN", -1), header(ITEM, "", 10), element(0x00080100, "", "AB"),
                header(SEQUENCE_END, "", 0));
        assertEquals(0, store(EXPLICIT, element(CREATOR, "LO", "ACME"), sequence).status());
    }

    /** Cut anywhere, it is no data set, not one with fragments. */
    @Test
    void sequenceOfVrUnCutShortCannotBeParsed() throws Exception {
        byte[] sequence = joined(header(PRIVATE, "UN", -1), header(ITEM, "", 10), element(0x00080100, "", "AB"));
        Peer.Response response = store(EXPLICIT, element(CREATOR, "LO", "ACME"), sequence);
        assertEquals(0xC000, response.status());
        assertEquals("The data set cannot be parsed", response.comment());
    }

    /** Each attribute of the model in each VR: stored or refused with A900 and an element, on purpose. */
    @ParameterizedTest
    @EnumSource(ValidationLevel.class)
    void valueOfAnyVrIsStoredOrRefusedWithItsElement(ValidationLevel level) throws Exception {
        server.settings.put(HpSettings.VALIDATION, level);
        String uid = SampleProtocols.chestXray().getString(Tag.SOPInstanceUID);
        byte[] encoded = DatasetCodec.encode(SampleProtocols.chestXray(), EXPLICIT);
        List<String> others = new ArrayList<>();
        for (int tag : IntStream.concat(IntStream.of(Tag.SpecificCharacterSet, Tag.TimezoneOffsetFromUTC),
                HangingProtocolModel.ATTRIBUTES.stream().mapToInt(ModelAttribute::tag)).toArray())
            for (VR vr : VR.values())
                for (byte[] value : List.of(new byte[] {'1', 0x1B}, new byte[] {'1', ' ', '3', ' '})) {
                    Attributes unusual = new Attributes();
                    if (vr == VR.SQ)
                        unusual.newSequence(tag, 1).add(new Attributes());
                    else
                        unusual.setBytes(tag, vr, value);
                    Peer.Response response = peer.storeBytes(uid, with(unusual, encoded), EXPLICIT);
                    boolean refused = response.status() == 0xA900 && response.command().getInts(Tag.OffendingElement) != null;
                    // of VR UN, what is known to be a sequence is read as one; without its character set nothing can be read
                    boolean unreadable = (vr == VR.UN || tag == Tag.SpecificCharacterSet) && response.status() == 0xC000
                            && response.comment().equals("The data set cannot be parsed");
                    if (response.status() != 0 && !refused && !unreadable)
                        others.add(String.format("%08X %s: %s", tag, vr, response.comment()));
                }
        assertEquals(List.of(), others);
    }

    /** The data set with this attribute in the place of its own. The toolkit would not encode each of them in one data set. */
    private static byte[] with(Attributes attribute, byte[] dataset) throws IOException {
        int tag = attribute.tags()[0];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Attributes others = DatasetCodec.decode(dataset, EXPLICIT);
        Attributes before = new Attributes();
        Attributes after = new Attributes();
        for (int other : others.tags())
            if (other != tag)
                (Integer.compareUnsigned(other, tag) < 0 ? before : after).addSelected(others, other);
        bytes.writeBytes(DatasetCodec.encode(before, EXPLICIT));
        if (attribute.getValue(tag) instanceof Sequence)
            bytes.writeBytes(joined(header(tag, "SQ", 8), header(ITEM, "", 0)));
        else
            bytes.writeBytes(DatasetCodec.encode(attribute, EXPLICIT));
        bytes.writeBytes(DatasetCodec.encode(after, EXPLICIT));
        return bytes.toByteArray();
    }

    /** PS3.4 C.4.2.1.4.1: the identifier has UIDs. */
    @Test
    void retrieveIdentifierOfAnotherVrA900() throws Exception {
        for (VR vr : VR.values()) {
            if (vr.isStringType() || vr == VR.UN)
                continue;
            Attributes identifier = new Attributes();
            if (vr == VR.SQ)
                identifier.newSequence(Tag.SOPInstanceUID, 1).add(new Attributes());
            else
                identifier.setBytes(Tag.SOPInstanceUID, vr, new byte[] {'1', ' ', '3'});
            assertEquals("A900", String.format("%04X", peer.get(identifier).last().status()), vr::name);
        }
    }

    private void assertRefused(int tag, Peer.Response response) {
        assertEquals("A900", String.format("%04X", response.status()), response::comment);
        assertEquals(NOT_A_SEQUENCE, response.comment());
        assertArrayEquals(new int[] {tag}, response.command().getInts(Tag.OffendingElement));
        assertTrue(server.storage.objects.isEmpty());
    }

    private Peer.Response store(String transferSyntax, byte[]... appended) throws Exception {
        Attributes object = SampleProtocols.chestXray();
        return peer.storeBytes(object.getString(Tag.SOPInstanceUID),
                joined(DatasetCodec.encode(object, transferSyntax), joined(appended)), transferSyntax);
    }

    private static byte[] fragments(int tag, String vr, String... contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header(tag, vr, -1));
        bytes.writeBytes(header(ITEM, "", 0));
        for (String content : contents) {
            String even = content.length() % 2 == 0 ? content : content + ' ';
            bytes.writeBytes(joined(header(ITEM, "", even.length()), even.getBytes(StandardCharsets.US_ASCII)));
        }
        bytes.writeBytes(header(SEQUENCE_END, "", 0));
        return bytes.toByteArray();
    }

    private static byte[] element(int tag, String vr, String value) {
        return joined(header(tag, vr, value.length()), value.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param vr empty for implicit VR and items */
    private static byte[] header(int tag, String vr, int length) {
        ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) (tag >> 16)).putShort((short) tag);
        header.put(vr.getBytes(StandardCharsets.US_ASCII));
        if (vr.equals("LO"))
            header.putShort((short) length);
        else if (vr.isEmpty())
            header.putInt(length);
        else
            header.putShort((short) 0).putInt(length);
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts)
            joined.writeBytes(part);
        return joined.toByteArray();
    }
}
