package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.hpqr.testkit.dicom.RawDestination;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers announce the maximum length of PDUs that they take, and get none that they cannot take (PS3.8 D.1, E.1). */
class MaximumLengthTest {

    private static final int OURS = 16_378;
    private static final String FIND = UID.HangingProtocolInformationModelFind;
    private static final int MATCHES = 3;
    private static final int OBJECT = 200_000;

    private ServerUnderTest server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(Map<String, String> settings) throws IOException {
        server = new ServerUnderTest(settings, new Matches());
    }

    /** The number is unsigned; 0 is "no limit". */
    @ParameterizedTest
    @ValueSource(longs = {0xFFFFFFFFL, 0x80000001L, 0x80000000L, 0x7FFFFFFFL, 0, 8, 9, 20, 21, 129, 1_019, 4_097, 16_378, 65_535})
    void answersFit(long announced) throws Exception {
        start(Map.of());
        try (RawPeer peer = new RawPeer((int) announced, server.port, UID.ImplicitVRLittleEndian, 0, FIND)) {
            peer.send(0, Commands.mkCFindRQ(1, FIND, 0), new byte[] {8, 0, 0x18, 0, 0, 0, 0, 0});

            for (int match = 0; match < MATCHES; match++)
                assertEquals(0xFF00, peer.receive().status());
            assertEquals(0x0000, peer.receive().status());

            assertFit(announced, OURS, peer.fragments);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0xFFFFFFFFL, 0x80000001L, 0, 8, 21, 1_019, 4_097, 65_535})
    void subOperationsFit(long announced) throws Exception {
        start(Map.of());
        try (RawDestination destination = new RawDestination((int) announced, UnaryOperator.identity())) {
            assertEquals(0x0000, store(destination));

            assertEquals(OBJECT, destination.received.get(0).dataset().length);
            assertFit(announced, OURS, destination.fragments);
        }
    }

    private static void assertFit(long announced, int ours, List<RawPeer.Fragment> fragments) {
        long most = announced == 0 ? ours : Math.min(announced, ours);
        for (RawPeer.Fragment fragment : fragments) {
            assertTrue(fragment.pduLength() <= most, fragment::toString);
            assertTrue(fragment.length() > 0, fragment::toString);
            assertEquals(0, fragment.length() % 2, fragment::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7})
    void requesterThatCanTakeNothingIsAborted(int announced) throws Exception {
        start(Map.of());

        IOException refused = assertThrows(IOException.class,
                () -> new RawPeer(announced, server.port, UID.ImplicitVRLittleEndian, 0, FIND));

        assertEquals("association not accepted: PDU type " + RawPeer.A_ABORT, refused.getMessage());
        server.awaitLog("it announces PDUs of at most " + announced + " bytes");
        server.awaitNoAssociation();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7})
    void destinationThatCanTakeNothingIsAborted(int announced) throws Exception {
        start(Map.of());
        try (RawDestination destination = new RawDestination(announced, UnaryOperator.identity())) {
            assertThrows(IOException.class, () -> store(destination));
        }
        server.awaitLog("it announces PDUs of at most " + announced + " bytes");
        server.awaitNoAssociation();
    }

    @Test
    void ourOwnMaximumMayBeOdd() throws Exception {
        start(Map.of("hpqr.max-pdu-length", "65535"));
        try (RawDestination destination = new RawDestination(0, UnaryOperator.identity())) {
            assertEquals(0x0000, store(destination));

            assertFit(0, 65_535, destination.fragments);
        }
    }

    /** None of them is there any more after its time. */
    @Test
    void eightyOfThemShutNobodyOut() throws Exception {
        start(Map.of("hpqr.max-associations", "8"));
        for (int i = 1; i <= 80; i++) {
            answersOne();
            if (i % 8 == 0)
                server.awaitNoAssociation();
        }
    }

    private void answersOne() throws IOException {
        try (RawPeer peer = new RawPeer(-1, server.port, UID.ImplicitVRLittleEndian, 0, FIND)) {
            peer.send(0, Commands.mkCFindRQ(1, FIND, 0), new byte[] {8, 0, 0x18, 0, 0, 0, 0, 0});
            assertEquals(0x0000, peer.finalResponse().status());
            peer.requestRelease();
            assertEquals(RawPeer.A_RELEASE_RP, peer.readPdu().type());
        }
    }

    private int store(RawDestination destination) throws Exception {
        Connection remote = new Connection(null, "127.0.0.1", destination.port());
        new Device("remote").addConnection(remote);
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("DEST");
        request.addPresentationContext(new PresentationContext(1, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian));
        Association association = server.ae().connect(remote, request);
        DimseRSP response = association.cstore(UID.HangingProtocolStorage, "2.25.1", 0,
                (out, syntax) -> out.write(new byte[OBJECT]), UID.ImplicitVRLittleEndian);
        assertTrue(response.next());
        association.release();
        return response.getCommand().getInt(Tag.Status, -1);
    }

    /** Answers some matches, each longer than a PDU. */
    private static final class Matches extends AbstractDicomService {

        private Matches() {
            super(FIND);
        }

        @Override
        protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
                throws IOException {
            Attributes match = new Attributes();
            match.setString(Tag.HangingProtocolDescription, VR.LO, "x".repeat(20_001));
            for (int i = 0; i < MATCHES; i++)
                as.writeDimseRSP(pc, Commands.mkCFindRSP(cmd, 0xFF00), match);
            as.writeDimseRSP(pc, Commands.mkCFindRSP(cmd, 0));
        }
    }
}
