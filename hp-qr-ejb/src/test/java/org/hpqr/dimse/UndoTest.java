package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.database.HistoryEntry;
import org.hpqr.database.ObjectHistory;
import org.hpqr.database.ObjectState;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.service.Ancestry;
import org.hpqr.service.Ancestry.Relative;
import org.hpqr.service.Caller;
import org.hpqr.service.Change;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.spi.User;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replacement by mistake is undone; what C-STORE brought, C-GET sends again. */
class UndoTest {

    private static final String INSTANCE = SampleProtocols.chestXray().getString(Tag.SOPInstanceUID);
    private static final Caller JANE = new Caller(TestServer.AE_TITLE, null, new User("jane", Set.of("administrator"), true), "10.0.0.1");

    private TestServer server;
    private Peer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer();
        peer = new Peer(server.port);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        server.close();
    }

    @Test
    void theReplacedContentIsStoredAgainAndThatCanBeUndoneToo() throws Exception {
        store("first");
        store("second");
        assertEquals(Change.DONE, undo(0, null));
        assertStored("first");

        ObjectHistory history = history();
        assertEquals(List.of(2L, 1L, 0L), history.entries().stream().map(HistoryEntry::number).toList());
        assertEquals("jane", history.entries().get(0).by().user());
        assertEquals(Peer.AE_TITLE, history.entries().get(1).by().aeTitle());
        assertEquals("127.0.0.1", history.entries().get(1).by().address());
        assertEquals(3, server.storage.objects.size(), "each has its bytes");

        assertEquals(Change.DONE, undo(1, history.digest()));
        assertStored("second");
    }

    /** The bytes are those that came, file meta information included: who sent them first is still their source. */
    @Test
    void theBytesAreThoseThatWereReplaced() throws Exception {
        store("first");
        byte[] first = server.storage.objects.values().iterator().next();
        store("second");
        undo(0, null);

        assertArrayEquals(first, server.service.read(server.repository.find(INSTANCE), JANE).toFile(UID.HangingProtocolStorage, INSTANCE));
    }

    @Test
    void anUndoThatMeetsAnotherChangeChangesNothing() throws Exception {
        store("first");
        store("second");
        String known = history().digest();
        store("third");

        assertEquals(Change.CONFLICT, undo(0, known));
        assertStored("third");
        assertEquals(3, server.storage.objects.size(), "nothing was written, or it was deleted");
    }

    /** What is to be replaced is asked of the database: the catalogue does not know yet what nobody has looked for since. */
    @Test
    void whatNobodyHasLookedForIsReplaced() throws Exception {
        peer.find(Peer.uids(INSTANCE));
        store("first");
        store("second");
        assertEquals(Change.DONE, undo(0, history().digest()));

        byte[] third = DatasetCodec.encode(protocol("third"), UID.ExplicitVRLittleEndian);
        assertEquals(Outcome.REPLACED, server.service.store(new ReceivedObject(TestServer.AE_TITLE, JANE.changedBy(), UID.HangingProtocolStorage,
                INSTANCE, UID.ExplicitVRLittleEndian, third, history().digest()), JANE));
    }

    /** Of what is accepted now, it was decided when it came. */
    @Test
    void settingsForObjectsThatComeDoNotKeepAContentFromBeingStoredAgain() throws Exception {
        store("first");
        store("second");
        server.settings.put(HpSettings.DUPLICATE_POLICY, DuplicatePolicy.KEEP);
        server.settings.put(HpSettings.VALIDATION, ValidationLevel.FULL);
        server.storeRefusal = new HpFailure(HpStatus.NOT_AUTHORIZED, "no more");

        assertEquals(Change.DONE, undo(0, null));
        assertStored("first");
    }

    @Test
    void whatIsStoredAlreadyStaysAndIsRestored() throws Exception {
        store("first");
        store("second");
        assertEquals(Change.DONE, undo(1, null));
        assertEquals(2, history().entries().size());

        server.service.retire(INSTANCE, null, JANE);
        assertEquals(Change.DONE, undo(1, null));
        assertEquals(ObjectState.STORED, history().state());
        server.service.retire(INSTANCE, null, JANE);
        assertEquals(Change.DONE, undo(0, null));
        assertStored("first");
    }

    @Test
    void whatIsNotKeptCannotBeStoredAgain() throws Exception {
        assertEquals(Change.NOT_FOUND, undo(0, null), "no such object");
        server.settings.put(HpSettings.HISTORY_SIZE, 0);
        store("first");
        store("second");

        assertEquals(Change.NOT_FOUND, undo(0, null));
        assertEquals(1, server.storage.objects.size());
        assertEquals(1, history().entries().size());
    }

    @Test
    void theBytesOfEveryContentAreDeletedWithTheObject() throws Exception {
        store("first");
        store("second");
        store("third");
        server.service.retire(INSTANCE, null, JANE);
        assertEquals(3, server.storage.objects.size());

        assertEquals(Change.DONE, server.service.delete(INSTANCE, null, JANE));
        assertEquals(0, server.storage.objects.size());
        assertEquals(Change.NOT_FOUND, undo(0, null));
    }

    @Test
    void damagedAndMissingBytesAreNotStoredAgain() throws Exception {
        store("first");
        String path = server.storage.objects.keySet().iterator().next();
        store("second");
        server.storage.objects.get(path)[200] ^= 1;
        assertEquals(HpStatus.CANNOT_UNDERSTAND, assertThrows(HpFailure.class, () -> undo(0, null)).status());
        server.storage.objects.remove(path);
        assertEquals(HpStatus.CANNOT_UNDERSTAND, assertThrows(HpFailure.class, () -> undo(0, null)).status());

        assertStored("second");
    }

    /** PS3.3 C.23.1: Source Hanging Protocol Sequence (0072,0012). */
    @Test
    void theHistoryNamesWhatAProtocolWasMadeFromAndWhatWasMadeFromIt() throws Exception {
        store(copy("2.25.10", "B", "2.25.9"));
        store(copy("2.25.11", "C", "2.25.10"));
        store(copy("2.25.12", "D", "2.25.11"));
        store(copy("2.25.13", "E", "2.25.11", "2.25.13"));

        Ancestry ancestry = Ancestry.of("2.25.11", server.service, JANE);
        assertEquals(List.of(new Relative("2.25.10", "B"), new Relative("2.25.9", null)), ancestry.sources());
        assertEquals(List.of(new Relative("2.25.12", "D"), new Relative("2.25.13", "E")), ancestry.copies());

        server.service.retire("2.25.10", null, JANE);
        assertEquals(List.of(new Relative("2.25.10", "B"), new Relative("2.25.9", null)),
                Ancestry.of("2.25.11", server.service, JANE).sources(), "a retired one is named, too");
    }

    @Test
    void protocolsThatNameEachOtherAreNamedOnce() throws Exception {
        store(copy("2.25.10", "A", "2.25.11"));
        store(copy("2.25.11", "B", "2.25.10"));

        Ancestry ancestry = Ancestry.of("2.25.10", server.service, JANE);
        assertEquals(List.of(new Relative("2.25.11", "B")), ancestry.sources());
        assertEquals(List.of(new Relative("2.25.11", "B")), ancestry.copies());
    }

    private static Attributes copy(String uid, String name, String... sources) {
        Attributes copy = SampleProtocols.chestXray();
        copy.setString(Tag.SOPInstanceUID, VR.UI, uid);
        copy.setString(Tag.HangingProtocolName, VR.SH, name);
        for (String source : sources) {
            Attributes item = new Attributes();
            item.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.HangingProtocolStorage);
            item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, source);
            copy.ensureSequence(Tag.SourceHangingProtocolSequence, 1).add(item);
        }
        return copy;
    }

    private Change undo(long number, String digest) throws HpFailure {
        return server.service.undo(INSTANCE, number, digest, JANE);
    }

    private ObjectHistory history() throws HpFailure {
        return server.service.history(INSTANCE, JANE).orElseThrow();
    }

    private void store(String description) throws Exception {
        store(protocol(description));
    }

    private void store(Attributes protocol) throws Exception {
        assertEquals(0, peer.store(protocol, UID.ExplicitVRLittleEndian).status());
    }

    private static Attributes protocol(String description) {
        Attributes protocol = SampleProtocols.chestXray();
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, description);
        return protocol;
    }

    private void assertStored(String description) throws Exception {
        peer.received.clear();
        assertEquals(0, peer.get(Peer.uids(INSTANCE)).last().status());
        assertNotNull(peer.received.get(0));
        assertArrayEquals(DatasetCodec.encode(protocol(description), UID.ExplicitVRLittleEndian),
                DatasetCodec.encode(peer.received.get(0), UID.ExplicitVRLittleEndian));
    }
}
