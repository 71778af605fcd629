package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device whose threads are all in use: one accepts associations, two read one each. */
class ThreadWaitTest {

    private static final int ALL_THREADS = 3;

    private TestServer server;
    private RawPeer peer;
    /** An association that ends as soon as a thread was asked for in vain. */
    private volatile RawPeer ending;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(new ThreadPoolExecutor(0, ALL_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                (task, executor) -> reject()));
        peer = new RawPeer(server.port, UID.HangingProtocolInformationModelGet);
    }

    private void reject() {
        try {
            if (ending != null)
                ending.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new RejectedExecutionException();
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        server.close();
    }

    @Test
    void getWaitsForThread() throws Exception {
        ending = new RawPeer(server.port, UID.HangingProtocolInformationModelGet);
        get();
        assertEquals(0x0000, peer.finalResponse().status());
        assertTrue(ending.socket.isClosed(), "a thread was asked for in vain");
    }

    @Test
    void getThatHasWaitedInVainIsRefused() throws Exception {
        try (RawPeer another = new RawPeer(server.port, UID.HangingProtocolInformationModelGet)) {
            get();
            Attributes response = peer.finalResponse().command();
            assertEquals(0xA702, response.getInt(Tag.Status, -1));
            assertEquals("No thread is free for the sub-operations", response.getString(Tag.ErrorComment));
        }
    }

    private void get() throws Exception {
        peer.send(0, Commands.mkCGetRQ(1, UID.HangingProtocolInformationModelGet, 0),
                DatasetCodec.encode(Peer.uids("2.25.1"), UID.ImplicitVRLittleEndian));
    }
}
