package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.ended;
import static org.hpqr.dimse.RetrieveSite.failedList;
import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.service.Lookup;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.status.HpFailure;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures of the server itself, before and among the sub-operations. */
class RetrieveFailureTest {

    private static RetrieveSite site;
    /** What a look-up finds, made of what it would find. */
    private static volatile UnaryOperator<List<StoredInstance>> lookUp = UnaryOperator.identity();

    @BeforeAll
    static void start() throws Exception {
        TestServer server = new TestServer();
        server.lookups = lookup -> new Lookup() {
            @Override
            public Optional<List<StoredInstance>> find(Collection<String> uids) throws HpFailure {
                return lookup.find(uids).map(lookUp);
            }

            @Override
            public void cancel() {
                lookup.cancel();
            }
        };
        site = new RetrieveSite(server, 3);
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
        lookUp = UnaryOperator.identity();
        site.server.database.down = false;
        site.server.storage.beforeOpen = () -> { };
        site.disconnect();
    }

    private void assertFailsBeforeAnySubOperation(Via via, String status) throws Exception {
        List<Peer.Response> responses = site.begin(via, uids(3)).all();
        assertEquals(1, responses.size());
        Peer.Response last = responses.get(0);
        assertEquals(status, String.format("%04X", last.status()));
        assertNotNull(last.comment());
        assertNull(last.data());
        for (int counts : new int[] {Tag.NumberOfRemainingSuboperations, Tag.NumberOfCompletedSuboperations,
            Tag.NumberOfFailedSuboperations, Tag.NumberOfWarningSuboperations})
            assertEquals(-1, last.command().getInt(counts, -1), "no counts before any sub-operation");
        assertEquals(0, site.receiver(via).commands.size());
    }

    @ParameterizedTest
    @EnumSource
    void databaseDownA701AndAfterwardsAllIsWell(Via via) throws Exception {
        site.server.database.down = true;
        assertFailsBeforeAnySubOperation(via, "A701");
        site.server.database.down = false;
        assertEquals("0000 3/0/0", outcome(site.retrieve(via, uids(3))));
    }

    @ParameterizedTest
    @EnumSource
    void schemaNotReadyA701(Via via) throws Exception {
        try (TestServer starting = new TestServer(); RawPeer raw = new RawPeer(starting.port, via.sopClass)) {
            starting.schemaReady = false;
            starting.addDestination(Destination.AE_TITLE, "127.0.0.1", site.destination.port);
            raw.send(0, via == Via.MOVE ? Commands.mkCMoveRQ(1, via.sopClass, 0, Destination.AE_TITLE)
                    : Commands.mkCGetRQ(1, via.sopClass, 0),
                    DatasetCodec.encode(Peer.uids(uids(3)), UID.ImplicitVRLittleEndian));
            assertEquals(0xA701, raw.receive().status());
        }
    }

    @ParameterizedTest
    @CsvSource({"MOVE, C513", "GET, C413"})
    void matchesThatComeTwiceCannotBeCounted(Via via, String status) throws Exception {
        lookUp = found -> {
            List<StoredInstance> twice = new ArrayList<>(found);
            twice.addAll(found);
            return twice;
        };
        assertFailsBeforeAnySubOperation(via, status);
    }

    @ParameterizedTest
    @CsvSource({"MOVE, C511", "GET, C411"})
    void aFailureBeforeTheSubOperations(Via via, String status) throws Exception {
        lookUp = found -> {
            throw new IllegalStateException("the test wants this");
        };
        assertFailsBeforeAnySubOperation(via, status);
    }

    /** The server goes down and interrupts its threads: what is under way counts as failed, too. */
    @ParameterizedTest
    @CsvSource({"MOVE, C511", "GET, C411"})
    void anInterruptionAmongTheSubOperations(Via via, String status) throws Exception {
        Thread[] task = new Thread[1];
        lookUp = found -> {
            task[0] = Thread.currentThread();
            return found;
        };
        site.receiver(via).holdBackAnswers();
        Peer.Pending retrieve = site.begin(via, uids(3));
        site.receiver(via).heldBack().give();
        site.receiver(via).heldBack();
        task[0].interrupt();
        Peer.Response last = retrieve.last();
        assertEquals(status + " 1/2/0", outcome(last));
        assertEquals(List.of(uid(2), uid(3)), failedList(last));
        site.server.awaitAudit(ended(via, 1, 2, status));
    }

    @ParameterizedTest
    @EnumSource
    void moreAtATimeThanAllowedA702(Via via) throws Exception {
        site.server.settings.put(HpSettings.MAX_CONCURRENT_RETRIEVES, 1);
        site.receiver(via).holdBackAnswers();
        Peer.Pending first = site.begin(via, uid(1));
        StoreReceiver.Answer answer = site.receiver(via).heldBack();
        assertFailsWith(via, 0xA702);
        answer.give();
        assertEquals("0000 1/0/0", outcome(first.last()));
    }

    private void assertFailsWith(Via via, int status) throws Exception {
        Peer.Response last = site.begin(via, uids(3)).last();
        assertEquals(status, last.status());
        assertEquals(-1, RetrieveSite.completed(last));
    }

    @ParameterizedTest
    @EnumSource
    void anObjectThatIsNotHeldAnyMoreWhenItsTurnComesFails(Via via) throws Exception {
        StoredInstance one = site.server.repository.find(uid(1));
        StoredInstance gone = new StoredInstance("1.3.2", ObjectState.STORED, 0, one.transferSyntax(), one.contentDigest(),
                new ObjectLocation("memory", "gone"), one.objectSize(), one.objectDigest());
        lookUp = found -> List.of(one, gone);
        Peer.Response last = site.retrieve(via, one.sopInstanceUid(), gone.sopInstanceUid());
        assertEquals("B000 1/1/0", outcome(last));
        assertEquals(List.of("1.3.2"), failedList(last));
    }

    /** PS3.4 C.4.2.3.1, C.4.3.3.1: it fails, and its place among the outstanding operations is free again. */
    @ParameterizedTest
    @EnumSource
    void anObjectForWhichThereIsNoMemoryCostsOnlyItself(Via via) throws Exception {
        AtomicBoolean memory = new AtomicBoolean();
        site.server.storage.beforeOpen = () -> {
            if (!memory.getAndSet(true))
                throw new OutOfMemoryError("the test wants this");
        };
        Peer.Response last = site.retrieve(via, uids(3));
        assertEquals("B000 2/1/0", outcome(last));
        assertEquals(List.of(uid(1)), failedList(last));
        assertEquals("0000 3/0/0", outcome(site.retrieve(via, uids(3))));
    }
}
