package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.testkit.Ipv6;
import org.hpqr.testkit.dicom.RawDestination;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Addresses of IPv6, where the machine has any. */
class Ipv6Test {

    @BeforeAll
    static void requireIpv6() {
        assumeTrue(Ipv6.hasLoopback(), "NOT TESTED: this machine has no IPv6 loopback address");
    }

    @Test
    void serverListensOnIt() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(Map.of("hpqr.bind-address", "::1"))) {
            assertEquals("", ListenerProbe.problem(server.server.ports()));
            try (RawPeer peer = new RawPeer(new Socket("::1", server.port), 0, UID.ImplicitVRLittleEndian, 0, UID.Verification)) {
                peer.send(0, Commands.mkCEchoRQ(1, UID.Verification), null);

                assertEquals(0x0000, peer.receive().status());
                peer.writePdu(4, new byte[5]);
                server.awaitLog("RAW at [0:0:0:0:0:0:0:1]:" + peer.socket.getLocalPort() + ": protocol error");
            }
            assertThrows(IOException.class, () -> new Socket("127.0.0.1", server.port));
        }
    }

    @Test
    void errorsNameItInBrackets() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(Map.of("hpqr.bind-address", "::1"))) {
            ConfigurationException thrown = assertThrows(ConfigurationException.class,
                    () -> new ServerUnderTest(Map.of("hpqr.bind-address", "::1", "hpqr.port", String.valueOf(server.port))));

            assertEquals("hpqr.bind-address, hpqr.port: cannot listen on [::1]:" + server.port + ": Address already in use",
                    thrown.getMessage());
        }
    }

    @Test
    void destinationIsReachedByIt() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(Map.of());
             RawDestination destination = new RawDestination("::1", 0, UnaryOperator.identity())) {
            List<ConfiguredDestination> configured = ConfiguredDestination.parseList("DEST=[::1]:" + destination.port());
            ApplicationEntity remote = new ConfiguredDirectory(configured, null).find("DEST").orElseThrow();
            AAssociateRQ request = new AAssociateRQ();
            request.addPresentationContext(new PresentationContext(1, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian));

            Association association = server.ae().connect(remote, request);

            assertTrue(association.isReadyForDataTransfer());
            association.abort();
        }
    }
}
