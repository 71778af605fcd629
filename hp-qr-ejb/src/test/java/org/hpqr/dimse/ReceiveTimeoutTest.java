package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.hpqr.spi.HpSettings;
import org.hpqr.status.HpService;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Peers that begin a data set and do not send its end lose their association; others are served. As long as nothing of it
 * has come, the toolkit has not called us, and its idle timeout runs.
 */
class ReceiveTimeoutTest {

    private static final String[] CONTEXTS = {UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
        UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet};
    /** Command Data Set Type (0000,0800): there is a data set. */
    private static final int WITH_DATA_SET = 0;
    private static final int NOT_LAST = 0;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private TestServer server;
    private RawPeer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer();
        server.settings.put(HpSettings.RECEIVE_TIMEOUT, 1);
        peer = new RawPeer(server.port, UID.ImplicitVRLittleEndian, 0, CONTEXTS);
    }

    @AfterEach
    void disconnect() throws Exception {
        peer.close();
        server.close();
    }

    /** No status before the data set is there: PS3.7 9.1.1.2. */
    @Clause("PS3.7 9.1.1.2")
    @ParameterizedTest
    @EnumSource(HpService.class)
    void dataSetThatStopsEndsTheAssociation(HpService service) throws Exception {
        peer.sendCommand(service.ordinal(), command(service), WITH_DATA_SET);
        peer.sendFragment(service.ordinal(), NOT_LAST, new byte[1], 0, 1);

        assertClosed();
        assertOthersAreServed();
    }

    @Test
    void dataSetThatComesByteByByteEndsTheAssociation() throws Exception {
        peer.sendCommand(HpService.STORE.ordinal(), command(HpService.STORE), WITH_DATA_SET);

        long end = System.nanoTime() + LIMIT.toNanos();
        boolean taken = true;
        while (taken && System.nanoTime() - end < 0) {
            try {
                peer.sendFragment(HpService.STORE.ordinal(), NOT_LAST, new byte[1], 0, 1);
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (IOException e) {
                taken = false;
            }
        }

        assertTrue(!taken, "the server still takes byte after byte");
        assertOthersAreServed();
    }

    private void assertClosed() throws IOException {
        RawPeer.Pdu last;
        try {
            last = peer.readPdu();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the association is still open", e);
        }
        assertEquals(-1, last.type(), "closed without another PDU");
    }

    private void assertOthersAreServed() throws Exception {
        server.settings.remove(HpSettings.RECEIVE_TIMEOUT);
        try (Peer other = new Peer(server.port)) {
            assertEquals(0, other.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());
        }
    }

    private static Attributes command(HpService service) {
        return switch (service) {
            case STORE -> Commands.mkCStoreRQ(1, UID.HangingProtocolStorage, "1.2.3.4", 0);
            case FIND -> Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0);
            case MOVE -> Commands.mkCMoveRQ(1, UID.HangingProtocolInformationModelMove, 0, Destination.AE_TITLE);
            case GET -> Commands.mkCGetRQ(1, UID.HangingProtocolInformationModelGet, 0);
        };
    }
}
