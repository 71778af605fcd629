package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.model.CandidateQuery;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.StoredInstance;
import org.hpqr.samples.SampleProtocols;
import org.hpqr.spi.HpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-GET over an association (PS3.4 U.4.3, C.4.3): one test for each protocol event. */
class GetScpTest {

    private static final String[] THREE =
            {SampleProtocols.CHEST_XRAY_UID, SampleProtocols.CT_ONE_PRIOR_UID, SampleProtocols.NEUROSURGERY_UID};

    private TestServer server;
    private Peer peer;

    private void start() throws Exception {
        server = new TestServer();
        peer = new Peer(server.port);
        storeThree();
    }

    private void storeThree() throws Exception {
        for (Attributes dataset : List.of(SampleProtocols.chestXray(), SampleProtocols.ctOnePrior(),
                SampleProtocols.neurosurgery()))
            assertEquals(0, peer.store(dataset, UID.ExplicitVRLittleEndian).status());
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    static void assertCounts(Peer.Response response, int completed, int failed, int warning) {
        assertEquals(completed, response.command().getInt(Tag.NumberOfCompletedSuboperations, -1), "completed");
        assertEquals(failed, response.command().getInt(Tag.NumberOfFailedSuboperations, -1), "failed");
        assertEquals(warning, response.command().getInt(Tag.NumberOfWarningSuboperations, -1), "warning");
    }

    static void assertStatus(int status, Peer.Response response) {
        assertEquals(String.format("%04X", status), String.format("%04X", response.status()));
    }

    @Test
    void allCompleted() throws Exception {
        start();
        List<Peer.Response> responses = peer.get(Peer.uids(THREE)).all();
        assertEquals(3, responses.size(), "a pending after each sub-operation but the last, and the final response");
        assertEquals(2, responses.get(0).command().getInt(Tag.NumberOfRemainingSuboperations, -1));
        assertEquals(1, responses.get(1).command().getInt(Tag.NumberOfRemainingSuboperations, -1));
        Peer.Response last = responses.get(2);
        assertStatus(0x0000, last);
        assertCounts(last, 3, 0, 0);
        assertFalse(last.command().contains(Tag.NumberOfRemainingSuboperations));
        assertNull(last.data());
        assertEquals(List.of(THREE), peer.received.stream().map(d -> d.getString(Tag.SOPInstanceUID)).toList());
        assertFalse(peer.receiver.commands.get(0).contains(Tag.MoveOriginatorApplicationEntityTitle));
        server.awaitAudit("begun null 3");
        server.awaitAudit("ended null 3 0 0000H");
    }

    @Test
    void aUidTwiceIsOneSubOperationAndOneNotHeldIsNone() throws Exception {
        start();
        Peer.Response last = peer.get(Peer.uids(THREE[0], THREE[0], "1.2.3.4")).last();
        assertStatus(0x0000, last);
        assertCounts(last, 1, 0, 0);
    }

    @Test
    void noneHeld() throws Exception {
        start();
        Peer.Response last = peer.get(Peer.uids("1.2.3.4")).last();
        assertStatus(0x0000, last);
        assertCounts(last, 0, 0, 0);
        assertNull(last.data());
    }

    @Test
    void someFailed() throws Exception {
        start();
        peer.receiver.answer = (number, command) -> number == 2 ? 0xA700 : 0;
        Peer.Response last = peer.get(Peer.uids(THREE)).last();
        assertStatus(0xB000, last);
        assertCounts(last, 2, 1, 0);
        assertEquals(THREE[1], last.data().getString(Tag.FailedSOPInstanceUIDList));
        assertFalse(last.data().contains(Tag.SpecificCharacterSet));
    }

    @Test
    void allFailed() throws Exception {
        start();
        peer.receiver.answer = (number, command) -> 0xC000;
        Peer.Response last = peer.get(Peer.uids(THREE)).last();
        assertStatus(0xA702, last);
        assertCounts(last, 0, 3, 0);
        assertEquals(List.of(THREE), List.of(last.data().getStrings(Tag.FailedSOPInstanceUIDList)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xB000, 0xB007, 0x0001, 0x0107, 0x0116})
    void warningsOnly(int status) throws Exception {
        start();
        peer.receiver.answer = (number, command) -> status;
        Peer.Response last = peer.get(Peer.uids(THREE)).last();
        assertStatus(0xB000, last);
        assertCounts(last, 0, 0, 3);
        assertNull(last.data(), "no failed list where nothing failed");
    }

    @Test
    void withoutTheScpRoleEverySubOperationFails() throws Exception {
        start();
        try (Peer without = new Peer(server.port, new AAssociateRQ(), false)) {
            Peer.Response last = without.get(Peer.uids(THREE)).last();
            assertStatus(0xA702, last);
            assertCounts(last, 0, 3, 0);
        }
    }

    @Test
    void cancelledAfterTheFirstSubOperation() throws Exception {
        start();
        Peer.Pending[] get = new Peer.Pending[1];
        var begun = new CountDownLatch(1);
        peer.receiver.answer = (number, command) -> {
            try {
                begun.await();
                get[0].cancel();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return 0;
        };
        get[0] = peer.get(Peer.uids(THREE));
        begun.countDown();
        Peer.Response last = get[0].last();
        assertStatus(0xFE00, last);
        int remaining = last.command().getInt(Tag.NumberOfRemainingSuboperations, -1);
        assertTrue(remaining > 0, "remaining " + remaining);
        assertCounts(last, 3 - remaining, 0, 0);
        assertNull(last.data());
    }

    @Test
    void severalUnderWayWhereThePeerNegotiatesIt() throws Exception {
        start();
        try (Peer asynchronous = new Peer(server.port, new AAssociateRQ(), true, 0)) {
            Peer.Response last = asynchronous.get(Peer.uids(THREE)).last();
            assertStatus(0x0000, last);
            assertCounts(last, 3, 0, 0);
        }
    }

    @Test
    void damagedBytesFailThatSubOperationOnly() throws Exception {
        start();
        String first = server.storage.objects.keySet().stream().sorted().findFirst().orElseThrow();
        server.storage.objects.get(first)[200] ^= 1;
        Peer.Response last = peer.get(Peer.uids(THREE)).last();
        assertStatus(0xB000, last);
        assertCounts(last, 2, 1, 0);
    }

    @Test
    void aSilentPeerIsNotWaitedForForEver() throws Exception {
        start();
        server.settings.put(HpSettings.STORE_RESPONSE_TIMEOUT, 1);
        Gate gate = new Gate();
        peer.receiver.answer = (number, command) -> gate.pass();
        Peer.Pending get = peer.get(Peer.uids(THREE));
        // the thread of the peer that would read the response is the one that is silent
        server.awaitAudit("ended null 0 3 A702H");
        gate.open();
        assertStatus(0xA702, get.last());
    }

    @Test
    void withoutUidA900() throws Exception {
        start();
        Attributes empty = new Attributes();
        empty.setNull(Tag.SOPInstanceUID, VR.UI);
        Peer.Response last = peer.get(empty).last();
        assertStatus(0xA900, last);
        assertEquals(Tag.SOPInstanceUID, last.command().getInt(Tag.OffendingElement, 0));
        assertFalse(last.command().contains(Tag.NumberOfCompletedSuboperations));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.*", "1.02", "1..2", "12", "1.2.3.", "a.b"})
    void invalidUidA900(String uid) throws Exception {
        start();
        assertStatus(0xA900, peer.get(Peer.uids(uid)).last());
    }

    @Test
    void otherKeysAreIgnoredUnlessStrict() throws Exception {
        start();
        Attributes withLevel = Peer.uids(THREE[0]);
        withLevel.setString(Tag.QueryRetrieveLevel, VR.CS, "IMAGE");
        assertStatus(0x0000, peer.get(withLevel).last());
        server.settings.put(HpSettings.RETRIEVE_KEYS, HpSettings.RetrieveKeys.STRICT);
        Peer.Response refused = peer.get(withLevel).last();
        assertStatus(0xA900, refused);
        assertEquals(Tag.QueryRetrieveLevel, refused.command().getInt(Tag.OffendingElement, 0));
    }

    @Test
    void databaseDownA701() throws Exception {
        start();
        server.database.down = true;
        assertStatus(0xA701, peer.get(Peer.uids(THREE)).last());
        server.database.down = false;
        assertStatus(0x0000, peer.get(Peer.uids(THREE)).last());
    }

    @Test
    void unauthorized0124() throws Exception {
        start();
        server.authorized = false;
        assertStatus(0x0124, peer.get(Peer.uids(THREE)).last());
    }

    @Test
    void schemaNotReadyA701() throws Exception {
        start();
        server.schemaReady = false;
        assertStatus(0xA701, peer.get(Peer.uids(THREE)).last());
    }

    @Test
    void matchesThatDisagreeWithTheListC413() throws Exception {
        server = new TestServer(working -> locating(working, 2), CandidateQuery::new);
        peer = new Peer(server.port);
        storeThree();
        assertStatus(0xC413, peer.get(Peer.uids(THREE)).last());
    }

    @Test
    void failureOutsideASubOperationC411() throws Exception {
        server = new TestServer(working -> locating(working, -1), CandidateQuery::new);
        peer = new Peer(server.port);
        storeThree();
        assertStatus(0xC411, peer.get(Peer.uids(THREE)).last());
    }

    /** A repository that finds lists of three {@code times} over; it throws where {@code times} is negative. */
    static HangingProtocolRepository locating(HangingProtocolRepository working, int times) {
        return new DelegatingRepository(working) {
            @Override
            public List<StoredInstance> locate(Collection<String> uids) {
                List<StoredInstance> once = super.locate(uids);
                if (uids.size() < 3)
                    return once;
                if (times < 0)
                    throw new IllegalStateException("the test wants this to fail");
                List<StoredInstance> found = new ArrayList<>();
                for (int i = 0; i < times; i++)
                    found.addAll(once);
                return found;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian, UID.DeflatedExplicitVRLittleEndian,
        UID.ExplicitVRBigEndian})
    void whatComesBackIsWhatWasStored(String transferSyntax) throws Exception {
        start();
        try (Peer one = new Peer(server.port, new AAssociateRQ(), true, transferSyntax)) {
            for (var sample : SampleProtocols.all().values()) {
                Attributes sent = sample.get();
                assertEquals(0, one.store(sent, transferSyntax).status());
                one.received.clear();
                assertStatus(0x0000, one.get(Peer.uids(sent.getString(Tag.SOPInstanceUID))).last());
                assertEquals(hex(sent), hex(one.received.get(0)));
            }
        }
    }

    @Test
    void convertedBetweenTransferSyntaxesTheValuesStay() throws Exception {
        start();
        for (var sample : SampleProtocols.all().values())
            peer.store(sample.get(), UID.ExplicitVRLittleEndian);
        try (Peer implicit = new Peer(server.port, new AAssociateRQ(), true, UID.ImplicitVRLittleEndian)) {
            for (var sample : SampleProtocols.all().values()) {
                Attributes sent = sample.get();
                implicit.receiver.received.clear();
                assertStatus(0x0000, implicit.get(Peer.uids(sent.getString(Tag.SOPInstanceUID))).last());
                assertEquals(hex(sent), hex(implicit.receiver.received.get(0)));
            }
        }
        assertNotEquals(0, SampleProtocols.all().size());
    }

    private static String hex(Attributes dataset) throws Exception {
        return HexFormat.of().formatHex(DatasetCodec.encode(dataset, UID.ImplicitVRLittleEndian));
    }
}
