package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.hpqr.spi.GivenSettings;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After whatever else than an answer, the association ends, and the peer is told so. */
class WriteFailureTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final PeerWatchdog watchdog = new PeerWatchdog(GivenSettings.DEFAULTS, scheduler);
    private TestServer server;
    private RawPeer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer();
        server.replaceService(new FailingService(server.context));
        watchdog.start();
        peer = new RawPeer(server.port, UID.HangingProtocolInformationModelFind);
    }

    @AfterEach
    void disconnect() throws Exception {
        watchdog.stop();
        scheduler.shutdownNow();
        peer.close();
        server.close();
    }

    @Test
    void uncheckedExceptionWhileAMessageIsWritten() throws Exception {
        Association association = server.acceptedAssociation();

        assertThrows(IOException.class, () -> watchdog.watch(association, () -> {
            throw new IllegalStateException("as the test wants");
        }));

        assertAborted();
    }

    /** The association is not lost: what the exception is about is what was to be written. */
    @Test
    void ioExceptionWhileAMessageIsWritten() throws Exception {
        Association association = server.acceptedAssociation();

        assertThrows(IOException.class, () -> watchdog.watch(association, () -> {
            throw new IOException("as the test wants");
        }));

        assertAborted();
    }

    @Test
    void errorWhileAMessageIsWritten() throws Exception {
        Association association = server.acceptedAssociation();

        assertThrows(StackOverflowError.class, () -> watchdog.watch(association, () -> {
            throw new StackOverflowError("as the test wants");
        }));

        assertAborted();
    }

    /** It ends the thread that reads the association. */
    @Test
    void errorWhileARequestIsServed() throws Exception {
        peer.send(0, Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0), new byte[0]);

        assertEquals(0xC001, peer.receive().status());
        assertAborted();
    }

    private void assertAborted() throws IOException {
        assertEquals(RawPeer.A_ABORT, peer.readPdu().type());
        assertEquals(-1, peer.readPdu().type(), "closed");
    }

    private static final class FailingService extends HangingProtocolScp {

        private FailingService(ScpContext context) {
            super(UID.HangingProtocolInformationModelFind, Dimse.C_FIND_RQ, context);
        }

        @Override
        void perform(Operation started, PDVInputStream data) {
            throw new StackOverflowError("as the test wants");
        }
    }
}
