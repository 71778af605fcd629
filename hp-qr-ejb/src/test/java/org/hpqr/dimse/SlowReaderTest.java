package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Test;

/** A peer that asks and does not read the answer keeps neither a thread nor a database connection. */
class SlowReaderTest {

    /** More than the buffers of two sockets hold, and more than is read ahead of the database. */
    private static final int OBJECTS = 40;
    private static final int SCREENS = 5_000;

    @Test
    void aPeerThatReadsNothingLosesItsAssociationAndTheQueryEnds() throws Exception {
        try (TestServer server = new TestServer(); Peer peer = new Peer(server.port);
             RawPeer slow = new RawPeer(server.port, UID.HangingProtocolInformationModelFind)) {
            for (int i = 0; i < OBJECTS; i++)
                assertEquals(0, peer.store(large(i), UID.ExplicitVRLittleEndian).status());
            server.settings.put(HpSettings.MAX_CONCURRENT_FINDS, 1);
            server.settings.put(HpSettings.SEND_TIMEOUT, 1);

            slow.send(0, Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0),
                    DatasetCodec.encode(everything(), UID.ImplicitVRLittleEndian));
            assertEquals(0xFF00, slow.receive().status());
            server.awaitAudit(event -> event.matches("queried \\d+ FE00H"));
            assertThrows(IOException.class, slow::finalResponse, "there is none, the association has ended");
            server.settings.remove(HpSettings.SEND_TIMEOUT);
            assertEquals(0, peer.find(everything()).last().status(), "the place among the finds is free");
        }
    }

    private static Attributes large(int number) {
        Attributes object = SampleProtocols.chestXray();
        object.setString(Tag.SOPInstanceUID, VR.UI, "2.25." + number);
        Sequence screens = object.newSequence(Tag.NominalScreenDefinitionSequence, SCREENS);
        for (int i = 0; i < SCREENS; i++) {
            Attributes screen = new Attributes();
            screen.setInt(Tag.NumberOfVerticalPixels, VR.US, 2_048);
            screen.setInt(Tag.NumberOfHorizontalPixels, VR.US, 2_560);
            screen.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, 0, 1, 1, 0);
            screens.add(screen);
        }
        return object;
    }

    private static Attributes everything() {
        Attributes identifier = new Attributes();
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        identifier.setNull(Tag.NominalScreenDefinitionSequence, VR.SQ);
        return identifier;
    }
}
