package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.testkit.dicom.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The operating system has no thread left, which Java says with an OutOfMemoryError. It costs the association, and nothing
 * else: the place of the operation is free again.
 */
class NoThreadLeftTest {

    private final AtomicBoolean noneIsLeft = new AtomicBoolean();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>()) {
            @Override
            public void execute(Runnable task) {
                if (noneIsLeft.compareAndSet(true, false))
                    throw new OutOfMemoryError("unable to create native thread: the test wants this");
                super.execute(task);
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void placeOfAFindIsFree() throws Exception {
        server.settings.put(HpSettings.MAX_CONCURRENT_FINDS, 1);
        fails(peer -> peer.find(everything()));
        try (Peer peer = new Peer(server.port)) {
            assertEquals(0, peer.find(everything()).all().get(0).status());
        }
    }

    @Test
    void placeOfARetrieveIsFree() throws Exception {
        server.settings.put(HpSettings.MAX_CONCURRENT_RETRIEVES, 1);
        fails(peer -> peer.get(identifier()));
        try (Peer peer = new Peer(server.port)) {
            assertEquals(0, peer.get(identifier()).last().status());
        }
    }

    private interface Request {
        void send(Peer peer) throws Exception;
    }

    private void fails(Request request) throws Exception {
        try (Peer peer = new Peer(server.port)) {
            noneIsLeft.set(true);
            request.send(peer);
            server.awaitPeerGone();
        }
    }

    /** The thread of the association does not do that by itself. */
    private static Attributes everything() {
        Attributes identifier = new Attributes();
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        return identifier;
    }

    private static Attributes identifier() {
        Attributes identifier = new Attributes();
        identifier.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
        return identifier;
    }
}
