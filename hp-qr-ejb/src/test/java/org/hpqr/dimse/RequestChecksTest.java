package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.status.HpService;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks that precede an operation: what each answers, and their order, by requests that violate two of them. */
class RequestChecksTest {

    private static final String[] CONTEXTS = {UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
        UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet};
    private static final int MESSAGE_ID = 7;
    /** An element that says it has 64 bytes and has three. */
    private static final byte[] TRUNCATED = {8, 0, 0x18, 0, 64, 0, 0, 0, '1', '.', '2'};

    /** What is wrong with a request, in the order in which it is found. */
    enum Violation {
        SOP_CLASS_NOT_SERVED("0122 0122 0122 0122"),
        ANOTHER_CONTEXT("0211 0211 0211 0211"),
        NO_MESSAGE_ID("0212 0212 0212 0212"),
        NOT_AUTHORIZED("0124 0124 0124 0124"),
        MESSAGE_ID_IN_USE("0210 0210 0210 0210"),
        NOT_DECODABLE("C000 C310 C510 C410"),
        INVALID_UID("A900 A900 A900 A900"),
        UNKNOWN_DESTINATION("- - A801 -"),
        DATABASE_DOWN("- - A701 A701");

        private final String[] statuses;

        /** @param statuses of C-STORE, C-FIND, C-MOVE, C-GET; a hyphen where it does not apply */
        Violation(String statuses) {
            this.statuses = statuses.split(" ");
        }

        boolean concerns(HpService service) {
            return !statuses[service.ordinal()].equals("-");
        }

        String status(HpService service) {
            return statuses[service.ordinal()];
        }
    }

    private static TestServer server;
    private Destination destination;
    private RawPeer peer;

    @BeforeAll
    static void startServer() throws Exception {
        server = new TestServer();
        try (Peer sender = new Peer(server.port)) {
            sender.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian);
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        destination = new Destination();
        server.addDestination(Destination.AE_TITLE, "127.0.0.1", destination.port);
        peer = new RawPeer(server.port, UID.ImplicitVRLittleEndian, 0, CONTEXTS);
    }

    @AfterEach
    void disconnect() throws Exception {
        server.authorized = true;
        server.database.down = false;
        peer.close();
        destination.close();
    }

    static Stream<Arguments> each() {
        return Arrays.stream(HpService.values()).flatMap(service -> Arrays.stream(Violation.values())
                .filter(violation -> violation.concerns(service)).map(violation -> Arguments.of(service, violation)));
    }

    /** PS3.7 Annex C; for a C-STORE PS3.7 9.1.1.1.9. */
    @Clause({"PS3.7 Annex C", "PS3.7 9.1.1.1.9"})
    @ParameterizedTest
    @MethodSource("each")
    void eachViolationHasItsStatus(HpService service, Violation violation) throws Exception {
        Attributes response = answer(service, Set.of(violation));
        assertStatus(violation.status(service), response);
        assertFalse(response.contains(Tag.NumberOfCompletedSuboperations), "there was no sub-operation");
        assertFalse(response.contains(Tag.NumberOfRemainingSuboperations));
    }

    static Stream<Arguments> neighbours() {
        List<Arguments> neighbours = new ArrayList<>();
        for (HpService service : HpService.values()) {
            List<Violation> violations = Arrays.stream(Violation.values()).filter(v -> v.concerns(service)).toList();
            for (int i = 0; i + 1 < violations.size(); i++)
                // without a Message ID there is none in use
                if (violations.get(i) != Violation.NO_MESSAGE_ID || violations.get(i + 1) != Violation.MESSAGE_ID_IN_USE)
                    neighbours.add(Arguments.of(service, violations.get(i), violations.get(i + 1)));
        }
        return neighbours.stream();
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void ofTwoViolationsTheEarlierIsAnswered(HpService service, Violation earlier, Violation later) throws Exception {
        assertStatus(earlier.status(service), answer(service, Set.of(earlier, later)));
    }

    private Attributes answer(HpService service, Set<Violation> violations) throws Exception {
        boolean inUse = violations.contains(Violation.MESSAGE_ID_IN_USE);
        if (inUse)
            beginAMove();
        server.authorized = !violations.contains(Violation.NOT_AUTHORIZED);
        server.database.down = violations.contains(Violation.DATABASE_DOWN);
        Attributes command = command(service);
        if (violations.contains(Violation.SOP_CLASS_NOT_SERVED))
            command.setString(Tag.AffectedSOPClassUID, VR.UI, UID.StudyRootQueryRetrieveInformationModelFind);
        if (violations.contains(Violation.NO_MESSAGE_ID))
            command.remove(Tag.MessageID);
        if (violations.contains(Violation.UNKNOWN_DESTINATION))
            command.setString(Tag.MoveDestination, VR.AE, "NOBODY");
        int context = service.ordinal();
        if (violations.contains(Violation.ANOTHER_CONTEXT))
            context = (context + 1) % CONTEXTS.length;
        peer.send(context, command, dataset(service, violations));
        Attributes response = peer.receive().command();
        assertEquals(command.getInt(Tag.CommandField, 0) | 0x8000, response.getInt(Tag.CommandField, 0));
        return response;
    }

    private StoreReceiver.Answer beginAMove() throws Exception {
        destination.receiver.holdBackAnswers();
        peer.send(HpService.MOVE.ordinal(), command(HpService.MOVE), identifier(SampleProtocols.CHEST_XRAY_UID));
        return destination.receiver.heldBack();
    }

    private static Attributes command(HpService service) {
        return switch (service) {
            case STORE -> Commands.mkCStoreRQ(MESSAGE_ID, UID.HangingProtocolStorage, "1.2.3.4", 0);
            case FIND -> Commands.mkCFindRQ(MESSAGE_ID, UID.HangingProtocolInformationModelFind, 0);
            case MOVE -> Commands.mkCMoveRQ(MESSAGE_ID, UID.HangingProtocolInformationModelMove, 0, Destination.AE_TITLE);
            case GET -> Commands.mkCGetRQ(MESSAGE_ID, UID.HangingProtocolInformationModelGet, 0);
        };
    }

    private static byte[] dataset(HpService service, Set<Violation> violations) throws Exception {
        String uid = violations.contains(Violation.INVALID_UID) ? "1.2.*" : SampleProtocols.CHEST_XRAY_UID;
        byte[] dataset = identifier(uid);
        if (!violations.contains(Violation.NOT_DECODABLE))
            return dataset;
        ByteArrayOutputStream truncated = new ByteArrayOutputStream();
        truncated.write(dataset);
        truncated.write(TRUNCATED);
        return truncated.toByteArray();
    }

    private static byte[] identifier(String uid) throws Exception {
        return DatasetCodec.encode(Peer.uids(uid), UID.ImplicitVRLittleEndian);
    }

    private static void assertStatus(String expected, Attributes response) {
        assertEquals(expected, String.format("%04X", response.getInt(Tag.Status, -1)));
    }

    @ParameterizedTest
    @EnumSource(HpService.class)
    void withoutSopClass0212(HpService service) throws Exception {
        Attributes command = command(service);
        command.remove(Tag.AffectedSOPClassUID);
        peer.send(service.ordinal(), command, identifier("1.2.3.4"));
        assertStatus("0212", peer.receive().command());
    }

    @ParameterizedTest
    @EnumSource(value = HpService.class, names = {"STORE", "FIND", "GET"})
    void anotherOperationOnAContext0211(HpService service) throws Exception {
        Attributes command = command(HpService.MOVE);
        command.setString(Tag.AffectedSOPClassUID, VR.UI, CONTEXTS[service.ordinal()]);
        peer.send(service.ordinal(), command, identifier("1.2.3.4"));
        Attributes response = peer.receive().command();
        assertStatus("0211", response);
        assertEquals(0x8021, response.getInt(Tag.CommandField, 0));
    }

    @Test
    void theOperationThatUsesAMessageIdGoesOnWhenAnotherIsRefused() throws Exception {
        StoreReceiver.Answer answer = beginAMove();
        peer.send(HpService.GET.ordinal(), command(HpService.GET), identifier("1.2.3.4"));
        assertStatus("0210", peer.receive().command());
        // and again, as the refusal does not free the Message ID
        peer.send(HpService.FIND.ordinal(), command(HpService.FIND), identifier("1.2.3.4"));
        assertStatus("0210", peer.receive().command());
        answer.give();
        Attributes ended = peer.receive().command();
        assertStatus("0000", ended);
        assertEquals(0x8021, ended.getInt(Tag.CommandField, 0));
    }

    @Test
    void failuresSayWhyInAComment() throws Exception {
        Attributes response = answer(HpService.MOVE, Set.of(Violation.INVALID_UID));
        assertTrue(response.getString(Tag.ErrorComment).length() <= 64);
        assertEquals(Tag.SOPInstanceUID, response.getInt(Tag.OffendingElement, 0));
    }
}
