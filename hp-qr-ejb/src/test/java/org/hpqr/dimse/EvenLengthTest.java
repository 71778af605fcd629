package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that were stored with values of odd length, which PS3.5 7.1.1 forbids, and deflated data sets (PS3.5 A.5): what is
 * sent has even lengths. The elements are written byte by byte, not by the toolkit.
 */
class EvenLengthTest {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final AtomicInteger OBJECTS = new AtomicInteger(9_000);
    private static final String DEFLATED = UID.DeflatedExplicitVRLittleEndian;

    /** Elements after all others of a hanging protocol, as they come, and padded as they are to go out. */
    enum Tail {
        ONE_VALUE("73001000 09000000 " + text("HPQR TEST"), "73001000 0A000000 " + text("HPQR TEST ")),
        /** The length of the whole is even. */
        TWO_VALUES("73001000 09000000 " + text("HPQR TEST") + "73000110 03000000 010203",
                "73001000 0A000000 " + text("HPQR TEST ") + "73000110 04000000 01020300"),
        IN_AN_ITEM("72000002 FFFFFFFF FEFF00E0 FFFFFFFF 08000201 03000000 " + text("abc") + "FEFF0DE0 00000000 FEFFDDE0 00000000",
                "72000002 FFFFFFFF FEFF00E0 FFFFFFFF 08000201 04000000 " + text("abc ") + "FEFF0DE0 00000000 FEFFDDE0 00000000"),
        TWO_IN_ITEMS_WITH_LENGTHS(
                "72000002 26000000 FEFF00E0 0B000000 08000201 03000000 " + text("abc")
                        + "FEFF00E0 0B000000 08000201 03000000 " + text("abc"),
                "72000002 FFFFFFFF FEFF00E0 FFFFFFFF 08000201 04000000 " + text("abc ") + "FEFF0DE0 00000000 "
                        + "FEFF00E0 FFFFFFFF 08000201 04000000 " + text("abc ") + "FEFF0DE0 00000000 FEFFDDE0 00000000");

        private final byte[] sent;
        private final String arrives;

        Tail(String sent, String arrives) {
            this.sent = HEX.parseHex(sent.replace(" ", ""));
            this.arrives = arrives.replace(" ", "");
        }
    }

    private static String text(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII)) + " ";
    }

    private static RetrieveSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new RetrieveSite(new TestServer(), 2);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** Another one for each test: the same content in another transfer syntax would change nothing. */
    private final String oddObject = uid(OBJECTS.incrementAndGet());

    @AfterEach
    void disconnect() {
        site.disconnect();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Via.values()).flatMap(via -> Stream.of(Tail.values()).map(tail -> Arguments.of(via, tail)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void oddValuesArePaddedWhereTheyAreSent(Via via, Tail tail) throws Exception {
        connect(UID.ImplicitVRLittleEndian);
        byte[] object = joined(protocol(UID.ImplicitVRLittleEndian), tail.sent);
        store(object, UID.ImplicitVRLittleEndian);

        assertEquals("0000 3/0/0", outcome(site.retrieve(via, uid(1), oddObject, uid(2))), "none costs the others");

        String arrived = HEX.formatHex(site.receiver(via).bytes.get(1));
        assertTrue(arrived.contains(tail.arrives), arrived);
        assertTrue(site.server.storage.objects.values().stream().anyMatch(file -> HEX.formatHex(file).endsWith(HEX.formatHex(object))),
                "stored as it came");
    }

    /** Explicit VR, little and big endian, and deflated. */
    @ParameterizedTest
    @MethodSource("explicit")
    void oddValuesInExplicitVr(String transferSyntax) throws Exception {
        connect(transferSyntax);
        boolean bigEndian = transferSyntax.equals(UID.ExplicitVRBigEndian);
        byte[] encoded = protocol(transferSyntax.equals(DEFLATED) ? UID.ExplicitVRLittleEndian : transferSyntax);
        byte[] odd = joined(encoded, HEX.parseHex((bigEndian ? "00730010 4C4F0009" : "73001000 4C4F0900").replace(" ", "")
                + text("HPQR TEST").trim()));
        store(transferSyntax.equals(DEFLATED) ? deflated(odd) : odd, transferSyntax);

        assertEquals("0000 3/0/0", outcome(site.retrieve(Via.MOVE, uid(1), oddObject, uid(2))));

        byte[] arrived = site.destination.receiver.bytes.get(1);
        Attributes decoded = DatasetCodec.decode(arrived, transferSyntax);
        assertEquals("HPQR TEST", decoded.getString(0x00730010));
        assertEquals(0, arrived.length % 2);
        if (!transferSyntax.equals(DEFLATED))
            assertEquals(' ', arrived[arrived.length - 1]);
    }

    static Stream<String> explicit() {
        return Stream.of(UID.ExplicitVRLittleEndian, UID.ExplicitVRBigEndian, DEFLATED);
    }

    /** PS3.5 A.5: one byte 00H follows. */
    @Test
    void storedDeflatedBytesOfOddNumberArePadded() throws Exception {
        connect(DEFLATED);
        byte[] object = oddDeflated();
        store(object, DEFLATED);

        assertEquals("0000 1/0/0", outcome(site.retrieve(Via.MOVE, oddObject)));
        assertEquals("0000 1/0/0", outcome(site.retrieve(Via.GET, oddObject)));

        byte[] padded = Arrays.copyOf(object, object.length + 1);
        assertArrayEquals(padded, site.destination.receiver.bytes.get(0));
        assertArrayEquals(padded, site.peer.receiver.bytes.get(0));
    }

    /** A deflated data set is of odd number about every second time. */
    @Test
    void whatTheServerDeflatesIsOfEvenNumber() throws Exception {
        connect(DEFLATED);
        try (Peer sender = new Peer(site.server.port)) {
            for (int length = 1; length <= 8; length++) {
                Attributes protocol = SampleProtocols.chestXray();
                protocol.setString(Tag.SOPInstanceUID, VR.UI, "2.25.95" + length);
                protocol.setString(Tag.HangingProtocolName, VR.SH, "x".repeat(length));
                assertEquals(0, sender.store(protocol, UID.ExplicitVRLittleEndian).status());
            }
        }
        List<byte[]> sent = new ArrayList<>();
        String[] uids = Stream.iterate(1, n -> n + 1).limit(8).map(n -> "2.25.95" + n).toArray(String[]::new);
        assertEquals("0000 8/0/0", outcome(site.retrieve(Via.GET, uids)));
        sent.addAll(site.peer.receiver.bytes);
        sent.addAll(responses(UID.HangingProtocolInformationModelFind, uids));
        // without the role for sub-operations all of them fail, and the final response has a list of them
        for (int n = 1; n <= 8; n++)
            sent.addAll(responses(UID.HangingProtocolInformationModelGet, Arrays.copyOf(uids, n)));

        assertEquals(24, sent.size());
        for (byte[] dataset : sent) {
            assertEquals(0, dataset.length % 2);
            DatasetCodec.decode(dataset, DEFLATED);
        }
    }

    /** The data sets of the responses to a request in the deflated transfer syntax. */
    private static List<byte[]> responses(String sopClass, String... uids) throws Exception {
        List<byte[]> datasets = new ArrayList<>();
        Attributes identifier = Peer.uids(uids);
        boolean isFind = sopClass.equals(UID.HangingProtocolInformationModelFind);
        if (isFind)
            identifier.setNull(Tag.HangingProtocolName, VR.SH);
        try (RawPeer peer = new RawPeer(site.server.port, DEFLATED, 0, sopClass)) {
            peer.send(0, isFind ? Commands.mkCFindRQ(1, sopClass, 0) : Commands.mkCGetRQ(1, sopClass, 0),
                    DatasetCodec.encode(identifier, DEFLATED));
            RawPeer.Message response;
            do {
                response = peer.receive();
                if (response.dataset() != null)
                    datasets.add(response.dataset());
            } while (response.isPending());
        }
        return datasets;
    }

    @Test
    void oddValuesInResponsesArePadded() throws Exception {
        connect(UID.ImplicitVRLittleEndian);
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.SOPInstanceUID, VR.UI, oddObject);
        protocol.setString(Tag.HangingProtocolName, VR.SH, "abcd");
        String encoded = HEX.formatHex(DatasetCodec.encode(protocol, UID.ImplicitVRLittleEndian));
        store(HEX.parseHex(encoded.replace("72000200" + "04000000" + "61626364", "72000200" + "03000000" + "616263")),
                UID.ImplicitVRLittleEndian);

        String sopClass = UID.HangingProtocolInformationModelFind;
        Attributes identifier = Peer.uids(oddObject);
        identifier.setNull(Tag.HangingProtocolName, VR.SH);
        try (RawPeer peer = new RawPeer(site.server.port, sopClass)) {
            peer.send(0, Commands.mkCFindRQ(1, sopClass, 0), DatasetCodec.encode(identifier, UID.ImplicitVRLittleEndian));

            String response = HEX.formatHex(peer.receive().dataset());
            assertTrue(response.contains("72000200" + "04000000" + "61626320"), response);
        }
    }

    private static void connect(String transferSyntax) throws Exception {
        site.connect(new Peer(site.server.port, new AAssociateRQ(), true, transferSyntax));
        site.startDestination(new Destination(UID.HangingProtocolStorage, transferSyntax));
    }

    private void store(byte[] object, String transferSyntax) throws Exception {
        try (Peer sender = new Peer(site.server.port, new AAssociateRQ(), true, transferSyntax)) {
            assertEquals(0, sender.storeBytes(oddObject, object, transferSyntax).status());
        }
    }

    private byte[] protocol(String transferSyntax) throws Exception {
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.SOPInstanceUID, VR.UI, oddObject);
        protocol.remove(Tag.DisplaySetsSequence);
        return DatasetCodec.encode(protocol, transferSyntax);
    }

    private byte[] oddDeflated() throws Exception {
        for (int length = 2;; length += 2) {
            Attributes protocol = SampleProtocols.chestXray();
            protocol.setString(Tag.SOPInstanceUID, VR.UI, oddObject);
            protocol.setString(Tag.HangingProtocolDescription, VR.LO, "abcdefghijklmnopqrst".substring(0, length));
            byte[] deflated = deflated(DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian));
            if (deflated.length % 2 != 0)
                return deflated;
        }
    }

    private static byte[] deflated(byte[] dataset) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(dataset);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
