package org.hpqr.dimse;

import static org.hpqr.dimse.GetScpTest.assertStatus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.database.Shard;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.samples.SampleRequests;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-FIND over an association (PS3.4 K.4.1.1): one test for each protocol event. */
class FindScpTest {

    private TestServer server;
    private Peer peer;

    private void start() throws Exception {
        startWith(TestServer::catalogue);
    }

    private void startWith(Function<DataSource, Catalogue> catalogues) throws Exception {
        server = new TestServer(UnaryOperator.identity(), catalogues);
        peer = new Peer(server.port);
        for (var sample : SampleProtocols.all().values())
            assertEquals(0, peer.store(sample.get(), UID.ExplicitVRLittleEndian).status());
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    private static Attributes byName(String name) {
        Attributes identifier = new Attributes();
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        if (name == null)
            identifier.setNull(Tag.HangingProtocolName, VR.SH);
        else
            identifier.setString(Tag.HangingProtocolName, VR.SH, name);
        return identifier;
    }

    /** Something that is done before the n-th object is looked at. */
    interface Nth {
        void look(int number) throws SQLException;
    }

    static Function<DataSource, Catalogue> catalogueWith(Nth nth) {
        return dataSource -> new Catalogue(dataSource, Thread::new, TimeUnit.HOURS.toNanos(1)) {

            private final AtomicInteger number = new AtomicInteger();

            @Override
            public Attributes attributes(CatalogueEntry entry) throws IOException, SQLException {
                nth.look(number.incrementAndGet());
                return super.attributes(entry);
            }
        };
    }

    /** K.4.1.3.1; only pending responses have an identifier, K.4.1.1.3.2. */
    @Clause({"K.4.1.1.3.2", "K.4.1.3.1"})
    @Test
    void onePendingForEachMatchThenSuccessWithoutIdentifier() throws Exception {
        start();
        List<Peer.Response> responses = peer.find(byName(null)).all();
        assertEquals(SampleProtocols.all().size() + 1, responses.size());
        assertTrue(responses.subList(0, responses.size() - 1).stream().allMatch(response -> response.status() == 0xFF00));
        Peer.Response last = responses.get(responses.size() - 1);
        assertStatus(0x0000, last);
        assertNull(last.data());
        server.awaitAudit("queried " + SampleProtocols.all().size() + " 0000H");
    }

    /** Many senders forget Specific Character Set; their text has to come back byte for byte (PS3.4 GG.4.2). */
    @Test
    void textOutsideItsCharacterSetComesBackAsItWasStored() throws Exception {
        start();
        byte[] name = {'S', 'c', 'h', (byte) 0xE4, 'd', 'e', 'l', '1'};
        Attributes object = SampleProtocols.chestXray();
        object.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
        object.setBytes(Tag.HangingProtocolName, VR.SH, name);
        assertEquals(0, peer.store(object, UID.ExplicitVRLittleEndian).status());
        assertArrayEquals(name, peer.find(byName("*del1")).all().get(0).data().getBytes(Tag.HangingProtocolName));
    }

    @Test
    void orderedByNameThenUid() throws Exception {
        start();
        List<String> names = peer.find(byName(null)).all().stream().filter(response -> response.data() != null)
                .map(response -> response.data().getString(Tag.HangingProtocolName)).toList();
        assertEquals(names.stream().sorted().toList(), names);
    }

    @Clause("K.4.1.3.1")
    @Test
    void noMatchIsSuccessOnly() throws Exception {
        start();
        List<Peer.Response> responses = peer.find(byName("NO SUCH NAME")).all();
        assertEquals(1, responses.size());
        assertStatus(0x0000, responses.get(0));
    }

    /** K.4.1.3.1: no keys, no matches. */
    @Clause("K.4.1.3.1")
    @Test
    void anEmptyIdentifierIsSuccessOnly() throws Exception {
        start();
        assertEquals(1, peer.find(new Attributes()).all().size());
    }

    @Clause("K.4-1")
    @Test
    void aKeyOutsideTheModelMakesEveryPendingFF01() throws Exception {
        start();
        Attributes identifier = byName("Chest X-ray");
        identifier.setNull(Tag.PatientID, VR.LO);
        List<Peer.Response> responses = peer.find(identifier).all();
        assertStatus(0xFF01, responses.get(0));
        assertTrue(!responses.get(0).data().contains(Tag.PatientID));
    }

    @Clause("K.4-1")
    @Test
    void aMalformedKeyA900() throws Exception {
        start();
        Attributes identifier = byName(null);
        identifier.setString(Tag.SOPInstanceUID, VR.UI, "1.2.*");
        Peer.Response refused = peer.find(identifier).last();
        assertStatus(0xA900, refused);
        assertEquals(Tag.SOPInstanceUID, refused.command().getInt(Tag.OffendingElement, 0));
        assertTrue(refused.comment().length() <= 64);
    }

    /** C.2.2.2: what is answered is for the conformance statement to say. */
    @Clause("C.2.2.2")
    @Test
    void anUnknownCharacterSetC310() throws Exception {
        start();
        Attributes identifier = byName("x");
        identifier.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 999");
        Peer.Response refused = peer.find(identifier).last();
        assertStatus(0xC310, refused);
        assertEquals(Tag.SpecificCharacterSet, refused.command().getInt(Tag.OffendingElement, 0));
    }

    /** PS3.7 9.3.2.2 says what else is in a response; the priority (K.4.1.1.2) changes nothing. */
    @Clause({"K.4.1.1.2", "PS3.7 9.3.2.2"})
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void responsesNameTheRequestWhateverItsPriority(int priority) throws Exception {
        start();
        try (RawPeer raw = new RawPeer(server.port, UID.HangingProtocolInformationModelFind)) {
            raw.send(0, Commands.mkCFindRQ(4_711, UID.HangingProtocolInformationModelFind, priority),
                    DatasetCodec.encode(byName("Chest X-ray"), UID.ImplicitVRLittleEndian));
            RawPeer.Message pending = raw.receive();
            RawPeer.Message last = raw.receive();
            assertEquals(List.of(0xFF00, 0x0000), List.of(pending.status(), last.status()));
            for (Attributes response : List.of(pending.command(), last.command())) {
                assertEquals(0x8020, response.getInt(Tag.CommandField, 0));
                assertEquals(4_711, response.getInt(Tag.MessageIDBeingRespondedTo, 0));
                assertEquals(UID.HangingProtocolInformationModelFind, response.getString(Tag.AffectedSOPClassUID));
            }
        }
    }

    @Test
    void aCancelForNothingIsIgnored() throws Exception {
        start();
        try (RawPeer raw = new RawPeer(server.port, UID.HangingProtocolInformationModelFind)) {
            raw.send(0, Commands.mkCCancelRQ(1), null);
            raw.send(0, Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0),
                    DatasetCodec.encode(byName("Chest X-ray"), UID.ImplicitVRLittleEndian));
            assertEquals(0xFF00, raw.receive().status());
            assertEquals(0x0000, raw.receive().status());
            raw.send(0, Commands.mkCCancelRQ(1), null);
            raw.send(0, Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0), new byte[0]);
            assertEquals(0x0000, raw.receive().status());
        }
    }

    @Test
    void withoutAnIdentifierC310() throws Exception {
        start();
        try (RawPeer raw = new RawPeer(server.port, UID.HangingProtocolInformationModelFind)) {
            raw.send(0, Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0), null);
            RawPeer.Message refused = raw.receive();
            assertEquals(0xC310, refused.status());
            assertEquals("The request has no identifier", refused.command().getString(Tag.ErrorComment));
            assertNull(refused.dataset());
        }
    }

    /** Titles of 16 characters that are not allowed to be one (PS3.5 6.2, AE) reach an AE that answers to any. */
    @Test
    void aRetrieveAeTitleThatIsNoneC312() throws Exception {
        start();
        server.answerToAnyCalledTitle();
        Attributes identifier = byName(null);
        identifier.setNull(Tag.RetrieveAETitle, VR.AE);
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("TWO\\TITLES");
        try (Peer another = new Peer(server.port, request, false)) {
            Peer.Response last = another.find(identifier).next();
            assertStatus(0xC312, last);
            assertEquals("Not an AE title", last.comment());
            assertEquals(Tag.RetrieveAETitle, last.command().getInt(Tag.OffendingElement, 0));
            assertStatus(0x0000, another.find(byName(null)).last());
        }
    }

    /** Half a number cannot be turned into the other byte order. */
    @Test
    void aResponseThatCannotBeEncodedC312() throws Exception {
        start();
        Attributes object = SampleProtocols.chestXray();
        object.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
        object.setString(Tag.HangingProtocolName, VR.SH, "Damaged");
        object.getNestedDataset(Tag.NominalScreenDefinitionSequence)
                .setBytes(Tag.DisplayEnvironmentSpatialPosition, VR.FD, new byte[6]);
        assertStatus(0x0000, peer.store(object, UID.ExplicitVRLittleEndian));
        Attributes identifier = byName("Damaged");
        identifier.setNull(Tag.NominalScreenDefinitionSequence, VR.SQ);
        assertStatus(0xFF00, peer.find(identifier).next());
        try (Peer bigEndian = new Peer(server.port, new AAssociateRQ(), false, UID.ExplicitVRBigEndian)) {
            Peer.Response last = bigEndian.find(identifier).next();
            assertStatus(0xC312, last);
            assertEquals("A response cannot be encoded", last.comment());
            identifier.setNull(Tag.HangingProtocolName, VR.SH);
            checkThatTheOthersAreAnswered("2.25.1", 0xC312, bigEndian.find(identifier).all());
            assertStatus(0x0000, bigEndian.find(byName("Chest X-ray")).last());
        }
    }

    /** One damaged row must not keep a department from its protocols, nor may the answer look complete (PS3.4 K.4-1). */
    @Clause("K.4-1")
    @Test
    void anObjectThatCannotBeDecodedC311AfterAllOthers() throws Exception {
        start();
        try (Connection connection = server.database.dataSource.getConnection();
             PreparedStatement damage = connection.prepareStatement("UPDATE hp_object SET attrs = ? WHERE sop_iuid = ?")) {
            damage.setBytes(1, new byte[] {8, 0, 0x18, 0, 'U', 'I', 64, 0, '1'});
            damage.setString(2, SampleProtocols.CHEST_XRAY_UID);
            assertEquals(1, damage.executeUpdate());
        }
        countAChange(SampleProtocols.CHEST_XRAY_UID);
        List<String> errors = new CopyOnWriteArrayList<>();
        LogWatch log = new LogWatch("org.hpqr.service.Candidates", record -> errors.add(record.getLevel() + record.getMessage()));
        try {
            List<Peer.Response> responses = peer.find(byName(null)).all();
            checkThatTheOthersAreAnswered(SampleProtocols.CHEST_XRAY_UID, 0xC311, responses);
            assertEquals("A stored protocol cannot be decoded", responses.get(responses.size() - 1).comment());
        } finally {
            log.close();
        }
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith("SEVERE") && errors.get(0).contains(SampleProtocols.CHEST_XRAY_UID), errors::toString);
        server.awaitAudit("queried " + (SampleProtocols.all().size() - 1) + " C311H");
        assertStatus(0x0000, peer.find(byName("CT 1 prior")).last());
    }

    /** As who changes a row by hand can do, so that it is noticed at once. */
    private void countAChange(String uid) throws SQLException {
        try (Connection connection = server.database.dataSource.getConnection();
             Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE hp_change SET n = n + 1 WHERE shard = " + Shard.of(uid));
            statement.executeUpdate("UPDATE hp_object SET change_number = (SELECT n FROM hp_change WHERE shard = "
                    + Shard.of(uid) + ") WHERE sop_iuid = '" + uid + "'");
        }
    }

    private static void checkThatTheOthersAreAnswered(String leftOut, int status, List<Peer.Response> responses) {
        Peer.Response last = responses.get(responses.size() - 1);
        assertStatus(status, last);
        assertNull(last.data());
        Set<String> others = new TreeSet<>(SampleProtocols.all().values().stream()
                .map(sample -> sample.get().getString(Tag.SOPInstanceUID)).toList());
        others.remove(leftOut);
        assertEquals(others, responses.stream().filter(response -> response.status() == 0xFF00)
                .map(response -> response.data().getString(Tag.SOPInstanceUID)).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** As in an archive whose transfer capability has no query options; no answer says the same as ours (PS3.4 K.5.1). */
    @Clause("K.5.1")
    @Test
    void anAeWithoutQueryOptionsDoesNotAnswerExtendedNegotiation() throws Exception {
        start();
        AAssociateRQ request = new AAssociateRQ();
        request.addExtendedNegotiation(
                new ExtendedNegotiation(UID.HangingProtocolInformationModelFind, new byte[] {1, 1, 1, 1}));
        try (Peer another = new Peer(server.port, request, false)) {
            assertNull(another.association.getAAssociateAC().getExtNegotiationFor(UID.HangingProtocolInformationModelFind));
            assertStatus(0xFF00, another.find(byName("Chest X-ray")).next());
        }
    }

    /** PS3.5 10.1 asks for the first of them. */
    @Clause("PS3.5 10.1")
    @ParameterizedTest
    @ValueSource(strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian, UID.DeflatedExplicitVRLittleEndian,
        UID.ExplicitVRBigEndian})
    void theAnswerIsTheSameInEveryTransferSyntax(String transferSyntax) throws Exception {
        start();
        List<Attributes> expected = peer.find(SampleRequests.byChest()).all().stream().map(Peer.Response::data).toList();
        try (Peer another = new Peer(server.port, new AAssociateRQ(), false, transferSyntax)) {
            assertEquals(expected, another.find(SampleRequests.byChest()).all().stream().map(Peer.Response::data).toList());
        }
        assertEquals(1, expected.get(0).getInt(Tag.NumberOfPriorsReferenced, 0));
    }

    @Test
    void aQueryThatTakesTooLongEndsInA700EvenIfNothingMatches() throws Exception {
        start();
        assertStatus(0x0000, peer.find(byName("NO SUCH NAME")).last());
        server.settings.put(HpSettings.FIND_TIMEOUT, 0);
        assertStatus(0xA700, peer.find(byName("NO SUCH NAME")).last());
    }

    /** K.4-1, FE00. */
    @Clause("K.4-1")
    @Test
    void cancelledBetweenTwoMatches() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        startWith(catalogueWith(number -> {
            if (number == 2)
                await(cancelled);
        }));
        Peer.Pending find = peer.find(byName(null));
        assertStatus(0xFF00, find.next());
        find.cancel();
        // when that is answered, what was sent before it has been read
        peer.association.cecho().next();
        cancelled.countDown();
        Peer.Response last = find.last();
        assertStatus(0xFE00, last);
        assertNull(last.data());
    }

    @Test
    void aVanishedPeerStopsTheQuery() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        startWith(catalogueWith(number -> {
            if (number == 2)
                await(stopped);
        }));
        assertStatus(0xFF00, peer.find(byName(null)).next());
        peer.association.getSocket().close();
        server.awaitPeerGone();
        stopped.countDown();
        server.awaitAudit("queried 1 FE00H");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** K.4-1, Cxxx. */
    @Clause("K.4-1")
    @Test
    void aQueryThatFailsAtTheSecondMatchC311() throws Exception {
        startWith(catalogueWith(number -> {
            if (number == 2)
                throw new SQLException("the test wants this to fail", "42000");
        }));
        Peer.Pending find = peer.find(byName(null));
        assertStatus(0xFF00, find.next());
        assertStatus(0xC311, find.last());
    }

    @Test
    void aLostDatabaseA700() throws Exception {
        startWith(catalogueWith(number -> {
            throw new SQLException("connection lost", "08006");
        }));
        assertStatus(0xA700, peer.find(byName(null)).last());
    }

    @Test
    void unauthorized0124() throws Exception {
        start();
        server.authorized = false;
        assertStatus(0x0124, peer.find(byName(null)).last());
    }

    @Test
    void schemaNotReadyA700() throws Exception {
        start();
        server.schemaReady = false;
        assertStatus(0xA700, peer.find(byName(null)).last());
    }

    /** The log may hang: the place is for another one then, which is not refused. */
    @Test
    void anOperationIsOverForTheLimitWhenItIsLogged() throws Exception {
        start();
        server.settings.put(HpSettings.MAX_CONCURRENT_FINDS, 1);
        CountDownLatch firstLogged = new CountDownLatch(1);
        CountDownLatch secondAnswered = new CountDownLatch(1);
        try (Peer another = new Peer(server.port); LogWatch log = new LogWatch("org.hpqr.operation", line -> {
            // a store before may be about to be logged, by the thread that reads the association
            if (line.getMessage().contains(" FIND ") && firstLogged.getCount() > 0) {
                firstLogged.countDown();
                await(secondAnswered);
            }
        })) {
            Peer.Pending first = peer.find(byName(null));
            await(firstLogged);
            assertStatus(0x0000, another.find(byName(null)).last());
            secondAnswered.countDown();
            assertStatus(0x0000, first.last());
        } finally {
            secondAnswered.countDown();
        }
    }
}
