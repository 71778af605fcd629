package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.hpqr.dimse.RetrieveSite.wellFormed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the C-STORE sub-operations of a retrieve are like: fields, Message IDs, roles, how many at a time. */
class SubOperationTest {

    private static final int OBJECTS = 12;

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(OBJECTS);

    @ParameterizedTest
    @EnumSource
    void theyNameTheObject(Via via) throws Exception {
        site.retrieve(via, uids(3));
        List<Attributes> commands = site.receiver(via).commands;
        for (int i = 0; i < 3; i++) {
            assertEquals(UID.HangingProtocolStorage, commands.get(i).getString(Tag.AffectedSOPClassUID));
            assertEquals(uid(i + 1), commands.get(i).getString(Tag.AffectedSOPInstanceUID));
        }
    }

    /** PS3.7 9.1.1.1.6: the AE that invoked the C-MOVE. */
    @Clause("PS3.7 9.1.1.1.6")
    @Test
    void ofAMoveTheyNameTheRequesterAndItsMessageId() throws Exception {
        Peer.Pending move = site.begin(Via.MOVE, uids(2));
        move.all();
        for (Attributes command : site.destination.receiver.commands) {
            assertEquals(Peer.AE_TITLE, command.getString(Tag.MoveOriginatorApplicationEntityTitle));
            assertEquals(move.messageId(), command.getInt(Tag.MoveOriginatorMessageID, -1));
        }
    }

    /** They come over the association of the C-GET: PS3.4 C.4.3. */
    @Clause("C.4.3")
    @Test
    void ofAGetTheyNameNoOriginator() throws Exception {
        site.retrieve(Via.GET, uid(1));
        assertFalse(site.peer.receiver.commands.get(0).contains(Tag.MoveOriginatorApplicationEntityTitle));
        assertFalse(site.peer.receiver.commands.get(0).contains(Tag.MoveOriginatorMessageID));
    }

    /** PS3.7 9.1.3: MEDIUM, HIGH, LOW; what is none of them counts as MEDIUM. */
    @Clause("PS3.7 9.1.3")
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "7, 0"})
    void theyHaveThePriorityOfTheRequest(int requested, int expected) throws Exception {
        try (RawPeer raw = new RawPeer(site.server.port, UID.HangingProtocolInformationModelMove)) {
            raw.send(0, Commands.mkCMoveRQ(5, UID.HangingProtocolInformationModelMove, requested, Destination.AE_TITLE),
                    DatasetCodec.encode(Peer.uids(uids(2)), UID.ImplicitVRLittleEndian));
            assertEquals(0x0000, raw.finalResponse().status());
        }
        for (Attributes command : site.destination.receiver.commands)
            assertEquals(expected, command.getInt(Tag.Priority, -1));
    }

    /** And over another association than the C-MOVE's: PS3.4 C.4.2. */
    @Clause("C.4.2")
    @Test
    void ofAMoveTheyComeFromTheAeThatWasAsked() throws Exception {
        site.retrieve(Via.MOVE, uid(1));
        Association opened = site.destination.receiver.associations.iterator().next();
        assertEquals(TestServer.AE_TITLE, opened.getCallingAET());
        assertEquals(Destination.AE_TITLE, opened.getCalledAET());
    }

    @Clause("PS3.7 9.1.1.1.1")
    @ParameterizedTest
    @EnumSource
    void theirMessageIdsAreUniqueAndNotThatOfTheRequest(Via via) throws Exception {
        Peer.Pending retrieve = site.begin(via, uids(OBJECTS));
        retrieve.all();
        List<Integer> ids = messageIds(site.receiver(via));
        assertEquals(OBJECTS, ids.stream().distinct().count());
        if (via == Via.GET)
            assertFalse(ids.contains(retrieve.messageId()), ids::toString);
    }

    private static List<Integer> messageIds(StoreReceiver receiver) {
        return receiver.commands.stream().map(command -> command.getInt(Tag.MessageID, -1)).toList();
    }

    /** On an association that has had 65,530 sub-operations already. */
    @Test
    void theirMessageIdsBeginAnewAfter65535AndAreNever0() throws Exception {
        site.retrieve(Via.GET, uid(1));
        Association serverSide = site.server.acceptedAssociation();
        while (serverSide.nextMessageID() != 65_530)
            continue;
        site.peer.receiver.commands.clear();
        Peer.Pending get = site.begin(Via.GET, uids(OBJECTS));
        assertEquals("0000 12/0/0", outcome(wellFormed(get.all())));
        List<Integer> expected = new ArrayList<>(List.of(65_531, 65_532, 65_533, 65_534, 65_535));
        for (int id = 1; expected.size() < OBJECTS; id++)
            if (id != get.messageId())
                expected.add(id);
        assertEquals(expected, messageIds(site.peer.receiver));
    }

    @Clause("PS3.7 D.3.3.3")
    @ParameterizedTest
    @EnumSource
    void oneIsUnderWayAtATimeUnlessMoreIsNegotiated(Via via) throws Exception {
        assertEquals("0000 12/0/0", outcome(site.retrieve(via, uids(OBJECTS))));
        assertEquals(1, site.receiver(via).mostOutstanding());
    }

    @Clause("PS3.7 D.3.3.3")
    @ParameterizedTest
    @EnumSource
    void asManyAreUnderWayAsAreNegotiatedAndNoMore(Via via) throws Exception {
        site.disconnect();
        site.connect(site.asynchronousPeer(3));
        site.destination.connection.setMaxOpsPerformed(3);
        StoreReceiver receiver = site.receiver(via);
        receiver.holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(OBJECTS));
        List<StoreReceiver.Answer> held = new ArrayList<>();
        for (int sent = 0; sent < OBJECTS; sent++) {
            held.add(receiver.heldBack());
            // an answer is only given when three are outstanding
            if (held.size() == 3)
                held.remove(2 - sent % 3).give();
        }
        for (StoreReceiver.Answer answer : held)
            answer.give();
        assertEquals("0000 12/0/0", outcome(wellFormed(retrieve.all())));
        assertEquals(3, receiver.mostOutstanding());
    }

    /** 0 is negotiated for "no limit"; there is one all the same. */
    @Test
    void withoutLimitAllAreUnderWay() throws Exception {
        site.disconnect();
        site.connect(site.asynchronousPeer(0));
        site.peer.receiver.holdBackAnswers();
        Peer.Pending get = site.begin(Via.GET, uids(OBJECTS));
        List<StoreReceiver.Answer> held = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++)
            held.add(site.peer.receiver.heldBack());
        for (StoreReceiver.Answer answer : held)
            answer.give();
        assertEquals("0000 12/0/0", outcome(wellFormed(get.all())));
    }

    /** The window is that of the association, not of each operation. */
    @Test
    void twoGetsAtOnceShareTheWindowOfTheirAssociation() throws Exception {
        StoreReceiver receiver = site.peer.receiver;
        receiver.holdBackAnswers();
        Peer.Pending first = site.begin(Via.GET, uids(3));
        StoreReceiver.Answer answer = receiver.heldBack();
        Peer.Pending second = site.begin(Via.GET, uids(3));
        site.peer.association.cecho().next();
        for (int given = 1; given < 6; given++) {
            answer.give();
            answer = receiver.heldBack();
        }
        answer.give();
        assertEquals("0000 3/0/0", outcome(wellFormed(first.all())));
        assertEquals("0000 3/0/0", outcome(wellFormed(second.all())));
        assertEquals(1, receiver.mostOutstanding());
    }

    @Test
    void aMoveOpensSeveralAssociationsIfSet() throws Exception {
        site.server.settings.put(HpSettings.STORE_ASSOCIATIONS, 3);
        CyclicBarrier three = new CyclicBarrier(3);
        site.destination.receiver.answer = (number, command) -> meet(three);
        assertEquals("0000 12/0/0", outcome(site.retrieve(Via.MOVE, uids(OBJECTS))));
        assertEquals(3, site.destination.receiver.associations.size());
    }

    /** Success where all meet, failure where one waits in vain. */
    private static int meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
            return 0;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            return 0xA700;
        }
    }

    @Test
    void aMoveOpensNoMoreAssociationsThanItHasObjects() throws Exception {
        site.server.settings.put(HpSettings.STORE_ASSOCIATIONS, 16);
        assertEquals("0000 2/0/0", outcome(site.retrieve(Via.MOVE, uids(2))));
        assertTrue(site.destination.receiver.associations.size() <= 2);
    }

    @Test
    void aDestinationThatTakesOneAssociationOnlyGetsAllOverThat() throws Exception {
        site.server.settings.put(HpSettings.STORE_ASSOCIATIONS, 3);
        site.destination.takeOneAssociationOnly();
        assertEquals("0000 12/0/0", outcome(site.retrieve(Via.MOVE, uids(OBJECTS))));
        assertEquals(1, site.destination.receiver.associations.size());
    }

    @Test
    void theAssociationOfAMoveIsReleased() throws Exception {
        site.retrieve(Via.MOVE, uid(1));
        site.destination.receiver.associations.iterator().next().waitForSocketClose();
    }

    /** Also where sub-operations end one after the other without a pause. */
    @ParameterizedTest
    @EnumSource
    void pendingByInterval(Via via) throws Exception {
        site.server.settings.put(HpSettings.PENDING_INTERVAL, 1);
        site.receiver(via).holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(3));
        StoreReceiver.Answer first = site.receiver(via).heldBack();
        Peer.Response pending = retrieve.next();
        assertEquals("FF00 0/0/0", outcome(pending));
        assertEquals(3, RetrieveSite.remaining(pending));
        first.give();
        site.receiver(via).heldBack().give();
        site.receiver(via).heldBack().give();
        assertEquals("0000 3/0/0", outcome(wellFormed(retrieve.all())));
    }
}
