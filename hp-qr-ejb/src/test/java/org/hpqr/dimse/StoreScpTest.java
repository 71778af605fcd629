package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-STORE over an association (PS3.4 GG.4-1): every status, and what is left behind it. */
class StoreScpTest {

    private static final String EXPLICIT = UID.ExplicitVRLittleEndian;

    private TestServer server;
    private Peer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer();
        // what is left behind a replacement: UndoTest
        server.settings.put(HpSettings.HISTORY_SIZE, 0);
        peer = new Peer(server.port);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        server.close();
    }

    private void assertHeld(int objects) {
        assertEquals(objects, server.inventory.count(), "rows");
        assertEquals(objects, server.storage.objects.size(), "stored objects");
    }

    private void assertRefused(int status, Peer.Response response, int... offendingElements) {
        assertEquals(String.format("%04X", status), String.format("%04X", response.status()));
        assertTrue(response.comment() != null && response.comment().length() <= 64, "Error Comment: " + response.comment());
        if (offendingElements.length > 0)
            assertArrayEquals(offendingElements,
                    response.command().getInts(Tag.OffendingElement));
    }

    @Clause("GG.1.2")
    @ParameterizedTest
    @ValueSource(strings = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian})
    void successMeansRowAndBytes(String transferSyntax) throws Exception {
        assertEquals(0, peer.store(SampleProtocols.neurosurgery(), transferSyntax).status());
        assertHeld(1);
        server.awaitAudit("stored " + SampleProtocols.NEUROSURGERY_UID + " false 0000H");
    }

    @Test
    void sameContentAgainChangesNothing() throws Exception {
        peer.store(SampleProtocols.chestXray(), EXPLICIT);
        var before = server.storage.objects.keySet().toString();
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status());
        assertEquals(before, server.storage.objects.keySet().toString());
        assertHeld(1);
    }

    @Test
    void sameContentInAnotherTransferSyntaxChangesNothing() throws Exception {
        peer.store(SampleProtocols.privateElements(), EXPLICIT);
        var before = server.storage.objects.keySet().toString();
        assertEquals(0, peer.store(SampleProtocols.privateElements(), UID.ImplicitVRLittleEndian).status());
        assertEquals(before, server.storage.objects.keySet().toString());
    }

    @Test
    void otherContentReplacesByDefault() throws Exception {
        peer.store(SampleProtocols.chestXray(), EXPLICIT);
        Attributes changed = SampleProtocols.chestXray();
        changed.setString(Tag.HangingProtocolName, VR.SH, "Changed");
        assertEquals(0, peer.store(changed, EXPLICIT).status());
        assertHeld(1);
        assertTrue(server.audited.get(1).endsWith("true 0000H"), server.audited::toString);
    }

    @Test
    void otherContentIsRefusedWithA900WhereTheFirstIsKept() throws Exception {
        server.settings.put(HpSettings.DUPLICATE_POLICY, DuplicatePolicy.KEEP);
        peer.store(SampleProtocols.chestXray(), EXPLICIT);
        Attributes changed = SampleProtocols.chestXray();
        changed.setString(Tag.HangingProtocolName, VR.SH, "Changed");
        assertRefused(0xA900, peer.store(changed, EXPLICIT), Tag.SOPInstanceUID);
        assertHeld(1);
    }

    @Test
    void sentAgainItRepairsDamagedBytes() throws Exception {
        peer.store(SampleProtocols.chestXray(), EXPLICIT);
        server.storage.objects.replaceAll((path, bytes) -> new byte[] {1, 2, 3});
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status());
        assertHeld(1);
        assertNotEquals(3, server.storage.objects.values().iterator().next().length);
    }

    @Clause("GG.4-1")
    @Test
    void identityOfClassIsChecked() throws Exception {
        Attributes other = SampleProtocols.chestXray();
        other.setString(Tag.SOPClassUID, VR.UI, UID.ColorPaletteStorage);
        assertRefused(0xA900, peer.store(other, EXPLICIT), Tag.SOPClassUID);
        assertHeld(0);
    }

    @Clause("GG.4-1")
    @Test
    void identityOfInstanceIsChecked() throws Exception {
        assertRefused(0xA900, peer.store("1.2.3", SampleProtocols.chestXray(), EXPLICIT), Tag.SOPInstanceUID);
        assertHeld(0);
    }

    /** PS3.7 Annex C: what the server's own rule says of an object is answered, and nothing of the object is kept. */
    @Test
    void anObjectThatMayNotBeStoredIs0124() throws Exception {
        server.storeRefusal = new HpFailure(HpStatus.NOT_AUTHORIZED, "No site protocols");
        Peer.Response response = peer.store(SampleProtocols.chestXray(), EXPLICIT);
        assertRefused(0x0124, response);
        assertEquals("No site protocols", response.comment());
        assertHeld(0);
    }

    @Clause("PS3.7 9.1.1.1.9")
    @Test
    void invalidAffectedInstanceUidIs0117() throws Exception {
        assertRefused(0x0117, peer.store("1.02.3", SampleProtocols.chestXray(), EXPLICIT), Tag.AffectedSOPInstanceUID);
        assertHeld(0);
    }

    @Clause("GG.4-1")
    @ParameterizedTest
    @ValueSource(ints = {Tag.HangingProtocolName, Tag.HangingProtocolDescription, Tag.HangingProtocolLevel,
        Tag.HangingProtocolCreator, Tag.HangingProtocolCreationDateTime, Tag.HangingProtocolDefinitionSequence,
        Tag.NumberOfPriorsReferenced})
    void whatFindMustReturnMustBeThere(int tag) throws Exception {
        Attributes incomplete = SampleProtocols.chestXray();
        incomplete.remove(tag);
        assertRefused(0xA900, peer.store(incomplete, EXPLICIT), tag);
        assertHeld(0);
    }

    @Test
    void levelIsEnumerated() throws Exception {
        Attributes odd = SampleProtocols.chestXray();
        odd.setString(Tag.HangingProtocolLevel, VR.CS, "HOSPITAL");
        assertRefused(0xA900, peer.store(odd, EXPLICIT), Tag.HangingProtocolLevel);
    }

    @Test
    void aDefinitionNeedsModalityOrRegion() throws Exception {
        Attributes odd = SampleProtocols.chestXray();
        Attributes item = odd.getNestedDataset(Tag.HangingProtocolDefinitionSequence);
        item.remove(Tag.Modality);
        item.remove(Tag.AnatomicRegionSequence);
        assertRefused(0xA900, peer.store(odd, EXPLICIT), Tag.Modality, Tag.AnatomicRegionSequence);
    }

    @Test
    void definitionsThatAreNoSequenceAreRefusedWithA900() throws Exception {
        Attributes odd = SampleProtocols.chestXray();
        odd.setString(Tag.HangingProtocolDefinitionSequence, VR.LO, "CHEST");

        assertRefused(0xA900, peer.store(odd, EXPLICIT), Tag.HangingProtocolDefinitionSequence);
    }

    @Test
    void validationCanBeOff() throws Exception {
        server.settings.put(HpSettings.VALIDATION, ValidationLevel.OFF);
        Attributes incomplete = SampleProtocols.chestXray();
        incomplete.remove(Tag.HangingProtocolName);
        assertEquals(0, peer.store(incomplete, EXPLICIT).status());
        assertHeld(1);
    }

    @Test
    void binaryValueCutShortIsRefusedWithA900IfValidationIsFull() throws Exception {
        server.settings.put(HpSettings.VALIDATION, ValidationLevel.FULL);
        Attributes odd = CompleteProtocol.make();
        odd.getNestedDataset(Tag.NominalScreenDefinitionSequence)
                .setBytes(Tag.DisplayEnvironmentSpatialPosition, VR.FD, new byte[42]);

        Peer.Response response = peer.store(odd, EXPLICIT);
        assertRefused(0xA900, response, Tag.DisplayEnvironmentSpatialPosition);
        assertEquals("Value cut short at 00720102[1]", response.comment());
    }

    /** Half of a value of AT is a whole number of words (PS3.5 7.3). */
    @Test
    void halfOfATagIsRefusedWithA900IfValidationIsFull() throws Exception {
        server.settings.put(HpSettings.VALIDATION, ValidationLevel.FULL);
        Attributes half = CompleteProtocol.make();
        half.getNestedDataset(Tag.ImageSetsSequence).getNestedDataset(Tag.ImageSetSelectorSequence)
                .setBytes(Tag.SelectorAttribute, VR.AT, new byte[2]);

        Peer.Response response = peer.store(half, EXPLICIT);
        assertRefused(0xA900, response, Tag.SelectorAttribute);
        assertEquals("Value cut short at 00720020[1].00720022[1]", response.comment());
    }

    /** With a private element as an archive would take it. */
    @Test
    void objectOf16MegabytesIsStoredByDefaultAndComesBack() throws Exception {
        Attributes object = SampleProtocols.chestXray();
        object.setString("ACME", 0x00730001, VR.LO, "layout");
        object.setBytes("ACME", 0x00730002, VR.OB, new byte[16 << 20]);
        assertEquals(0, peer.store(object, EXPLICIT).status());
        assertEquals(0, peer.get(Peer.uids(object.getString(Tag.SOPInstanceUID))).last().status());
        assertEquals(16 << 20, peer.received.get(0).getBytes("ACME", 0x00730002).length);
    }

    @Clause("PS3.3 A.44")
    @ParameterizedTest
    @ValueSource(strings = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian})
    void validationCanBeFull(String transferSyntax) throws Exception {
        server.settings.put(HpSettings.VALIDATION, ValidationLevel.FULL);
        for (var sample : SampleProtocols.all().values())
            assertEquals(0, peer.store(sample.get(), transferSyntax).status());
        assertEquals(0, peer.store(CompleteProtocol.make(), transferSyntax).status());

        Attributes odd = CompleteProtocol.make();
        odd.getSequence(Tag.DisplaySetsSequence).get(1).getNestedDataset(Tag.ImageBoxesSequence)
                .remove(Tag.PreferredPlaybackSequencing);
        Peer.Response response = peer.store(odd, transferSyntax);
        assertRefused(0xA900, response, Tag.PreferredPlaybackSequencing);
        assertEquals("Type 1C value missing at 00720200[2].00720300[1]", response.comment());
        assertHeld(SampleProtocols.all().size() + 1);
    }

    @Clause("GG.4-1")
    @Test
    void whatCannotBeParsedIsC000() throws Exception {
        byte[] half = DatasetCodec.encode(SampleProtocols.chestXray(), EXPLICIT);
        assertRefused(0xC000, peer.storeBytes("1.2.3", Arrays.copyOf(half, half.length / 2), EXPLICIT));
        assertHeld(0);
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status(), "the association goes on");
    }

    @Test
    void withoutADataSetIsC000() throws Exception {
        try (RawPeer raw = new RawPeer(server.port, UID.HangingProtocolStorage)) {
            raw.send(0, Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3", 0), null);
            assertEquals(0xC000, raw.receive().status());
        }
        assertHeld(0);
    }

    @Test
    void whatFailsInsideIsC000() throws Exception {
        server.storage.bug = new IllegalStateException("the test");
        assertRefused(0xC000, peer.store(SampleProtocols.chestXray(), EXPLICIT));
        assertHeld(0);
        server.storage.bug = null;
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status(), "the association goes on");
    }

    @Test
    void withoutAffectedInstanceUidIs0117() throws Exception {
        Attributes command = Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3", 0);
        command.remove(Tag.AffectedSOPInstanceUID);
        try (RawPeer raw = new RawPeer(server.port, UID.HangingProtocolStorage)) {
            raw.send(0, command, DatasetCodec.encode(SampleProtocols.chestXray(), UID.ImplicitVRLittleEndian));
            assertEquals(0x0117, raw.receive().status());
        }
        assertHeld(0);
    }

    @Clause("GG.4.2")
    @ParameterizedTest
    @ValueSource(strings = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian, UID.DeflatedExplicitVRLittleEndian,
        UID.ExplicitVRBigEndian})
    void bytesAreKeptAsReceived(String transferSyntax) throws Exception {
        byte[] sent = DatasetCodec.encode(CompleteProtocol.make(), transferSyntax);
        try (Peer sender = new Peer(server.port, new AAssociateRQ(), false, transferSyntax)) {
            assertEquals(0, sender.storeBytes(CompleteProtocol.UID_OF_IT, sent, transferSyntax).status());
        }
        StoredObject stored = StoredObject.ofFile(server.storage.objects.values().iterator().next());
        assertEquals(transferSyntax, stored.transferSyntax());
        assertEquals(Peer.AE_TITLE, stored.sourceAET());
        assertArrayEquals(sent, stored.dataset());
    }

    @Test
    void tooLargeIsA700() throws Exception {
        server.settings.put(HpSettings.MAX_OBJECT_SIZE, 1_024);
        assertRefused(0xA700, peer.store(SampleProtocols.neurosurgery(), EXPLICIT));
        assertHeld(0);
        server.settings.remove(HpSettings.MAX_OBJECT_SIZE);
        assertEquals(0, peer.store(SampleProtocols.neurosurgery(), EXPLICIT).status(), "the association goes on");
    }

    @Clause("GG.4-1")
    @Test
    void fullStorageIsA700() throws Exception {
        server.storage.full = true;
        assertRefused(0xA700, peer.store(SampleProtocols.chestXray(), EXPLICIT));
        assertHeld(0);
        server.storage.full = false;
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status(), "service goes on without restart");
    }

    @Clause("GG.4-1")
    @Test
    void storageDownIsA700() throws Exception {
        server.storage.failure = new IOException("the test has unmounted it");
        assertRefused(0xA700, peer.store(SampleProtocols.chestXray(), EXPLICIT));
        assertHeld(0);
        server.storage.failure = null;
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status(), "service goes on without restart");
    }

    @Clause("GG.4-1")
    @Test
    void databaseDownIsA700AndServiceGoesOnAfterwards() throws Exception {
        server.database.down = true;
        assertRefused(0xA700, peer.store(SampleProtocols.chestXray(), EXPLICIT));
        server.database.down = false;
        assertHeld(0);
        assertEquals(0, peer.store(SampleProtocols.chestXray(), EXPLICIT).status());
        assertHeld(1);
    }

    /** PS3.4 GG.1.2: no success for what a power failure may take. */
    @Clause("GG.1.2")
    @Test
    void commitThatIsNotDurableIsA700AndReplacesNoBytes() throws Exception {
        peer.store(SampleProtocols.chestXray(), EXPLICIT);
        Attributes changed = SampleProtocols.chestXray();
        changed.setString(Tag.HangingProtocolName, VR.SH, "Changed");
        server.diskFails = true;
        assertRefused(0xA700, peer.store(changed, EXPLICIT));
        assertEquals(2, server.storage.objects.size(), "after a power failure, the row may name the old bytes again");
        assertRefused(0xA700, peer.store(changed, EXPLICIT));
        server.diskFails = false;
        assertEquals(0, peer.store(changed, EXPLICIT).status());
    }

    @Test
    void unauthorizedIs0124() throws Exception {
        server.authorized = false;
        assertRefused(0x0124, peer.store(SampleProtocols.chestXray(), EXPLICIT));
        assertHeld(0);
    }

    @Test
    void schemaNotReadyIsA700() throws Exception {
        server.schemaReady = false;
        assertRefused(0xA700, peer.store(SampleProtocols.chestXray(), EXPLICIT));
        assertHeld(0);
    }

    @Test
    void stateAfterStoresAtOnceOfOneNewUidIsOneObject() throws Exception {
        int peers = 4;
        var statuses = new ConcurrentLinkedQueue<Integer>();
        Thread[] threads = new Thread[peers];
        for (int i = 0; i < peers; i++) {
            Attributes variant = SampleProtocols.chestXray();
            variant.setString(Tag.HangingProtocolDescription, VR.LO, "variant " + i);
            threads[i] = new Thread(() -> {
                try (Peer another = new Peer(server.port)) {
                    statuses.add(another.store(variant, EXPLICIT).status());
                } catch (Exception e) {
                    statuses.add(-1);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads)
            thread.join();
        assertEquals(List.of(0, 0, 0, 0), List.copyOf(statuses));
        assertHeld(1);
    }
}
