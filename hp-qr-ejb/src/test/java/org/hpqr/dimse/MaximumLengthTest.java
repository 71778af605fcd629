package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawDestination;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the toolkit gets the maximum length as the peer announces it (PS3.8 D.1), as in an archive. */
class MaximumLengthTest {

    private static final int ALL_ONES = -1;
    private static final int TOP_BIT = Integer.MIN_VALUE;

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(3);

    @ParameterizedTest
    @ValueSource(ints = {ALL_ONES, TOP_BIT, 1, 6, 7})
    void requesterThatNothingCanBeWrittenToIsAborted(int announced) throws Exception {
        for (String sopClass : new String[] {UID.HangingProtocolInformationModelFind, UID.HangingProtocolInformationModelGet}) {
            try (RawPeer peer = new RawPeer(announced, site.server.port, UID.ImplicitVRLittleEndian, 0, sopClass)) {
                peer.send(0, sopClass.equals(UID.HangingProtocolInformationModelFind) ? Commands.mkCFindRQ(1, sopClass, 0)
                        : Commands.mkCGetRQ(1, sopClass, 0), identifier());

                assertEquals(RawPeer.A_ABORT, peer.readPdu().type());
                assertEquals(-1, peer.readPdu().type(), "closed");
            }
        }
    }

    /** 0 is "no limit". */
    @ParameterizedTest
    @ValueSource(ints = {0, 4_096, Integer.MAX_VALUE})
    void otherRequestersAreAnswered(int announced) throws Exception {
        String sopClass = UID.HangingProtocolInformationModelFind;
        try (RawPeer peer = new RawPeer(announced, site.server.port, UID.ImplicitVRLittleEndian, 0, sopClass)) {
            peer.send(0, Commands.mkCFindRQ(1, sopClass, 0), identifier());

            assertEquals(0x0000, peer.finalResponse().status());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ALL_ONES, TOP_BIT, 1, 6, 7})
    void nothingIsSentToADestinationThatNothingCanBeWrittenTo(int announced) throws Exception {
        try (RawDestination destination = new RawDestination(announced, UnaryOperator.identity())) {
            site.server.addDestination(Destination.AE_TITLE, "127.0.0.1", destination.port());

            assertEquals("A702 0/3/0", outcome(site.retrieve(Via.MOVE, uids(3))));
        }
        site.disconnect();
        site.server.awaitNoAssociation();
        site.connect();
    }

    private static byte[] identifier() throws Exception {
        Attributes identifier = Peer.uids(uids(3));
        return DatasetCodec.encode(identifier, UID.ImplicitVRLittleEndian);
    }
}
