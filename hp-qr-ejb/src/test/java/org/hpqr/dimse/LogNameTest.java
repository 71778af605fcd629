package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An AE title that is meant for the log of the archive, which takes any. */
class LogNameTest {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    /** An operation of a test before may be about to be logged. */
    private final LogWatch log = new LogWatch("org.hpqr.operation", record -> {
        if (record.getMessage().contains(" STORE "))
            lines.add(record.getMessage());
    });

    @AfterEach
    void stopRecording() {
        log.close();
    }

    @Test
    void titleCannotBeginALineOrCommandATerminal() throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET("A\r\nB\u001B[2J\u0007C");
        try (TestServer server = new TestServer(); Peer peer = new Peer(server.port, request, true)) {
            assertEquals(0, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());

            String line = lines.poll(20, TimeUnit.SECONDS);
            assertTrue(line.contains("<-A B [2J C("), line);
        }
    }
}
