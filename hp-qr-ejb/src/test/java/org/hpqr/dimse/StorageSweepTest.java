package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.service.Caller;
import org.hpqr.service.Change;
import org.hpqr.spi.HpSettings;
import org.hpqr.store.StorageSweep.Report;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sweep makes of bytes without a row and of rows without bytes, and above all what it leaves alone. */
class StorageSweepTest {

    private static final String UID_OF_CHEST = SampleProtocols.chestXray().getString(Tag.SOPInstanceUID);
    private static final Caller CALLER = Caller.ofAETitle(TestServer.AE_TITLE, Peer.AE_TITLE, "127.0.0.1");
    private static final Report NOTHING = new Report(0, 0, 0, 0);

    private TestServer server;
    private Peer peer;
    private volatile Runnable beforeRowIsWritten = () -> { };
    private volatile Runnable afterRowIsWritten = () -> { };

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer(working -> new DelegatingRepository(working) {
            @Override
            void beforeStore() {
                beforeRowIsWritten.run();
            }

            @Override
            void afterStore() {
                afterRowIsWritten.run();
            }
        }, TestServer::catalogue);
        // but for the tests of the history, what is replaced is gone
        server.settings.put(HpSettings.HISTORY_SIZE, 0);
        peer = new Peer(server.port);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        server.close();
    }

    @Test
    void nothingIsDoneWhereRowsAndBytesBelongTogether() throws Exception {
        store(SampleProtocols.chestXray());
        store(SampleProtocols.privateElements());

        assertEquals(NOTHING, server.sweep.sweep(0));
        assertHeld(SampleProtocols.chestXray(), SampleProtocols.privateElements());
    }

    /** A power failure has taken the row, or the database was restored from a backup. */
    @Test
    void bytesWithoutARowGetOneAgain() throws Exception {
        store(SampleProtocols.chestXray());
        store(SampleProtocols.privateElements());
        database("DELETE FROM hp_object");

        assertEquals(new Report(2, 0, 0, 0), server.sweep.sweep(0));

        assertHeld(SampleProtocols.chestXray(), SampleProtocols.privateElements());
        assertEquals(Peer.AE_TITLE, database("SELECT source_aet FROM hp_object FETCH FIRST 1 ROW ONLY"));
        assertEquals(NOTHING, server.sweep.sweep(0));
    }

    @Test
    void ofSeveralWithOneUidTheLastOneWrittenIsHeld() throws Exception {
        Attributes first = SampleProtocols.chestXray();
        store(first);
        Map<String, byte[]> before = Map.copyOf(server.storage.objects);
        Attributes second = changed("second");
        store(second);
        server.storage.objects.putAll(before);
        database("DELETE FROM hp_object");

        assertEquals(new Report(1, 1, 0, 0), server.sweep.sweep(0));
        assertHeld(second);
    }

    /** The row of a backup names bytes that were replaced since. */
    @Test
    void bytesWithoutARowTakeThePlaceOfLostOnes() throws Exception {
        store(SampleProtocols.chestXray());
        String restored = database("SELECT storage_path FROM hp_object");
        Attributes second = changed("second");
        store(second);
        database("UPDATE hp_object SET storage_path = '" + restored + "'");

        assertEquals(new Report(1, 0, 0, 0), server.sweep.sweep(0));
        assertHeld(second);
    }

    @Test
    void replacedBytesThatWereNotDeletedAre() throws Exception {
        store(SampleProtocols.chestXray());
        Map<String, byte[]> before = Map.copyOf(server.storage.objects);
        Attributes second = changed("second");
        store(second);
        server.storage.objects.putAll(before);

        assertEquals(new Report(0, 1, 0, 0), server.sweep.sweep(0));
        assertHeld(second);
    }

    @Test
    void whatIsNoObjectIsLeft() throws Exception {
        store(SampleProtocols.chestXray());
        server.storage.objects.put("stray", new byte[] {1, 2, 3});

        assertEquals(new Report(0, 0, 1, 0), server.sweep.sweep(0));
        assertEquals(2, server.storage.objects.size());
    }

    @Test
    void rowsWithoutBytesAreReportedAndStay() throws Exception {
        store(SampleProtocols.chestXray());
        server.storage.objects.clear();

        assertEquals(new Report(0, 0, 0, 1), server.sweep.sweep(0));
        assertEquals(1, server.inventory.count());
    }

    @Test
    void youngBytesAreLeftAlone() throws Exception {
        server.storage.objects.put("young", new byte[] {1, 2, 3});
        server.storage.age = 1_000;

        assertEquals(NOTHING, server.sweep.sweep(1_001));
        assertEquals(new Report(0, 0, 1, 0), server.sweep.sweep(1_000));
    }

    /** However old the bytes seem: the clock may have been set in between. */
    @Test
    void bytesWhoseRowIsOnItsWayAreLeftAlone() throws Exception {
        List<Report> reports = new ArrayList<>();
        beforeRowIsWritten = () -> reports.add(server.sweep.sweep(0));
        afterRowIsWritten = beforeRowIsWritten;
        store(SampleProtocols.chestXray());

        assertEquals(List.of(NOTHING, NOTHING), reports);
        assertHeld(SampleProtocols.chestXray());
    }

    /** The bytes that are replaced have lost their row and are still there. */
    @Test
    void replacementUnderWayIsNotDisturbed() throws Exception {
        store(SampleProtocols.chestXray());
        beforeRowIsWritten = () -> server.sweep.sweep(0);
        afterRowIsWritten = beforeRowIsWritten;
        Attributes second = changed("second");
        store(second);

        assertHeld(second);
    }

    @Test
    void replacedContentsThatAreKeptAreLeftAlone() throws Exception {
        server.settings.put(HpSettings.HISTORY_SIZE, 2);
        store(SampleProtocols.chestXray());
        store(changed("second"));

        assertEquals(NOTHING, server.sweep.sweep(0));
        assertEquals(2, server.storage.objects.size());
    }

    /** The server died when the row was gone and the bytes were not. */
    @Test
    void whatWasDeletedDoesNotComeBack() throws Exception {
        server.settings.put(HpSettings.HISTORY_SIZE, 2);
        store(SampleProtocols.chestXray());
        store(changed("second"));
        Map<String, byte[]> before = Map.copyOf(server.storage.objects);
        delete();
        assertEquals(0, server.storage.objects.size());
        server.storage.objects.putAll(before);

        assertEquals(new Report(0, 2, 0, 0), server.sweep.sweep(0));
        assertHeld();
        assertEquals(Change.NOT_FOUND, server.service.undo(UID_OF_CHEST, 0, null, CALLER));
    }

    /** Stored again meanwhile: the bytes of what was deleted before are not its history. */
    @Test
    void whatWasReplacedAndIsNotKeptAnyMoreDoesNotComeBack() throws Exception {
        server.settings.put(HpSettings.HISTORY_SIZE, 1);
        store(SampleProtocols.chestXray());
        Map<String, byte[]> first = Map.copyOf(server.storage.objects);
        store(changed("second"));
        store(changed("third"));
        server.storage.objects.putAll(first);

        assertEquals(new Report(0, 1, 0, 0), server.sweep.sweep(0));
        assertEquals(2, server.storage.objects.size());
        assertFalse(server.storage.objects.keySet().containsAll(first.keySet()));
    }

    /** The rows are those of a backup, and what was stored since is there: it is not deleted, but can be stored again. */
    @Test
    void whatABackupDoesNotKnowIsKeptInTheHistory() throws Exception {
        server.settings.put(HpSettings.HISTORY_SIZE, 2);
        store(SampleProtocols.chestXray());
        Map<String, byte[]> first = Map.copyOf(server.storage.objects);
        store(changed("second"));
        delete();
        store(SampleProtocols.chestXray());
        Attributes second = changed("second");
        store(second);
        server.service.undo(UID_OF_CHEST, 4, null, CALLER);
        database("DELETE FROM hp_history");

        assertEquals(new Report(1, 1, 0, 0), server.sweep.sweep(0), "one is the content that is stored");
        assertEquals(2, server.storage.objects.size());
        long number = server.service.history(UID_OF_CHEST, CALLER).orElseThrow().entries().get(0).number();
        assertEquals(Change.DONE, server.service.undo(UID_OF_CHEST, number, null, CALLER));
        assertEquals(NOTHING, server.sweep.sweep(0));
        assertEquals(0, peer.get(Peer.uids(UID_OF_CHEST)).last().status());
        assertEquals(digests(List.of(second)), digests(peer.received));
        assertFalse(server.storage.objects.keySet().containsAll(first.keySet()));
    }

    private void delete() throws Exception {
        assertEquals(Change.DONE, server.service.retire(UID_OF_CHEST, null, CALLER));
        assertEquals(Change.DONE, server.service.delete(UID_OF_CHEST, null, CALLER));
    }

    @Test
    void databaseThatDoesNotAnswerStopsIt() throws Exception {
        store(SampleProtocols.chestXray());
        server.database.down = true;

        assertNull(server.sweep.sweep(0));
        assertEquals(1, server.storage.objects.size());
    }

    private void store(Attributes protocol) throws Exception {
        assertEquals(0, peer.store(protocol, UID.ExplicitVRLittleEndian).status());
    }

    private static Attributes changed(String description) {
        Attributes changed = SampleProtocols.chestXray();
        changed.setString(Tag.HangingProtocolDescription, VR.LO, description);
        return changed;
    }

    /** Exactly these are found, and each is retrieved as it was stored. */
    private void assertHeld(Attributes... protocols) throws Exception {
        assertEquals(protocols.length, server.storage.objects.size(), "stored objects");
        Attributes universal = new Attributes();
        universal.setNull(Tag.SOPInstanceUID, VR.UI);
        List<Peer.Response> found = peer.find(universal).all();
        assertEquals(protocols.length, found.size() - 1, "found");
        peer.received.clear();
        for (Attributes protocol : protocols)
            assertEquals(0, peer.get(Peer.uids(protocol.getString(Tag.SOPInstanceUID))).last().status());
        assertEquals(digests(List.of(protocols)), digests(peer.received));
    }

    private static Set<String> digests(List<Attributes> protocols) throws Exception {
        Set<String> digests = new TreeSet<>();
        for (Attributes protocol : protocols)
            digests.add(DatasetCodec.digest(DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian)));
        return digests;
    }

    /** Runs statements; returns the first value of the last one, if it is a query. */
    private String database(String... statements) throws Exception {
        String value = null;
        try (var connection = server.database.dataSource.getConnection(); var statement = connection.createStatement()) {
            for (String sql : statements)
                if (statement.execute(sql))
                    try (var rows = statement.getResultSet()) {
                        rows.next();
                        value = rows.getString(1);
                    }
        }
        return value;
    }
}
