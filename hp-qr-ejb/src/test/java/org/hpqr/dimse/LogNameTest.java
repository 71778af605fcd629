package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An AE title that is meant for the log of the archive, which takes any. */
class LogNameTest {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Logger log = Logger.getLogger("org.hpqr.operation");
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing was opened
        }
    };

    @BeforeEach
    void record() {
        log.addHandler(recorder);
    }

    @AfterEach
    void stopRecording() {
        log.removeHandler(recorder);
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
