package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.status.HpService;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All peers together cannot fill the heap with what they send. */
class RequestMemoryTest {

    private static final int NOT_LARGE = 65_536;

    @Test
    void whatIsNotLargeIsTakenAnyway() {
        RequestMemory.Share share = new RequestMemory(0).share();
        assertTrue(share.take(NOT_LARGE - 1));
        assertTrue(share.take(1));
        assertFalse(share.take(1));
    }

    @Test
    void largeOnesShareWhatThereIs() {
        RequestMemory memory = new RequestMemory(3 * NOT_LARGE);
        RequestMemory.Share first = memory.share();
        assertTrue(first.take(NOT_LARGE) && first.take(NOT_LARGE), "all of it is counted once it is large");
        RequestMemory.Share second = memory.share();
        assertTrue(second.take(NOT_LARGE));
        assertFalse(second.take(1));
        first.giveBack();
        first.giveBack();
        assertTrue(second.take(2 * NOT_LARGE));
        assertFalse(second.take(1), "it was given back once only");
    }

    @Test
    void oneDataSetAfterTheOtherTakesAnew() {
        RequestMemory.Share share = new RequestMemory(2 * NOT_LARGE).share();
        assertTrue(share.take(2 * NOT_LARGE));
        assertFalse(share.take(1));
        share.restart();
        assertTrue(share.take(2 * NOT_LARGE));
    }

    @Test
    void textTakesSeveralTimesItsSize() {
        RequestMemory memory = new RequestMemory(5 * NOT_LARGE);
        RequestMemory.Share text = memory.share();
        assertTrue(text.take(NOT_LARGE, 2) && text.take(NOT_LARGE, 2));
        RequestMemory.Share other = memory.share();
        assertFalse(other.take(NOT_LARGE + 1));
        text.giveBack();
        assertTrue(other.take(5 * NOT_LARGE));
    }

    @Test
    void textThatIsLargerIsTakenAloneAsLongAsItsBytesFit() {
        RequestMemory memory = new RequestMemory(5 * NOT_LARGE);
        RequestMemory.Share text = memory.share();
        assertTrue(text.take(3 * NOT_LARGE, 2) && text.take(2 * NOT_LARGE, 2));
        assertFalse(memory.share().take(NOT_LARGE + 1), "it has taken all");
        assertFalse(text.take(1, 2));
        text.restart();
        RequestMemory.Share other = memory.share();
        assertTrue(other.take(2 * NOT_LARGE));
        assertFalse(text.take(3 * NOT_LARGE, 2), "it is not alone");
        other.giveBack();
        assertTrue(text.take(5 * NOT_LARGE, 2));
    }

    @ParameterizedTest
    @CsvSource({"STORE, A700, data set", "FIND, A700, identifier", "MOVE, A701, identifier", "GET, A701, identifier"})
    void beyondItTheRequestIsRefusedAndTheNextIsServed(HpService service, String status, String what) throws Exception {
        try (TestServer server = new TestServer()) {
            server.settings.put(HpSettings.MAX_IDENTIFIER_SIZE, 1 << 26);
            server.settings.put(HpSettings.MAX_OBJECT_SIZE, 1 << 26);
            String sopClass = switch (service) {
                case STORE -> UID.HangingProtocolStorage;
                case FIND -> UID.HangingProtocolInformationModelFind;
                case MOVE -> UID.HangingProtocolInformationModelMove;
                case GET -> UID.HangingProtocolInformationModelGet;
            };
            try (RawPeer peer = new RawPeer(server.port, sopClass)) {
                Attributes refused = answer(peer, service, sopClass, TestServer.REQUEST_MEMORY + 1);
                assertEquals(status, String.format("%04X", refused.getInt(Tag.Status, -1)));
                assertEquals("No memory is free for the " + what, refused.getString(Tag.ErrorComment));
                // twice, as it is given back
                for (int i = 0; i < 2; i++)
                    assertFalse(String.valueOf(answer(peer, service, sopClass, TestServer.REQUEST_MEMORY - 1_024)
                            .getString(Tag.ErrorComment)).startsWith("No memory"));
            }
        }
    }

    /** It takes what it is inflated to, a hundred times of what came. */
    @Test
    void deflatedDataSetTakesWhatItIsInflatedTo() throws Exception {
        Attributes dataset = new Attributes();
        dataset.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4");
        dataset.setBytes(Tag.PixelData, VR.OW, new byte[TestServer.REQUEST_MEMORY]);
        byte[] deflated = DatasetCodec.encode(dataset, UID.DeflatedExplicitVRLittleEndian);
        try (TestServer server = new TestServer();
             RawPeer peer = new RawPeer(server.port, UID.DeflatedExplicitVRLittleEndian, 0, UID.HangingProtocolStorage)) {
            peer.send(0, Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3.4", 0), deflated);
            Attributes refused = peer.finalResponse().command();
            assertEquals("A700", String.format("%04X", refused.getInt(Tag.Status, -1)));
            assertEquals("No memory is free for the data set", refused.getString(Tag.ErrorComment));
        }
    }

    private static Attributes answer(RawPeer peer, HpService service, String sopClass, int size) throws Exception {
        Attributes dataset = new Attributes();
        dataset.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4");
        dataset.setBytes(Tag.PixelData, VR.OW, new byte[size & ~1]);
        peer.send(0, switch (service) {
            case STORE -> Commands.mkCStoreRQ(1, sopClass, "1.2.3.4", 0);
            case FIND -> Commands.mkCFindRQ(1, sopClass, 0);
            case MOVE -> Commands.mkCMoveRQ(1, sopClass, 0, "NOBODY");
            case GET -> Commands.mkCGetRQ(1, sopClass, 0);
        }, DatasetCodec.encode(dataset, UID.ImplicitVRLittleEndian));
        return peer.finalResponse().command();
    }
}
