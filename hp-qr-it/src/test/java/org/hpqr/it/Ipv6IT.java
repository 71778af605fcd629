package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.Ipv6;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawDestination;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with the options of Java that it is shipped with, on a machine with IPv6. */
class Ipv6IT {

    private static final String STORE = UID.HangingProtocolStorage;
    private static final String MOVE = UID.HangingProtocolInformationModelMove;

    @TempDir
    private Path data;

    @Test
    void itListensOnAnAddressOfIpv6AndReachesDestinationsByOne() throws Exception {
        assumeTrue(Ipv6.hasLoopback(), "NOT TESTED: this machine has no IPv6 loopback address");
        try (RawDestination destination = new RawDestination("::1", 0, UnaryOperator.identity());
             StandaloneServer server = StandaloneServer.launch(data, Map.of("HPQR_BIND_ADDRESS", "::1",
                     "HPQR_MOVE_DESTINATIONS", "DEST=[::1]:" + destination.port()))) {
            server.process().awaitLine(line -> line.endsWith("hp-qr listening: AE title HPQR on [::1]:" + server.port()));
            Attributes protocol = SampleProtocols.chestXray();
            String uid = protocol.getString(Tag.SOPInstanceUID);
            byte[] object = DatasetCodec.encode(protocol, UID.ImplicitVRLittleEndian);
            try (RawPeer peer = new RawPeer(new Socket("::1", server.port()), 0, UID.ImplicitVRLittleEndian, 0, STORE, MOVE)) {
                peer.send(0, Commands.mkCStoreRQ(1, STORE, uid, 0), object);
                assertEquals(0x0000, peer.receive().status());
                peer.send(1, Commands.mkCMoveRQ(2, MOVE, 0, "DEST"),
                        DatasetCodec.encode(Peer.uids(uid), UID.ImplicitVRLittleEndian));
                assertEquals(0x0000, peer.finalResponse().status());
            }
            assertArrayEquals(object, destination.received.get(0).dataset());
            assertEquals(0, server.stop());
        }
    }
}
