package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.StoreReceiver;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that holds some objects, a requester and a move destination: the same retrieve by C-MOVE and by C-GET. Registered as an
 * extension, it is there for all tests of a class, with connections of its own for each.
 */
final class RetrieveSite implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    /** How objects are retrieved. */
    enum Via {
        MOVE(UID.HangingProtocolInformationModelMove), GET(UID.HangingProtocolInformationModelGet);

        final String sopClass;

        Via(String sopClass) {
            this.sopClass = sopClass;
        }
    }

    private final int objects;
    TestServer server;
    Destination destination;
    Peer peer;

    /**
     * An extension.
     *
     * @param objects how many objects the server holds: those of {@link #uid} 1 and on
     */
    RetrieveSite(int objects) {
        this.objects = objects;
    }

    /** A site that its test connects and closes. */
    RetrieveSite(TestServer server, int objects) throws Exception {
        this(objects);
        start(server);
    }

    private void start(TestServer started) throws Exception {
        server = started;
        try (Peer sender = new Peer(server.port)) {
            for (String uid : uids(objects))
                assertEquals(0, sender.store(object(uid), UID.ExplicitVRLittleEndian).status());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start(new TestServer());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        connect();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        disconnect();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private static Attributes object(String uid) {
        Attributes object = SampleProtocols.chestXray();
        object.setString(Tag.SOPInstanceUID, VR.UI, uid);
        return object;
    }

    /** The UID of the n-th object, counted from 1. */
    static String uid(int number) {
        return "2.25." + number;
    }

    /** The UIDs of the first objects. */
    static String[] uids(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(RetrieveSite::uid).toArray(String[]::new);
    }

    /** A new requester and a new destination. */
    void connect() throws Exception {
        connect(new Peer(server.port));
    }

    void connect(Peer requester) throws Exception {
        peer = requester;
        startDestination(new Destination());
    }

    /** Ends the destination there is, and starts another. */
    void startDestination(Destination started) {
        if (destination != null)
            destination.close();
        destination = started;
        server.addDestination(Destination.AE_TITLE, "127.0.0.1", destination.port);
    }

    /** Ends the connections, and takes all settings back. */
    void disconnect() {
        server.settings.clear();
        peer.close();
        destination.close();
        destination = null;
        server.audited.clear();
    }

    /** Where the sub-operations arrive. */
    StoreReceiver receiver(Via via) {
        return via == Via.MOVE ? destination.receiver : peer.receiver;
    }

    Peer.Pending begin(Via via, String... uids) throws Exception {
        return begin(via, Peer.uids(uids));
    }

    Peer.Pending begin(Via via, Attributes identifier) throws Exception {
        return via == Via.MOVE ? peer.move(identifier, Destination.AE_TITLE) : peer.get(identifier);
    }

    /** Retrieves; the responses are proven to have the form they must have. */
    Peer.Response retrieve(Via via, String... uids) throws Exception {
        return wellFormed(begin(via, uids).all());
    }

    /** What the audit trail says of a retrieve that has ended. */
    static String ended(Via via, int sent, int failed, String status) {
        return "ended " + (via == Via.MOVE ? Destination.AE_TITLE : null) + " " + sent + " " + failed + " " + status + "H";
    }

    /**
     * Proves what PS3.4 C.4.2.1 and C.4.3.1 say of responses with counts, whatever their status.
     *
     * @return the final one
     */
    static Peer.Response wellFormed(List<Peer.Response> responses) {
        int total = -1;
        int ended = 0;
        for (Peer.Response response : responses.subList(0, responses.size() - 1)) {
            assertEquals(0xFF00, response.status());
            assertNull(response.data(), "no identifier with Pending");
            assertTrue(remaining(response) > 0, "no Pending after the last sub-operation");
            int sum = completed(response) + failed(response) + warning(response);
            assertTrue(sum >= ended, "counts grow");
            ended = sum;
            if (total >= 0)
                assertEquals(total, sum + remaining(response));
            total = sum + remaining(response);
        }
        Peer.Response last = responses.get(responses.size() - 1);
        assertEquals(last.status() == 0xFE00, last.command().contains(Tag.NumberOfRemainingSuboperations),
                "Remaining with Pending and Cancel only");
        if (total >= 0)
            assertEquals(total, completed(last) + failed(last) + warning(last) + Math.max(0, remaining(last)));
        if (failed(last) > 0) {
            assertEquals(1, last.data().size(), "nothing but the failed list: " + last.data());
            assertEquals(VR.UI, last.data().getVR(Tag.FailedSOPInstanceUIDList));
        } else {
            assertNull(last.data(), "an identifier only if something failed");
        }
        assertFalse(last.command().contains(Tag.OffendingElement));
        return last;
    }

    static int remaining(Peer.Response response) {
        return response.command().getInt(Tag.NumberOfRemainingSuboperations, -1);
    }

    static int completed(Peer.Response response) {
        return response.command().getInt(Tag.NumberOfCompletedSuboperations, -1);
    }

    static int failed(Peer.Response response) {
        return response.command().getInt(Tag.NumberOfFailedSuboperations, -1);
    }

    static int warning(Peer.Response response) {
        return response.command().getInt(Tag.NumberOfWarningSuboperations, -1);
    }

    /** Status and counts, as in {@code B000 2/1/0}: completed, failed, warning. */
    static String outcome(Peer.Response response) {
        return String.format("%04X %d/%d/%d", response.status(), completed(response), failed(response), warning(response));
    }

    /** The failed list, empty if there is none. */
    static List<String> failedList(Peer.Response response) {
        return response.data() == null ? List.of() : List.of(response.data().getStrings(Tag.FailedSOPInstanceUIDList));
    }

    /** A requester that may have several operations outstanding, and lets the server have so many sub-operations. */
    Peer asynchronousPeer(int subOperationsAtATime) throws Exception {
        return new Peer(server.port, new AAssociateRQ(), true, subOperationsAtATime);
    }

    @Override
    public void close() {
        server.close();
    }
}
