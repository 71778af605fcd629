package org.hpqr.dimse;

import static org.hpqr.dimse.GetScpTest.assertCounts;
import static org.hpqr.dimse.GetScpTest.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Connection;
import org.hpqr.model.CandidateQuery;
import org.hpqr.samples.SampleProtocols;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.spi.HpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C-MOVE over associations (PS3.4 U.4.2, C.4.2): one test for each protocol event. */
class MoveScpTest {

    private static final String[] THREE =
            {SampleProtocols.CHEST_XRAY_UID, SampleProtocols.CT_ONE_PRIOR_UID, SampleProtocols.NEUROSURGERY_UID};

    private TestServer server;
    private Peer peer;
    private Destination destination;

    @BeforeEach
    void start() throws Exception {
        startWith(new TestServer());
    }

    private void startWith(TestServer started) throws Exception {
        if (server != null)
            stop();
        server = started;
        peer = new Peer(server.port);
        destination = new Destination();
        server.addDestination(Destination.AE_TITLE, "127.0.0.1", destination.port);
        for (Attributes dataset : List.of(SampleProtocols.chestXray(), SampleProtocols.ctOnePrior(),
                SampleProtocols.neurosurgery()))
            assertEquals(0, peer.store(dataset, UID.ExplicitVRLittleEndian).status());
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
        destination.close();
    }

    private Peer.Response move(String... uids) throws Exception {
        return peer.move(Peer.uids(uids), Destination.AE_TITLE).last();
    }

    @Test
    void allCompleted() throws Exception {
        Attributes identifier = Peer.uids(THREE);
        Peer.Pending move = peer.move(identifier, Destination.AE_TITLE);
        List<Peer.Response> responses = move.all();
        assertEquals(List.of(2, 1), responses.subList(0, 2).stream()
                .map(response -> response.command().getInt(Tag.NumberOfRemainingSuboperations, -1)).toList());
        assertEquals(3, responses.size());
        Peer.Response last = responses.get(2);
        assertStatus(0x0000, last);
        assertCounts(last, 3, 0, 0);
        assertFalse(last.command().contains(Tag.NumberOfRemainingSuboperations));
        assertNull(last.data());
        assertEquals(List.of(THREE), destination.receiver.received.stream().map(d -> d.getString(Tag.SOPInstanceUID)).toList());
        server.awaitAudit("ended DEST 3 0 0000H");
    }

    @Test
    void theSubOperationsNameTheRequester() throws Exception {
        assertStatus(0x0000, move(THREE));
        for (Attributes command : destination.receiver.commands) {
            assertEquals(peer.association.getCallingAET(), command.getString(Tag.MoveOriginatorApplicationEntityTitle));
            assertTrue(command.getInt(Tag.MoveOriginatorMessageID, -1) > 0);
            assertEquals(0, command.getInt(Tag.Priority, -1));
        }
        assertEquals(3, destination.receiver.commands.stream().map(command -> command.getInt(Tag.MessageID, -1)).distinct().count());
    }

    @Test
    void noneHeldOpensNoAssociation() throws Exception {
        Peer.Response last = move("1.2.3.4");
        assertStatus(0x0000, last);
        assertCounts(last, 0, 0, 0);
        assertTrue(destination.receiver.associations.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"B000,B000,0,1", "A700,B000,1,0", "C123,B000,1,0", "0122,B000,1,0", "0107,B000,0,1", "0000,0000,0,0"})
    void theDestinationsStatusIsClassifiedByAnnexC(String answered, String expected, int failed, int warning) throws Exception {
        int status = Integer.parseInt(answered, 16);
        destination.receiver.answer = (number, command) -> number == 2 ? status : 0;
        Peer.Response last = move(THREE);
        assertStatus(Integer.parseInt(expected, 16), last);
        assertCounts(last, 3 - failed - warning, failed, warning);
        if (failed > 0)
            assertEquals(THREE[1], last.data().getString(Tag.FailedSOPInstanceUIDList));
        else
            assertNull(last.data());
    }

    @Test
    void theDestinationAbortsInTheMiddle() throws Exception {
        destination.receiver.misbehave(2, Misbehaviour.CLOSES_THE_CONNECTION);
        Peer.Response last = move(THREE);
        assertStatus(0xB000, last);
        assertCounts(last, 1, 2, 0);
        assertEquals(List.of(THREE[1], THREE[2]), List.of(last.data().getStrings(Tag.FailedSOPInstanceUIDList)));
    }

    @Test
    void theDestinationAnswersNothing() throws Exception {
        server.settings.put(HpSettings.STORE_RESPONSE_TIMEOUT, 1);
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        Peer.Response last = move(THREE);
        gate.open();
        assertStatus(0xA702, last);
        assertCounts(last, 0, 3, 0);
    }

    @Test
    void unreachableA702WithTheFullFailedList() throws Exception {
        destination.close();
        Peer.Response last = move(THREE);
        assertStatus(0xA702, last);
        assertCounts(last, 0, 3, 0);
        assertEquals(List.of(THREE), List.of(last.data().getStrings(Tag.FailedSOPInstanceUIDList)));
        server.awaitAudit("ended DEST 0 3 A702H");
    }

    @Test
    void connectingIsBounded() throws Exception {
        server.settings.put(HpSettings.CONNECT_TIMEOUT, 1);
        // the system accepts the connection, nobody answers the A-ASSOCIATE-RQ
        try (ServerSocket silent = new ServerSocket(0)) {
            server.addDestination("SILENT", "127.0.0.1", silent.getLocalPort());
            assertStatus(0xA702, peer.move(Peer.uids(THREE), "SILENT").last());
        }
    }

    @Test
    void rejectedPresentationContextFailsEverySubOperation() throws Exception {
        destination.close();
        try (Destination other = new Destination(UID.CTImageStorage, UID.ImplicitVRLittleEndian)) {
            server.addDestination(Destination.AE_TITLE, "127.0.0.1", other.port);
            Peer.Response last = move(THREE);
            assertStatus(0xA702, last);
            assertCounts(last, 0, 3, 0);
        }
    }

    @Test
    void convertedWhereTheDestinationTakesImplicitOnly() throws Exception {
        destination.close();
        try (Destination implicit = new Destination(UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian)) {
            server.addDestination(Destination.AE_TITLE, "127.0.0.1", implicit.port);
            assertStatus(0x0000, move(THREE));
            assertEquals(3, implicit.receiver.received.size());
        }
    }

    @Test
    void severalAssociationsShareTheWork() throws Exception {
        server.settings.put(HpSettings.STORE_ASSOCIATIONS, 2);
        CountDownLatch both = new CountDownLatch(2);
        destination.receiver.answer = (number, command) -> {
            both.countDown();
            try {
                // released only when two sub-operations are under way on two associations
                return both.await(10, TimeUnit.SECONDS) ? 0 : 0xA700;
            } catch (InterruptedException e) {
                return 0xA700;
            }
        };
        assertStatus(0x0000, move(THREE));
        assertEquals(2, destination.receiver.associations.size());
    }

    @Test
    void unknownA801() throws Exception {
        Peer.Response last = peer.move(Peer.uids(THREE), "NOBODY").last();
        assertStatus(0xA801, last);
        assertFalse(last.command().contains(Tag.NumberOfCompletedSuboperations));
        assertNull(last.data());
        server.awaitAudit("ended NOBODY 0 0 A801H");
    }

    @Test
    void notAllowedA801() throws Exception {
        server.moveAllowed = false;
        assertStatus(0xA801, move(THREE));
        server.awaitAudit("ended DEST 0 0 A801H");
    }

    @Test
    void schemaNotReadyA701() throws Exception {
        server.schemaReady = false;
        assertStatus(0xA701, move(THREE));
    }

    @Test
    void identifierIsCheckedBeforeTheDestination() throws Exception {
        Attributes empty = new Attributes();
        empty.setNull(Tag.SOPInstanceUID, VR.UI);
        assertStatus(0xA900, peer.move(empty, "NOBODY").last());
    }

    @Test
    void directoryDownC514() throws Exception {
        server.directory = title -> {
            throw new DirectoryUnavailableException("the test has switched it off", null);
        };
        assertStatus(0xC514, move(THREE));
    }

    @ParameterizedTest
    @CsvSource({"' ',104", "127.0.0.1,0", "127.0.0.1,70000"})
    void unusableAddressC515(String host, int port) throws Exception {
        Connection connection = new Connection("dicom", host.isBlank() ? null : host);
        setPort(connection, port);
        server.addDestination("ODD", connection);
        assertStatus(0xC515, peer.move(Peer.uids(THREE), "ODD").last());
    }

    /** The toolkit's setter refuses some of what a directory may hold. */
    private static void setPort(Connection connection, int port) throws Exception {
        var field = Connection.class.getDeclaredField("port");
        field.setAccessible(true);
        field.setInt(connection, port);
    }

    @Test
    void noConnectionC515() throws Exception {
        server.addDestination("BARE", null);
        assertStatus(0xC515, peer.move(Peer.uids(THREE), "BARE").last());
    }

    @Test
    void databaseDownA701() throws Exception {
        server.database.down = true;
        assertStatus(0xA701, move(THREE));
    }

    @Test
    void matchesThatDisagreeWithTheListC513() throws Exception {
        startWith(new TestServer(working -> GetScpTest.locating(working, 2), CandidateQuery::new));
        assertStatus(0xC513, move(THREE));
    }

    @Test
    void failureOutsideASubOperationC511() throws Exception {
        startWith(new TestServer(working -> GetScpTest.locating(working, -1), CandidateQuery::new));
        assertStatus(0xC511, move(THREE));
    }

    @Test
    void cancelledAfterTheFirstSubOperation() throws Exception {
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        Peer.Pending move = peer.move(Peer.uids(THREE), Destination.AE_TITLE);
        gate.awaitArrival();
        move.cancel();
        // a C-ECHO answered after the cancel proves that the server has read the cancel
        peer.association.cecho().next();
        gate.open();
        Peer.Response last = move.last();
        assertStatus(0xFE00, last);
        assertCounts(last, 1, 0, 0);
        assertEquals(2, last.command().getInt(Tag.NumberOfRemainingSuboperations, -1));
        assertEquals(1, destination.receiver.received.size());
    }

    @Test
    void aMessageIdInUse0210() throws Exception {
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        Peer.Pending first = peer.move(Peer.uids(THREE[0]), Destination.AE_TITLE);
        gate.awaitArrival();
        Peer.Response second = peer.moveWithMessageId(first.messageId(), Peer.uids(THREE[1]), Destination.AE_TITLE).last();
        assertStatus(0x0210, second);
        gate.open();
        server.awaitAudit("ended DEST 1 0 0000H");
    }

    @Test
    void tooManyAtATimeA702() throws Exception {
        server.settings.put(HpSettings.MAX_CONCURRENT_RETRIEVES, 1);
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        Peer.Pending first = peer.move(Peer.uids(THREE[0]), Destination.AE_TITLE);
        gate.awaitArrival();
        assertStatus(0xA702, move(THREE));
        gate.open();
        assertStatus(0x0000, first.last());
    }

    @Test
    void theRequesterVanishesAndTheMoveStops() throws Exception {
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        peer.move(Peer.uids(THREE), Destination.AE_TITLE);
        gate.awaitArrival();
        peer.association.getSocket().close();
        server.awaitPeerGone();
        gate.open();
        server.awaitAudit("ended DEST 1 0 B000H");
        assertEquals(1, destination.receiver.received.size());
    }

    @Test
    void anOperationUnderWayMayEndWhenThePluginGoesDown() throws Exception {
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        Peer.Pending move = peer.move(Peer.uids(THREE[0]), Destination.AE_TITLE);
        gate.awaitArrival();

        gate.open();
        server.underWay.end(null);

        assertStatus(0x0000, move.last());
        assertTrue(server.audited.contains("ended DEST 1 0 0000H"), "the plugin has not gone before");
        assertTrue(peer.association.isReadyForDataTransfer());
    }

    @Test
    void anOperationThatDoesNotEndIsClosedWhenThePluginGoesDown() throws Exception {
        Gate gate = new Gate();
        destination.receiver.answer = (number, command) -> gate.pass();
        peer.move(Peer.uids(THREE), Destination.AE_TITLE);
        gate.awaitArrival();

        server.underWay.end(null);

        assertThrows(IOException.class, peer.association::waitForSocketClose);
        gate.open();
    }
}
