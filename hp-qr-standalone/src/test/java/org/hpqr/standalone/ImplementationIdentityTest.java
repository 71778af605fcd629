package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.AAssociateRQAC;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.dataset.Implementation;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PS3.7 D.3.3.2. */
class ImplementationIdentityTest {

    private ServerUnderTest server;

    @BeforeEach
    void start() throws Exception {
        server = new ServerUnderTest(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoRequestsAnAssociationIsToldWhoWeAre() throws Exception {
        try (Peer peer = new Peer(server.port)) {
            assertOurs(peer.association.getAAssociateAC());
        }
    }

    @Test
    void aMoveDestinationIsToldWhoWeAre() throws Exception {
        try (Destination destination = new Destination()) {
            Connection remote = new Connection(null, "127.0.0.1", destination.port);
            new Device("remote").addConnection(remote);
            AAssociateRQ request = new AAssociateRQ();
            request.setCalledAET(Destination.AE_TITLE);
            request.addPresentationContext(new PresentationContext(1, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian));
            Association association = server.ae().connect(remote, request);
            byte[] object = {8, 0, 0x18, 0, 4, 0, 0, 0, '1', '.', '2', 0};
            DimseRSP response = association.cstore(UID.HangingProtocolStorage, "1.2", 0, (out, syntax) -> out.write(object),
                    UID.ImplicitVRLittleEndian);
            assertTrue(response.next());
            association.release();

            assertOurs(destination.receiver.associations.iterator().next().getAAssociateRQ());
        }
    }

    private static void assertOurs(AAssociateRQAC pdu) {
        assertEquals(Implementation.CLASS_UID, pdu.getImplClassUID());
        assertEquals(Implementation.VERSION_NAME, pdu.getImplVersionName());
    }
}
