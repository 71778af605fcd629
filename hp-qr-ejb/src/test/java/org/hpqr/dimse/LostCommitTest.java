package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.database.DatabaseException;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database commits, but the connection breaks before it can say so, and the same is tried again. */
class LostCommitTest {

    private boolean answerIsLost;
    private TestServer server;
    private Peer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer(working -> new DelegatingRepository(working) {
            @Override
            void afterStore() {
                if (answerIsLost) {
                    answerIsLost = false;
                    throw new DatabaseException(new SQLException("the test has lost the answer"));
                }
            }
        }, TestServer::catalogue);
        peer = new Peer(server.port);
    }

    @AfterEach
    void disconnect() {
        peer.close();
        server.close();
    }

    @Test
    void newObjectIsHeld() throws Exception {
        answerIsLost = true;

        assertEquals(0, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());

        assertGot(SampleProtocols.chestXray());
    }

    @Test
    void replacementIsHeld() throws Exception {
        peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian);
        Attributes changed = SampleProtocols.chestXray();
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
        answerIsLost = true;

        assertEquals(0, peer.store(changed, UID.ExplicitVRLittleEndian).status());

        assertGot(changed);
    }

    private void assertGot(Attributes protocol) throws Exception {
        assertEquals(0, peer.get(Peer.uids(SampleProtocols.CHEST_XRAY_UID)).last().status());
        assertEquals(protocol.getString(Tag.HangingProtocolDescription),
                peer.received.get(0).getString(Tag.HangingProtocolDescription));
    }
}
