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

    /** What the database says once, after it has committed. */
    private SQLException lie;
    private TestServer server;
    private Peer peer;

    @BeforeEach
    void connect() throws Exception {
        server = new TestServer(working -> new DelegatingRepository(working) {
            @Override
            void afterStore() {
                SQLException said = lie;
                lie = null;
                if (said != null)
                    throw new DatabaseException(said);
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
        lie = lostAnswer();

        assertEquals(0, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());

        assertGot(SampleProtocols.chestXray());
    }

    @Test
    void replacementIsHeld() throws Exception {
        peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian);
        Attributes changed = SampleProtocols.chestXray();
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
        lie = lostAnswer();

        assertEquals(0, peer.store(changed, UID.ExplicitVRLittleEndian).status());

        assertGot(changed);
    }

    /** A driver that does not send a group as one transaction: one object is committed, another one has a UID that exists. */
    @Test
    void newObjectIsHeldWhenAnotherOfItsGroupIsNotNew() throws Exception {
        lie = new SQLException("the UID of another object exists", "23505");

        assertEquals(0, peer.store(SampleProtocols.chestXray(), UID.ExplicitVRLittleEndian).status());

        assertGot(SampleProtocols.chestXray());
    }

    private static SQLException lostAnswer() {
        return new SQLException("the test has lost the answer");
    }

    private void assertGot(Attributes protocol) throws Exception {
        assertEquals(0, peer.get(Peer.uids(SampleProtocols.CHEST_XRAY_UID)).last().status());
        assertEquals(protocol.getString(Tag.HangingProtocolDescription),
                peer.received.get(0).getString(Tag.HangingProtocolDescription));
    }
}
