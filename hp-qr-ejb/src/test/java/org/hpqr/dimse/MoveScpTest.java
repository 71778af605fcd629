package org.hpqr.dimse;

import static org.hpqr.dimse.GetScpTest.assertStatus;
import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Gate;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What C-MOVE has and C-GET has not: a destination to be resolved. What both have is in the Retrieve tests. */
class MoveScpTest {

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(3);
    private static AeDirectory directory;

    @BeforeAll
    static void rememberDirectory() {
        directory = site.server.directory;
    }

    @AfterEach
    void restorePolicies() {
        site.server.directory = directory;
        site.server.moveAllowed = true;
    }

    private static Peer.Response moveTo(String destination) throws Exception {
        return site.peer.move(Peer.uids(uids(3)), destination).last();
    }

    private static void assertRefused(int status, Peer.Response response) {
        assertStatus(status, response);
        assertFalse(response.command().contains(Tag.NumberOfCompletedSuboperations));
        assertNull(response.data());
        assertTrue(site.destination.receiver.associations.isEmpty(), "no association");
    }

    @Clause("C.4-2")
    @Test
    void unknownA801() throws Exception {
        assertRefused(0xA801, moveTo("NOBODY"));
        site.server.awaitAudit("ended NOBODY 0 0 A801H");
    }

    @Test
    void otherCaseIsAnotherTitleA801() throws Exception {
        assertRefused(0xA801, moveTo("dest"));
    }

    /** As if it were unknown: who may not move there needs not know that it is there. */
    @Test
    void notAllowedA801() throws Exception {
        site.server.moveAllowed = false;
        assertRefused(0xA801, moveTo(Destination.AE_TITLE));
        site.server.awaitAudit("ended DEST 0 0 A801H");
    }

    /** PS3.7 9.3.4.1: VM 1. */
    @Test
    void severalA801() throws Exception {
        assertRefused(0xA801, moveTo(Destination.AE_TITLE + "\\NOBODY"));
        assertRefused(0xA801, moveTo(Destination.AE_TITLE + '\\' + Destination.AE_TITLE));
        assertRefused(0xA801, moveTo(Destination.AE_TITLE + '\\'));
    }

    @Clause("C.4-2")
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void missingOrEmptyA801(boolean empty) throws Exception {
        try (RawPeer raw = new RawPeer(site.server.port, UID.HangingProtocolInformationModelMove)) {
            var command = Commands.mkCMoveRQ(1, UID.HangingProtocolInformationModelMove, 0, empty ? "" : "X");
            if (!empty)
                command.remove(Tag.MoveDestination);
            raw.send(0, command, new byte[] {8, 0, 0x18, 0, 4, 0, 0, 0, '1', '.', '2', 0});
            assertEquals(0xA801, raw.receive().status());
        }
    }

    @Test
    void spacesAroundTheTitleAreNoPartOfIt() throws Exception {
        assertEquals("0000 3/0/0", outcome(moveTo(" " + Destination.AE_TITLE + " ")));
    }

    @Test
    void directoryDownC514() throws Exception {
        site.server.directory = title -> {
            throw new DirectoryUnavailableException("the test has switched it off", null);
        };
        assertRefused(0xC514, moveTo(Destination.AE_TITLE));
    }

    @Test
    void directoryFailingC514() throws Exception {
        site.server.directory = title -> {
            throw new IllegalStateException("the test wants this");
        };
        assertRefused(0xC514, moveTo(Destination.AE_TITLE));
    }

    @ParameterizedTest
    @CsvSource({"' ',104", "127.0.0.1,0", "127.0.0.1,70000"})
    void unusableAddressC515(String host, int port) throws Exception {
        Connection connection = new Connection("dicom", host.isBlank() ? null : host);
        setPort(connection, port);
        site.server.addDestination("ODD", connection);
        assertRefused(0xC515, moveTo("ODD"));
    }

    /** The toolkit's setter refuses some of what a directory may hold. */
    private static void setPort(Connection connection, int port) throws Exception {
        var field = Connection.class.getDeclaredField("port");
        field.setAccessible(true);
        field.setInt(connection, port);
    }

    @Test
    void noConnectionC515() throws Exception {
        site.server.addDestination("BARE", null);
        assertRefused(0xC515, moveTo("BARE"));
    }

    /** A title that is known is not A801, though its host is not: nothing can be sent. */
    @Test
    void unknownHostA702() throws Exception {
        site.server.addDestination("LOST", "host.invalid", 104);
        assertEquals("A702 0/3/0", outcome(moveTo("LOST")));
    }

    @Test
    void theDestinationIsLookedUpForEachMove() throws Exception {
        site.server.directory = title -> Optional.empty();
        assertRefused(0xA801, moveTo(Destination.AE_TITLE));
        site.server.directory = directory;
        assertEquals("0000 3/0/0", outcome(moveTo(Destination.AE_TITLE)));
    }

    @Test
    void anOperationUnderWayMayEndWhenThePluginGoesDown() throws Exception {
        Gate gate = new Gate();
        site.destination.receiver.answer = (number, command) -> gate.pass();
        Peer.Pending move = site.begin(Via.MOVE, uid(1));
        gate.awaitArrival();

        gate.open();
        site.server.activeOperations.end(TimeUnit.MINUTES.toMillis(1));

        assertEquals("0000 1/0/0", outcome(move.last()));
        assertTrue(site.server.audited.contains("ended DEST 1 0 0000H"), "the plugin has not gone before");
        assertTrue(site.peer.association.isReadyForDataTransfer());
    }

    @Test
    void anOperationThatDoesNotEndIsClosedWhenThePluginGoesDown() throws Exception {
        Gate gate = new Gate();
        site.destination.receiver.answer = (number, command) -> gate.pass();
        site.begin(Via.MOVE, uids(3));
        gate.awaitArrival();

        site.server.activeOperations.end(0);

        assertThrows(IOException.class, site.peer.association::waitForSocketClose);
        gate.open();
    }
}
