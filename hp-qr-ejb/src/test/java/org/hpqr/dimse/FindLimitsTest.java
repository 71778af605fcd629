package org.hpqr.dimse;

import static org.hpqr.dimse.GetScpTest.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a C-FIND, below, at and above each of them, and what the peer sees of that. */
class FindLimitsTest {

    private static final int SAMPLES = SampleProtocols.all().size();

    private TestServer server;
    private Peer peer;

    private void start() throws Exception {
        startWith(new TestServer());
    }

    private void startWith(TestServer made) throws Exception {
        server = made;
        peer = new Peer(server.port);
        for (var sample : SampleProtocols.all().values())
            assertStatus(0x0000, peer.store(sample.get(), UID.ExplicitVRLittleEndian));
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    private static Attributes everything() {
        Attributes identifier = new Attributes();
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        return identifier;
    }

    /**
     * PS3.4 K.4-1, A700: what is beyond the limit is not returned, and the final status says that the answer is not complete.
     */
    @Clause("K.4-1")
    @ParameterizedTest
    @CsvSource({"1, 0000,", "0, 0000,", "-1, A700, There are more than 7 matches"})
    void matches(int more, String status, String comment) throws Exception {
        start();
        server.settings.put(HpSettings.MAX_MATCHES, SAMPLES + more);
        List<Peer.Response> responses = peer.find(everything()).all();
        assertEquals(Math.min(SAMPLES, SAMPLES + more) + 1, responses.size());
        checkRefusal(responses.get(responses.size() - 1), status, comment);
    }

    @ParameterizedTest
    @CsvSource({"1, 0000,", "0, 0000,", "-1, A900, The identifier has more than 4 attributes"})
    void keys(int more, String status, String comment) throws Exception {
        start();
        Attributes identifier = everything();
        identifier.setNull(Tag.PatientID, VR.LO);
        Attributes definition = new Attributes();
        definition.setNull(Tag.Modality, VR.CS);
        definition.setNull(Tag.Laterality, VR.CS);
        identifier.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        server.settings.put(HpSettings.MAX_KEYS, 5 + more);
        checkRefusal(peer.find(identifier).last(), status, comment);
    }

    @ParameterizedTest
    @CsvSource({"1, 0000,", "0, 0000,", "-1, A700, The identifier is larger than 4097 bytes"})
    void identifierSize(int more, String status, String comment) throws Exception {
        start();
        Attributes identifier = everything();
        identifier.setBytes(Tag.HangingProtocolDescription, VR.LO, new byte[4_082]);
        byte[] encoded = DatasetCodec.encode(identifier, UID.ImplicitVRLittleEndian);
        assertEquals(4_098, encoded.length);
        server.settings.put(HpSettings.MAX_IDENTIFIER_SIZE, encoded.length + more);
        try (RawPeer raw = new RawPeer(server.port, UID.HangingProtocolInformationModelFind)) {
            raw.send(0, Commands.mkCFindRQ(1, UID.HangingProtocolInformationModelFind, 0), encoded);
            checkRefusal(new Peer.Response(raw.finalResponse().command(), null), status, comment);
            // the association goes on
            raw.send(0, Commands.mkCFindRQ(2, UID.HangingProtocolInformationModelFind, 0), new byte[0]);
            assertEquals(0, raw.finalResponse().status());
        }
    }

    /** PS3.4 K.4-1, A700. */
    @Clause("K.4-1")
    @Test
    void findsAtATime() throws Exception {
        CountDownLatch arrived = new CountDownLatch(3);
        CountDownLatch refused = new CountDownLatch(1);
        startWith(new TestServer(UnaryOperator.identity(), FindScpTest.catalogueWith(number -> {
            arrived.countDown();
            FindScpTest.await(refused);
        })));
        server.settings.put(HpSettings.MAX_CONCURRENT_FINDS, 3);
        List<Peer.Pending> underWay = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            underWay.add(peer.find(everything()));
        FindScpTest.await(arrived);
        try (Peer another = new Peer(server.port)) {
            checkRefusal(another.find(everything()).last(), "A700", "Too many C-FIND operations under way");
            refused.countDown();
            for (Peer.Pending find : underWay)
                assertStatus(0x0000, find.last());
            server.awaitAudit("queried " + SAMPLES + " 0000H");
            assertStatus(0x0000, another.find(everything()).last());
        }
    }

    /** However many places there are: another association has one. */
    @Test
    void findsAtATimeOfOneAssociation() throws Exception {
        CountDownLatch arrived = new CountDownLatch(AssociationOperations.MAX_OPERATIONS);
        CountDownLatch refused = new CountDownLatch(1);
        startWith(new TestServer(UnaryOperator.identity(), FindScpTest.catalogueWith(number -> {
            arrived.countDown();
            FindScpTest.await(refused);
        })));
        List<Peer.Pending> underWay = new ArrayList<>();
        for (int i = 0; i < AssociationOperations.MAX_OPERATIONS; i++)
            underWay.add(peer.find(everything()));
        FindScpTest.await(arrived);
        Peer.Pending tooMany = peer.find(everything());
        try (Peer another = new Peer(server.port)) {
            Peer.Pending admitted = another.find(everything());
            try {
                checkRefusal(tooMany.last(), "A700", "Too many C-FIND operations under way");
            } finally {
                refused.countDown();
            }
            assertStatus(0x0000, admitted.last());
        }
        for (Peer.Pending find : underWay)
            assertStatus(0x0000, find.last());
    }

    private static void checkRefusal(Peer.Response last, String status, String comment) {
        assertStatus(Integer.parseInt(status, 16), last);
        assertEquals(comment, last.comment());
        assertNull(last.data());
        assertFalse(last.command().contains(Tag.OffendingElement));
    }
}
