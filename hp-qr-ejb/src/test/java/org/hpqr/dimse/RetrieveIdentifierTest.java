package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.wellFormed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.RetrieveKeys;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The identifier of a retrieve, byte by byte where that matters (PS3.4 U.4.2, U.4.3). */
class RetrieveIdentifierTest {

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(3);

    private static Stream<Arguments> viaBoth(Object[]... rows) {
        return Stream.of(Via.values()).flatMap(via -> Stream.of(rows).map(row -> {
            Object[] arguments = new Object[row.length + 1];
            arguments[0] = via;
            System.arraycopy(row, 0, arguments, 1, row.length);
            return Arguments.of(arguments);
        }));
    }

    private static RawPeer.Message answer(Via via, String transferSyntax, byte[] identifier) throws Exception {
        try (RawPeer raw = new RawPeer(site.server.port, transferSyntax, 0, via.sopClass)) {
            raw.send(0, via == Via.MOVE ? Commands.mkCMoveRQ(1, via.sopClass, 0, Destination.AE_TITLE)
                    : Commands.mkCGetRQ(1, via.sopClass, 0), identifier);
            return raw.finalResponse();
        }
    }

    static Stream<Arguments> unreadable() {
        return viaBoth(
                new Object[] {"no data set", null},
                new Object[] {"nothing but noise", "FFFFFFFFFFFFFFFFFFFF"},
                new Object[] {"half an element header", "08001800"},
                new Object[] {"a value cut off", "0800180040000000312E32"},
                new Object[] {"a length of 4 GB", "08001800FEFFFFFF312E32"},
                new Object[] {"an item that never ends", "08001800FFFFFFFF"});
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unreadable")
    void unreadableC410OrC510(Via via, String what, String identifier) throws Exception {
        RawPeer.Message response = answer(via, UID.ImplicitVRLittleEndian,
                identifier == null ? null : HexFormat.of().parseHex(identifier));
        assertEquals(via == Via.MOVE ? 0xC510 : 0xC410, response.status());
        assertNull(response.dataset());
    }

    static Stream<Arguments> mismatching() {
        return viaBoth(
                new Object[] {"a data set of zero bytes", ""},
                new Object[] {"zero length", "0800180000000000"},
                new Object[] {"padding only", "08001800020000000000"},
                new Object[] {"separators only", "08001800020000005C5C"},
                new Object[] {"another key only", "0800520006000000535455445920"},
                new Object[] {"a wild card", "0800180006000000312E322E2A00"},
                new Object[] {"letters", "0800180006000000312E322E6100"},
                new Object[] {"an empty component", "0800180004000000312E2E32"},
                new Object[] {"a leading zero", "0800180004000000312E3032"},
                new Object[] {"no dot", "08001800020000003132"},
                new Object[] {"a valid one and one that is not", "080018000800000032 2E3235 5C 322E2A".replace(" ", "")});
    }

    /** PS3.4 U.4.2, U.4.3: without a UID nothing is meant, least of all everything. */
    @Clause({"U.4.2", "U.4.3"})
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mismatching")
    void mismatchA900WithTheOffendingElement(Via via, String what, String identifier) throws Exception {
        RawPeer.Message response = answer(via, UID.ImplicitVRLittleEndian, bytes(identifier));
        assertEquals(0xA900, response.status(), () -> response.command().toString());
        assertEquals(Tag.SOPInstanceUID, response.command().getInt(Tag.OffendingElement, 0));
        assertNull(response.dataset());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @EnumSource
    void aUidOf65CharactersA900(Via via) throws Exception {
        assertEquals(0xA900, answer(via, UID.ImplicitVRLittleEndian,
                element("2.25." + "1".repeat(60) + '\0')).status());
    }

    static Stream<Arguments> lists() {
        String one = uid(1);
        String two = uid(2);
        return viaBoth(
                new Object[] {"one", one, 1},
                new Object[] {"two", one + '\\' + two, 2},
                new Object[] {"a list that ends with a separator", one + '\\' + two + '\\', 2},
                new Object[] {"an empty value in the list", one + "\\\\" + two, 2},
                new Object[] {"a space instead of the null as padding", one + '\\' + two + ' ', 2},
                new Object[] {"each padded with a null", one + "\0\\" + two + '\0', 2},
                new Object[] {"the same twice", one + '\\' + one, 1},
                new Object[] {"one of 64 characters, not held", one + "\\2.25." + "1".repeat(59), 1});
    }

    @Clause({"U.4.2", "U.4.3"})
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lists")
    void listsAreTakenAsTheyCome(Via via, String what, String value, int matches) throws Exception {
        String padded = value.length() % 2 == 0 ? value : value + '\0';
        RawPeer.Message response = answer(via, UID.ImplicitVRLittleEndian, element(padded));
        int all = response.command().getInt(Tag.NumberOfCompletedSuboperations, -1)
                + response.command().getInt(Tag.NumberOfFailedSuboperations, -1);
        assertEquals(matches, all, () -> what);
    }

    private static byte[] element(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {8, 0, 0x18, 0, (byte) value.length(), (byte) (value.length() >> 8), 0, 0});
        bytes.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /** PS3.4 U.4.2, U.4.3: they have no business there. */
    @Clause({"U.4.2", "U.4.3"})
    @ParameterizedTest
    @EnumSource
    void otherKeysAreIgnored(Via via) throws Exception {
        assertEquals("0000 1/0/0", outcome(wellFormed(site.begin(via, withOtherKeys()).all())));
    }

    @Clause({"U.4.2", "U.4.3"})
    @ParameterizedTest
    @EnumSource
    void otherKeysAreA900IfStrict(Via via) throws Exception {
        site.server.settings.put(HpSettings.RETRIEVE_KEYS, RetrieveKeys.STRICT);
        Attributes response = site.begin(via, withOtherKeys()).last().command();
        assertEquals(0xA900, response.getInt(Tag.Status, -1));
        assertArrayEquals(new int[] {Tag.QueryRetrieveLevel, Tag.PatientID}, response.getInts(Tag.OffendingElement));
        assertEquals("0000 1/0/0", outcome(site.retrieve(via, uid(1))));
    }

    private static Attributes withOtherKeys() {
        Attributes identifier = Peer.uids(uid(1));
        identifier.setString(Tag.QueryRetrieveLevel, VR.CS, "IMAGE");
        identifier.setString(Tag.PatientID, VR.LO, "1");
        return identifier;
    }

    @ParameterizedTest
    @EnumSource
    void notMoreThanSomeOtherKeysAreNamed(Via via) throws Exception {
        site.server.settings.put(HpSettings.RETRIEVE_KEYS, RetrieveKeys.STRICT);
        Attributes identifier = Peer.uids(uid(1));
        for (int i = 0; i < 1_000; i++)
            identifier.setInt(0x00280002 + (i << 4), VR.US, i);
        Attributes response = site.begin(via, identifier).last().command();
        assertEquals(0xA900, response.getInt(Tag.Status, -1));
        assertEquals(16, response.getInts(Tag.OffendingElement).length);
    }

    @ParameterizedTest
    @EnumSource
    void largerThanTheLimitA701(Via via) throws Exception {
        site.server.settings.put(HpSettings.MAX_IDENTIFIER_SIZE, 1_024);
        Attributes identifier = Peer.uids(uid(1));
        identifier.setBytes(Tag.PixelData, VR.OW, new byte[2_000]);
        assertEquals(0xA701, answer(via, UID.ExplicitVRLittleEndian,
                DatasetCodec.encode(identifier, UID.ExplicitVRLittleEndian)).status());
    }
}
