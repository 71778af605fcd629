package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What C-GET has and C-MOVE has not: the role of the requester. What both have is in the Retrieve tests. */
class GetScpTest {

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(3);

    static void assertStatus(int status, Peer.Response response) {
        assertEquals(String.format("%04X", status), String.format("%04X", response.status()));
    }

    /** PS3.4 C.5.3: the requester has to offer the SCP role; without it, it stays an SCU. */
    @Clause("C.5.3")
    @Test
    void withoutTheScpRoleAllOfAGetFail() throws Exception {
        site.disconnect();
        site.connect(new Peer(site.server.port, new AAssociateRQ(), false));
        Peer.Response last = site.retrieve(Via.GET, uids(3));
        assertEquals("A702 0/3/0", outcome(last));
        assertEquals("No SCP role for Hanging Protocol Storage was negotiated", last.comment());
        assertTrue(site.peer.receiver.commands.isEmpty());
    }

    @Test
    void whereTheScpRoleIsRefusedAllOfAGetFail() throws Exception {
        site.disconnect();
        site.server.refuseScpRole(true);
        try {
            site.connect();
            assertEquals("A702 0/3/0", outcome(site.retrieve(Via.GET, uids(3))));
        } finally {
            site.server.refuseScpRole(false);
        }
    }

    /** A server may be configured to be lenient: then a role that nobody spoke of is taken for agreed. */
    @Test
    void withoutTheScpRoleALenientAeSends() throws Exception {
        site.disconnect();
        site.server.setRoleSelectionLenient(true);
        try {
            site.connect(new Peer(site.server.port, new AAssociateRQ(), false));
            assertEquals("0000 3/0/0", outcome(site.retrieve(Via.GET, uids(3))));
        } finally {
            site.server.setRoleSelectionLenient(false);
        }
    }
}
