package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.ended;
import static org.hpqr.dimse.RetrieveSite.failedList;
import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.hpqr.dimse.RetrieveSite.wellFormed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSPHandler;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Gate;
import org.hpqr.testkit.dicom.Misbehaviour;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that do what they must not: the retrieve ends in bounded time, and says what failed. */
class RetrieveMisbehaviourTest {

    /** Of these, nothing tells the server that no answer will come: it waits for one. */
    private static final Set<Misbehaviour> SILENT = EnumSet.of(Misbehaviour.ANSWERS_NOTHING, Misbehaviour.ANSWERS_PENDING,
            Misbehaviour.ANSWERS_ANOTHER_OPERATION, Misbehaviour.RELEASES);

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(4);

    /** The n-th sub-operation of the receiver; the server waits so long only that one which is answered well is in time. */
    private static void misbehave(StoreReceiver receiver, int number, Misbehaviour misbehaviour) {
        receiver.misbehave(number, misbehaviour);
        if (SILENT.contains(misbehaviour))
            site.server.settings.put(HpSettings.STORE_RESPONSE_TIMEOUT, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "ABORTS,                        B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "CLOSES_THE_CONNECTION,         B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "CLOSES_HALF_OF_THE_CONNECTION, B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "ANSWERS_NOTHING,               B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "ANSWERS_ANOTHER_MESSAGE_ID,    B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "ANSWERS_PENDING,               B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "ANSWERS_ANOTHER_OPERATION,     B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "SENDS_GARBAGE,                 B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "RELEASES,                      B000 1/3/0, 2.25.2 2.25.3 2.25.4",
        "ANSWERS_WITHOUT_STATUS,        B000 3/1/0, 2.25.2",
    })
    void theDestinationAtTheSecondObject(Misbehaviour misbehaviour, String outcome, String failed) throws Exception {
        misbehave(site.destination.receiver, 2, misbehaviour);
        Peer.Response last = site.retrieve(Via.MOVE, uids(4));
        assertEquals(outcome, outcome(last));
        assertEquals(List.of(failed.split(" ")), failedList(last));
    }

    @ParameterizedTest
    @EnumSource
    void theDestinationAtTheOnlyObject(Misbehaviour misbehaviour) throws Exception {
        misbehave(site.destination.receiver, 1, misbehaviour);
        assertEquals("A702 0/1/0", outcome(site.retrieve(Via.MOVE, uid(1))));
    }

    /** The association stands: it gets the final response. */
    @ParameterizedTest
    @CsvSource({
        "ANSWERS_NOTHING,           B000 1/3/0",
        "ANSWERS_PENDING,           B000 1/3/0",
        "ANSWERS_ANOTHER_OPERATION, B000 1/3/0",
        "RELEASES,                  B000 1/3/0",
        "ANSWERS_WITHOUT_STATUS,    B000 3/1/0",
    })
    void theRequesterOfAGetAtTheSecondObject(Misbehaviour misbehaviour, String outcome) throws Exception {
        misbehave(site.peer.receiver, 2, misbehaviour);
        assertEquals(outcome, outcome(site.retrieve(Via.GET, uids(4))));
        if (misbehaviour != Misbehaviour.ANSWERS_WITHOUT_STATUS)
            // with an operation outstanding for ever, nothing more can be invoked on it
            assertAssociationEnds();
    }

    private static void assertAssociationEnds() throws Exception {
        CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> {
            try {
                site.peer.association.waitForSocketClose();
            } catch (IOException | InterruptedException e) {
                // it has ended by an abort
            }
        });
        ending.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(value = Misbehaviour.class, names = {"ABORTS", "CLOSES_THE_CONNECTION", "CLOSES_HALF_OF_THE_CONNECTION",
        "ANSWERS_ANOTHER_MESSAGE_ID", "SENDS_GARBAGE"})
    void theRequesterOfAGetIsLostAtTheSecondObject(Misbehaviour misbehaviour) throws Exception {
        misbehave(site.peer.receiver, 2, misbehaviour);
        site.begin(Via.GET, uids(4));
        site.server.awaitAudit(ended(Via.GET, 1, 1, "B000"));
        site.server.awaitPeerGone();
    }

    @ParameterizedTest
    @EnumSource(value = Misbehaviour.class, names = {"ABORTS", "CLOSES_THE_CONNECTION", "CLOSES_HALF_OF_THE_CONNECTION",
        "SENDS_GARBAGE"})
    void theRequesterOfAMoveIsLostAtTheSecondObject(Misbehaviour misbehaviour) throws Exception {
        site.destination.receiver.holdBackAnswers();
        site.begin(Via.MOVE, uids(4));
        site.destination.receiver.heldBack().give();
        StoreReceiver.Answer second = site.destination.receiver.heldBack();
        misbehaviour.insteadOfAnswering(site.peer.association, null, null);
        site.server.awaitPeerGone();
        second.give();
        // the sub-operation under way ends, no other begins, and the destination is let go
        site.server.awaitAudit(ended(Via.MOVE, 2, 0, "B000"));
        assertEquals(2, site.destination.receiver.commands.size());
    }

    @Test
    void aRequesterThatReleasesDuringAMoveGetsItsResponseFirst() throws Exception {
        site.destination.receiver.holdBackAnswers();
        Peer.Pending move = site.begin(Via.MOVE, uid(1));
        StoreReceiver.Answer answer = site.destination.receiver.heldBack();
        site.peer.association.release();
        answer.give();
        assertEquals("0000 1/0/0", outcome(wellFormed(move.all())));
        assertAssociationEnds();
    }

    @Test
    void aDestinationThatRejectsTheAssociation() throws Exception {
        site.destination.ae.setAssociationAcceptor(false);
        Peer.Response last = site.retrieve(Via.MOVE, uids(3));
        assertEquals("A702 0/3/0", outcome(last));
        assertEquals("The move destination rejects the association", last.comment());
        assertEquals(List.of(uids(3)), failedList(last));
    }

    @Clause("C.4.2.3.1")
    @Test
    void aDestinationThatAcceptsNoPresentationContext() throws Exception {
        site.startDestination(new Destination(UID.CTImageStorage, UID.ImplicitVRLittleEndian));
        Peer.Response last = site.retrieve(Via.MOVE, uids(3));
        assertEquals("A702 0/3/0", outcome(last));
        assertEquals("No presentation context for Hanging Protocol Storage", last.comment());
    }

    @Test
    void aDestinationThatIsDown() throws Exception {
        site.destination.close();
        Peer.Response last = site.retrieve(Via.MOVE, uids(3));
        assertEquals("A702 0/3/0", outcome(last));
        assertEquals("The move destination cannot be connected to", last.comment());
        assertEquals(List.of(uids(3)), failedList(last));
    }

    @Test
    void aDestinationThatAcceptsTheConnectionAndSaysNothing() throws Exception {
        site.server.settings.put(HpSettings.CONNECT_TIMEOUT, 1);
        try (ServerSocket silent = new ServerSocket(0)) {
            site.server.addDestination(Destination.AE_TITLE, "127.0.0.1", silent.getLocalPort());
            assertEquals("A702 0/3/0", outcome(site.retrieve(Via.MOVE, uids(3))));
            // and it is not kept waiting for ever: the connection is closed
            try (Socket accepted = silent.accept()) {
                accepted.setSoTimeout(60_000);
                accepted.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void aDestinationThatAnswersTheRequestForAnAssociationWithGarbage() throws Exception {
        try (ServerSocket web = new ServerSocket(0)) {
            site.server.addDestination(Destination.AE_TITLE, "127.0.0.1", web.getLocalPort());
            Peer.Pending move = site.begin(Via.MOVE, uids(3));
            try (Socket accepted = web.accept()) {
                accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                assertEquals("A702 0/3/0", outcome(wellFormed(move.all())));
            }
        }
    }

    /** Of an object larger than all buffers between, so that the write blocks. */
    @Test
    void aDestinationThatTakesNothing() throws Exception {
        site.server.settings.put(HpSettings.MAX_OBJECT_SIZE, 67_108_864);
        Attributes large = SampleProtocols.chestXray();
        large.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1000");
        large.setString(0x00210010, VR.LO, "HPQR TEST");
        large.setBytes(0x00211001, VR.OB, new byte[32 << 20]);
        assertEquals(0, site.peer.store(large, UID.ExplicitVRLittleEndian).status());
        site.server.settings.put(HpSettings.SEND_TIMEOUT, 1);
        site.server.settings.put(HpSettings.STORE_RESPONSE_TIMEOUT, 3_600);
        Gate gate = new Gate();
        site.destination.receiver.readWhenOpen(gate);
        assertEquals("A702 0/1/0", outcome(site.retrieve(Via.MOVE, "2.25.1000")));
        gate.open();
    }

    @Test
    void aDestinationThatDoesNotAnswerTheReleaseIsClosed() throws Exception {
        site.server.settings.put(HpSettings.SEND_TIMEOUT, 1);
        Gate gate = new Gate();
        // the thread that would read the release request is busy after it has answered
        site.destination.receiver.afterAnswering(gate);
        assertEquals("0000 1/0/0", outcome(site.retrieve(Via.MOVE, uid(1))));
        Association opened = site.destination.receiver.associations.iterator().next();
        gate.awaitArrival();
        site.peer.close();
        site.server.awaitNoAssociation();
        gate.open();
        opened.waitForSocketClose();
    }

    @Test
    void aDestinationMayNotStoreOverTheAssociationItIsSentTo() throws Exception {
        site.destination.receiver.holdBackAnswers();
        Peer.Pending move = site.begin(Via.MOVE, uid(1));
        StoreReceiver.Answer answer = site.destination.receiver.heldBack();
        Association opened = site.destination.receiver.associations.iterator().next();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        opened.cstore(UID.HangingProtocolStorage, "2.25.2000", 0, "ANY", 1, (out, syntax) -> out.write(new byte[8]),
                UID.ExplicitVRLittleEndian, new DimseRSPHandler(9) {
                    @Override
                    public void onDimseRSP(Association as, Attributes command, Attributes data) {
                        super.onDimseRSP(as, command, data);
                        status.complete(command.getInt(Tag.Status, -1));
                    }
                });
        assertEquals(0x0211, status.get(60, TimeUnit.SECONDS));
        answer.give();
        assertEquals("0000 1/0/0", outcome(wellFormed(move.all())));
    }
}
