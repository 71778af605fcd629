package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.ended;
import static org.hpqr.dimse.RetrieveSite.failedList;
import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.remaining;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.hpqr.dimse.RetrieveSite.wellFormed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.database.StoredInstance;
import org.hpqr.service.Lookup;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Gate;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** C-CANCEL of a retrieve at every moment of it (PS3.4 C.4.2.3.1, C.4.3.3.1; PS3.7 9.3.3.2, 9.3.4.2). */
class RetrieveCancelTest {

    private static RetrieveSite site;
    private static volatile Gate beforeLookUp;

    @BeforeAll
    static void start() throws Exception {
        TestServer server = new TestServer();
        server.lookups = lookup -> new Lookup() {
            @Override
            public Optional<List<StoredInstance>> find(Collection<String> uids) throws HpFailure {
                Optional<List<StoredInstance>> found = lookup.find(uids);
                if (beforeLookUp != null)
                    beforeLookUp.pass();
                return found;
            }

            @Override
            public void cancel() {
                lookup.cancel();
            }
        };
        site = new RetrieveSite(server, 4);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void connect() throws Exception {
        site.connect();
    }

    @AfterEach
    void disconnect() {
        beforeLookUp = null;
        site.disconnect();
    }

    /** A C-ECHO that is answered proves that the server has read what was sent before it. */
    private static void cancelAndBeSureItIsRead(Peer.Pending retrieve) throws Exception {
        retrieve.cancel();
        site.peer.association.cecho().next();
    }

    @ParameterizedTest
    @EnumSource
    void beforeMatchesAreLookedUp(Via via) throws Exception {
        beforeLookUp = new Gate();
        Peer.Pending retrieve = site.begin(via, uids(3));
        beforeLookUp.awaitArrival();
        cancelAndBeSureItIsRead(retrieve);
        beforeLookUp.open();
        Peer.Response last = wellFormed(retrieve.all());
        assertEquals("FE00 0/0/0", outcome(last));
        assertEquals(3, remaining(last));
        assertTrue(site.receiver(via).commands.isEmpty());
        site.server.awaitAudit(ended(via, 0, 0, "FE00"));
    }

    /** The time limit for connecting is 10 s, that of this test's peer for a response 20 s: it is not waited for. */
    @Test
    void whileTheDestinationIsConnectedTo() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            site.server.addDestination(Destination.AE_TITLE, "127.0.0.1", silent.getLocalPort());
            Peer.Pending move = site.begin(Via.MOVE, uids(3));
            try (Socket accepted = silent.accept()) {
                cancelAndBeSureItIsRead(move);
                Peer.Response last = wellFormed(move.all());
                assertEquals("FE00 0/0/0", outcome(last));
                assertEquals(3, remaining(last));
                // its connection is closed
                accepted.setSoTimeout(20_000);
                accepted.getInputStream().readAllBytes();
            }
        }
    }

    @Clause("C.4.2.3.1")
    @ParameterizedTest
    @EnumSource
    void theSubOperationUnderWayEndsAndIsCounted(Via via) throws Exception {
        site.receiver(via).holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(4));
        site.receiver(via).heldBack().give();
        StoreReceiver.Answer second = site.receiver(via).heldBack();
        cancelAndBeSureItIsRead(retrieve);
        second.give();
        Peer.Response last = wellFormed(retrieve.all());
        assertEquals("FE00 2/0/0", outcome(last));
        assertEquals(2, remaining(last));
        assertEquals(2, site.receiver(via).commands.size());
    }

    @Clause("C.4.2.3.1")
    @ParameterizedTest
    @EnumSource
    void whatFailedBeforeIsListedWhatNeverBeganIsNot(Via via) throws Exception {
        site.receiver(via).answer = (number, command) -> number == 1 ? 0xA700 : 0xB000;
        site.receiver(via).holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(4));
        site.receiver(via).heldBack().give();
        StoreReceiver.Answer second = site.receiver(via).heldBack();
        cancelAndBeSureItIsRead(retrieve);
        second.give();
        Peer.Response last = wellFormed(retrieve.all());
        assertEquals("FE00 0/1/1", outcome(last));
        assertEquals(2, remaining(last));
        assertEquals(List.of(uid(1)), failedList(last));
    }

    @ParameterizedTest
    @EnumSource
    void allSubOperationsUnderWayEnd(Via via) throws Exception {
        site.disconnect();
        site.connect(site.asynchronousPeer(3));
        site.destination.connection.setMaxOpsPerformed(3);
        site.receiver(via).holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(4));
        List<StoreReceiver.Answer> answers = List.of(site.receiver(via).heldBack(), site.receiver(via).heldBack(),
                site.receiver(via).heldBack());
        cancelAndBeSureItIsRead(retrieve);
        for (StoreReceiver.Answer answer : answers)
            answer.give();
        Peer.Response last = wellFormed(retrieve.all());
        assertEquals("FE00 3/0/0", outcome(last));
        assertEquals(1, remaining(last));
    }

    @ParameterizedTest
    @EnumSource
    void whileTheLastSubOperationIsUnderWayThereIsNothingToCancel(Via via) throws Exception {
        site.receiver(via).holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(2));
        site.receiver(via).heldBack().give();
        StoreReceiver.Answer last = site.receiver(via).heldBack();
        cancelAndBeSureItIsRead(retrieve);
        last.give();
        assertEquals("0000 2/0/0", outcome(wellFormed(retrieve.all())));
    }

    /** PS3.7 9.3: it names no outstanding operation. */
    @Clause("PS3.7 9.3")
    @ParameterizedTest
    @EnumSource
    void afterTheEndItIsIgnored(Via via) throws Exception {
        Peer.Pending retrieve = site.begin(via, uids(2));
        assertEquals("0000 2/0/0", outcome(wellFormed(retrieve.all())));
        cancelAndBeSureItIsRead(retrieve);
        assertEquals("0000 2/0/0", outcome(site.retrieve(via, uids(2))));
    }

    @Clause("PS3.7 9.3")
    @Test
    void ofAnUnknownMessageIdItIsIgnored() throws Exception {
        site.destination.receiver.holdBackAnswers();
        try (RawPeer raw = new RawPeer(site.server.port, UID.HangingProtocolInformationModelMove)) {
            raw.send(0, Commands.mkCMoveRQ(5, UID.HangingProtocolInformationModelMove, 0, Destination.AE_TITLE),
                    DatasetCodec.encode(Peer.uids(uids(2)), UID.ImplicitVRLittleEndian));
            StoreReceiver.Answer first = site.destination.receiver.heldBack();
            for (int unknown : new int[] {0, 4, 6, 0xFFFF})
                raw.send(0, cancel(unknown), null);
            first.give();
            site.destination.receiver.heldBack().give();
            RawPeer.Message last = raw.finalResponse();
            assertEquals(0x0000, last.status());
            assertEquals(2, last.command().getInt(Tag.NumberOfCompletedSuboperations, -1));
        }
    }

    private static Attributes cancel(int messageId) {
        Attributes command = new Attributes();
        command.setInt(Tag.CommandField, VR.US, 0x0FFF);
        command.setInt(Tag.MessageIDBeingRespondedTo, VR.US, messageId);
        return command;
    }

    @Test
    void ofTwoMovesAtOnceTheOneNamedIsCancelled() throws Exception {
        site.destination.receiver.holdBackAnswers();
        Peer.Pending first = site.begin(Via.MOVE, uids(2));
        StoreReceiver.Answer ofFirst = site.destination.receiver.heldBack();
        Peer.Pending second = site.begin(Via.MOVE, uids(2));
        StoreReceiver.Answer ofSecond = site.destination.receiver.heldBack();
        cancelAndBeSureItIsRead(first);
        ofFirst.give();
        assertEquals("FE00 1/0/0", outcome(wellFormed(first.all())));
        ofSecond.give();
        site.destination.receiver.heldBack().give();
        assertEquals("0000 2/0/0", outcome(wellFormed(second.all())));
    }
}
