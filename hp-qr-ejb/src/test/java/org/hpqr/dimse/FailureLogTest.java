package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Test;

/** What the log says of operations that fail for a reason inside the server. */
class FailureLogTest {

    private static final String CALLING_AET = "FAILURELOG";

    private final List<LogRecord> failures = new CopyOnWriteArrayList<>();

    /** As long as the database is down, a peer can make as many operations fail as it likes: 20 MB of log a second. */
    @Test
    void whatIsNotAvailableIsLoggedWithItsReasonButWithoutStackTraces() throws Exception {
        try (TestServer server = new TestServer(); Peer peer = peer(server); LogWatch log = log()) {
            server.database.down = true;
            assertEquals(0xA700, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());
            assertEquals(0xA700, peer.find(Peer.uids("1.2.3")).last().status());
            assertEquals(0xA701, peer.get(Peer.uids("1.2.3")).last().status());
        }
        assertEquals(3, failures.size());
        for (LogRecord failure : failures) {
            assertTrue(failure.getMessage().matches(".* failed: The database is not available: .*the test .*"), failure.getMessage());
            assertEquals(null, failure.getThrown());
        }
    }

    @Test
    void whatIsAFaultOfTheServerIsLoggedWithItsStackTrace() throws Exception {
        try (TestServer server = new TestServer(); Peer peer = peer(server); LogWatch log = log()) {
            server.storage.bug = new IllegalStateException("the test wants this");
            assertEquals(0xC000, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());
        }
        assertEquals(1, failures.size());
        assertNotNull(failures.get(0).getThrown());
    }

    private static Peer peer(TestServer server) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(CALLING_AET);
        return new Peer(server.port, request, true);
    }

    /** A failure is logged before it is answered. */
    private LogWatch log() {
        return new LogWatch("org.hpqr.operation", line -> {
            if (line.getMessage().contains("<-" + CALLING_AET) && line.getLevel() == Level.WARNING)
                failures.add(line);
        });
    }
}
