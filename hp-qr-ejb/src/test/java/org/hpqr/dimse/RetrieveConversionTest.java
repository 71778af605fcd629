package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects go out as they came in where the peer takes that transfer syntax, else converted, with every value as it was:
 * private elements and those of VR UN too (PS3.5 6.2.2). The elements are written byte by byte, not by the toolkit.
 */
class RetrieveConversionTest {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UID_STORED = "2.25.900";

    /** Elements after all others of a hanging protocol: in implicit VR, and in explicit VR as they are to go out then. */
    enum Tail {
        PRIVATE_ELEMENTS(
                "73001000 0A000000 " + text("HPQR TEST ") + "73000110 04000000 01020304",
                "73001000 4C4F 0A00 " + text("HPQR TEST ") + "73000110 554E 0000 04000000 01020304"),
        A_PRIVATE_VALUE_THAT_LOOKS_LIKE_AN_ITEM(
                "73001000 0A000000 " + text("HPQR TEST ") + "73000110 08000000 FEFF00E000000000",
                "73001000 4C4F 0A00 " + text("HPQR TEST ") + "73000110 554E 0000 08000000 FEFF00E000000000"),
        AN_EMPTY_PRIVATE_ELEMENT(
                "73001000 0A000000 " + text("HPQR TEST ") + "73000110 00000000",
                "73001000 4C4F 0A00 " + text("HPQR TEST ") + "73000110 554E 0000 00000000"),
        A_PRIVATE_VALUE_OF_70000_BYTES(
                "73001000 0A000000 " + text("HPQR TEST ") + "73000110 70110100" + "AB".repeat(70_000),
                "73001000 4C4F 0A00 " + text("HPQR TEST ") + "73000110 554E 0000 70110100" + "AB".repeat(70_000)),
        A_STANDARD_ELEMENT_NOBODY_KNOWS(
                "7400FEFF 04000000 0A0B0C0D",
                "7400FEFF 554E 0000 04000000 0A0B0C0D");

        private final String implicit;
        private final String explicit;

        Tail(String implicit, String explicit) {
            this.implicit = implicit.replace(" ", "");
            this.explicit = explicit.replace(" ", "");
        }

        String in(String transferSyntax) {
            return transferSyntax.equals(UID.ImplicitVRLittleEndian) ? implicit : explicit;
        }
    }

    private static String text(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static RetrieveSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new RetrieveSite(new TestServer(), 0);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void disconnect() {
        site.disconnect();
    }

    static Stream<Arguments> ways() {
        String[] both = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian};
        return Stream.of(Via.values()).flatMap(via -> Stream.of(both).flatMap(stored -> Stream.of(both)
                .map(taken -> Arguments.of(via, stored, taken))));
    }

    /** PS3.4 GG.4.2; in explicit VR they are UN, PS3.5 6.2.2. */
    @Clause({"GG.4.2", "PS3.5 6.2.2"})
    @ParameterizedTest
    @MethodSource("ways")
    void privateAndUnknownElementsStayByteForByte(Via via, String stored, String taken) throws Exception {
        for (Tail tail : Tail.values()) {
            connect(taken);
            byte[] object = HEX.parseHex(HEX.formatHex(protocol(stored)) + tail.in(stored));
            try (Peer sender = new Peer(site.server.port)) {
                assertEquals(0, sender.storeBytes(UID_STORED, object, stored).status());
            }
            assertEquals("0000 1/0/0", outcome(site.retrieve(via, UID_STORED)));
            String arrived = HEX.formatHex(site.receiver(via).bytes.get(0));
            String expected = tail.in(taken);
            assertEquals(expected, arrived.substring(arrived.length() - expected.length()), tail::name);
            if (stored.equals(taken))
                assertEquals(HEX.formatHex(object), arrived, "not encoded anew");
            site.disconnect();
        }
        connect(taken);
    }

    private static byte[] protocol(String transferSyntax) throws Exception {
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.SOPInstanceUID, VR.UI, UID_STORED);
        return DatasetCodec.encode(protocol, transferSyntax);
    }

    private static void connect(String taken) throws Exception {
        site.connect(new Peer(site.server.port, new AAssociateRQ(), true, taken));
        site.startDestination(new Destination(UID.HangingProtocolStorage, taken));
    }

    static Stream<Arguments> transferSyntaxes() {
        String[] all = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian, UID.DeflatedExplicitVRLittleEndian,
            UID.ExplicitVRBigEndian};
        return Stream.of(all).flatMap(stored -> Stream.of(all).map(taken -> Arguments.of(stored, taken)));
    }

    /** Every sample, from every transfer syntax to every other. */
    @ParameterizedTest
    @MethodSource("transferSyntaxes")
    void samplesStayWhatTheyAre(String stored, String taken) throws Exception {
        connect(taken);
        try (Peer sender = new Peer(site.server.port, new AAssociateRQ(), true, stored)) {
            for (var sample : SampleProtocols.all().values()) {
                Attributes sent = sample.get();
                assertEquals(0, sender.store(sent, stored).status());
                assertEquals("0000 1/0/0", outcome(site.retrieve(Via.GET, sent.getString(Tag.SOPInstanceUID))));
                Attributes arrived = site.peer.received.remove(0);
                assertEquals(HEX.formatHex(DatasetCodec.encode(sent, UID.ImplicitVRLittleEndian)),
                        HEX.formatHex(DatasetCodec.encode(arrived, UID.ImplicitVRLittleEndian)));
            }
        }
    }
}
