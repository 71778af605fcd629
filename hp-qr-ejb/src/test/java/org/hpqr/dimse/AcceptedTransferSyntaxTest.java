package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.dcm4che3.data.UID;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.RawDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A move destination whose A-ASSOCIATE-AC names transfer syntaxes that were not proposed for the context (PS3.8 9.3.3.2). */
class AcceptedTransferSyntaxTest {

    private static final String EXPLICIT = UID.ExplicitVRLittleEndian;
    private static final String IMPLICIT = UID.ImplicitVRLittleEndian;

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(3);

    @Test
    void contextsWithOtherTransferSyntaxesAreNotUsed() throws Exception {
        assertMoveEnds("A702 0/3/0", Map.of(EXPLICIT, UID.DeflatedExplicitVRLittleEndian, IMPLICIT, UID.ExplicitVRBigEndian), -1);
        assertMoveEnds("A702 0/3/0", Map.of(EXPLICIT, IMPLICIT), -1);
        assertMoveEnds("A702 0/3/0", Map.of(EXPLICIT, IMPLICIT, IMPLICIT, EXPLICIT), -1);
    }

    /** Contexts are numbered from 0 here: explicit VR is proposed first. */
    @Test
    void theOtherContextIsUsed() throws Exception {
        assertMoveEnds("0000 3/0/0", Map.of(EXPLICIT, UID.JPEG2000, IMPLICIT, IMPLICIT), 1);
        assertMoveEnds("0000 3/0/0", Map.of(EXPLICIT, EXPLICIT, IMPLICIT, UID.JPEG2000), 0);
        assertMoveEnds("0000 3/0/0", Map.of(EXPLICIT, IMPLICIT, IMPLICIT, IMPLICIT), 1);
    }

    /** @param context the only one that sub-operations come in; -1 for none */
    private static void assertMoveEnds(String outcome, Map<String, String> named, int context) throws Exception {
        try (RawDestination destination = new RawDestination(16_384, named::get)) {
            site.server.addDestination(Destination.AE_TITLE, "127.0.0.1", destination.port());

            assertEquals(outcome, outcome(site.retrieve(Via.MOVE, uids(3))));
            assertTrue(destination.received.stream().allMatch(message -> message.context() == context));
        }
    }
}
