package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.NoPresentationContextException;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicCGetSCP;
import org.dcm4che3.net.service.BasicCMoveSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.QueryTask;
import org.dcm4che3.net.service.RetrieveTask;
import org.dcm4che3.util.UIDUtils;
import org.junit.jupiter.api.Test;

/** The DIMSE services of the renamed classes over real associations, written as a plugin for dcm4che writes them. */
class AssociationTest {

    private static final String CLASS = UID.HangingProtocolStorage;
    private static final String FIND = UID.HangingProtocolInformationModelFind;
    private static final String MOVE = UID.HangingProtocolInformationModelMove;
    private static final String GET = UID.HangingProtocolInformationModelGet;

    private final Attributes protocol = hangingProtocol();
    private final String iuid = protocol.getString(Tag.SOPInstanceUID);

    @Test
    void verificationSucceeds() throws Exception {
        try (DicomNode scp = new DicomNode("SCP"); DicomNode scu = new DicomNode("SCU")) {
            Association as = scu.connect(scp, offering(UID.Verification));
            DimseRSP rsp = as.cecho();
            assertTrue(rsp.next());
            assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
            as.release();
        }
    }

    @Test
    void whatIsStoredArrivesUnchanged() throws Exception {
        Store store = new Store();
        try (DicomNode scp = new DicomNode("SCP", store); DicomNode scu = new DicomNode("SCU")) {
            Association as = scu.connect(scp, offering(CLASS));
            assertEquals(Status.Success, status(store(as)));
            as.release();
        }
        assertEquals(protocol, store.received.take());
    }

    @Test
    void withoutPresentationContextNothingIsSent() throws Exception {
        try (DicomNode scp = new DicomNode("SCP", new Store()); DicomNode scu = new DicomNode("SCU")) {
            Association as = scu.connect(scp, offering(UID.Verification));
            assertThrows(NoPresentationContextException.class, () -> store(as));
            as.release();
        }
    }

    @Test
    void everyMatchIsOnePendingResponse() throws Exception {
        try (DicomNode scp = new DicomNode("SCP", new Find(3, null)); DicomNode scu = new DicomNode("SCU")) {
            Association as = scu.connect(scp, offering(FIND));
            DimseRSP rsp = as.cfind(FIND, Priority.NORMAL, new Attributes(), UID.ExplicitVRLittleEndian, 0);
            List<String> names = new ArrayList<>();
            while (rsp.next())
                if (Status.isPending(rsp.getCommand().getInt(Tag.Status, -1)))
                    names.add(rsp.getDataset().getString(Tag.HangingProtocolName));
            assertEquals(List.of("0", "1", "2"), names);
            assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
            as.release();
        }
    }

    @Test
    void cancelReachesTheTaskBetweenTwoMatches() throws Exception {
        CountDownLatch canceled = new CountDownLatch(1);
        BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
        try (DicomNode scp = new DicomNode("SCP", new Find(2, canceled)); DicomNode scu = new DicomNode("SCU")) {
            Association as = scu.connect(scp, offering(FIND));
            as.cfind(FIND, Priority.NORMAL, new Attributes(), UID.ExplicitVRLittleEndian, new DimseRSPHandler(as.nextMessageID()) {
                @Override
                public void onDimseRSP(Association association, Attributes cmd, Attributes data) {
                    super.onDimseRSP(association, cmd, data);
                    statuses.add(cmd.getInt(Tag.Status, -1));
                    if (Status.isPending(cmd.getInt(Tag.Status, -1)))
                        try {
                            cancel(association);
                        } catch (IOException e) {
                            statuses.add(-1);
                        }
                }
            });
            as.waitForOutstandingRSP();
            as.release();
        }
        assertEquals(List.of(Status.Pending, Status.Cancel), List.copyOf(statuses));
    }

    @Test
    void aServiceExceptionBecomesTheResponse() throws Exception {
        BasicCFindSCP refusing = new BasicCFindSCP(FIND) {
            @Override
            protected QueryTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys)
                    throws DicomServiceException {
                throw new DicomServiceException(Status.IdentifierDoesNotMatchSOPClass, "no key")
                        .setOffendingElements(Tag.HangingProtocolLevel);
            }
        };
        try (DicomNode scp = new DicomNode("SCP", refusing); DicomNode scu = new DicomNode("SCU")) {
            Association as = scu.connect(scp, offering(FIND));
            DimseRSP rsp = as.cfind(FIND, Priority.NORMAL, new Attributes(), UID.ExplicitVRLittleEndian, 0);
            assertTrue(rsp.next());
            Attributes cmd = rsp.getCommand();
            assertEquals(Status.IdentifierDoesNotMatchSOPClass, cmd.getInt(Tag.Status, -1));
            assertEquals("no key", cmd.getString(Tag.ErrorComment));
            assertArrayEquals(new int[] {Tag.HangingProtocolLevel}, cmd.getInts(Tag.OffendingElement));
            as.release();
        }
    }

    @Test
    void aMoveSendsToItsDestination() throws Exception {
        Store store = new Store();
        try (DicomNode destination = new DicomNode("DEST", store); DicomNode scu = new DicomNode("SCU")) {
            Move move = new Move(destination);
            try (DicomNode scp = new DicomNode("SCP", move)) {
                move.node = scp;
                Association as = scu.connect(scp, offering(MOVE));
                DimseRSP rsp = as.cmove(MOVE, Priority.NORMAL, keys(), UID.ExplicitVRLittleEndian, "DEST");
                assertEquals(Status.Success, status(rsp));
                assertEquals(1, rsp.getCommand().getInt(Tag.NumberOfCompletedSuboperations, -1));
                as.release();
            }
        }
        assertEquals(protocol, store.received.take());
        Attributes rq = store.requests.take();
        assertEquals("SCU", rq.getString(Tag.MoveOriginatorApplicationEntityTitle));
    }

    @Test
    void aGetSendsOnTheSameAssociation() throws Exception {
        Store store = new Store();
        try (DicomNode scp = new DicomNode("SCP", new Get()); DicomNode scu = new DicomNode("SCU", store)) {
            AAssociateRQ offer = offering(GET, CLASS);
            offer.addRoleSelection(new RoleSelection(CLASS, false, true));
            Association as = scu.connect(scp, offer);
            assertEquals(Status.Success, status(as.cget(GET, Priority.NORMAL, keys(), UID.ExplicitVRLittleEndian)));
            as.release();
        }
        assertEquals(protocol, store.received.take());
    }

    private DimseRSP store(Association as) throws IOException, InterruptedException {
        return as.cstore(CLASS, iuid, Priority.NORMAL, new DataWriterAdapter(protocol), UID.ExplicitVRLittleEndian);
    }

    private Attributes keys() {
        Attributes keys = new Attributes();
        keys.setString(Tag.SOPInstanceUID, VR.UI, iuid);
        return keys;
    }

    private static int status(DimseRSP rsp) throws IOException, InterruptedException {
        int status = -1;
        while (rsp.next())
            status = rsp.getCommand().getInt(Tag.Status, -1);
        return status;
    }

    private static AAssociateRQ offering(String... cuids) {
        AAssociateRQ request = new AAssociateRQ();
        for (int i = 0; i < cuids.length; i++)
            request.addPresentationContext(new PresentationContext(2 * i + 1, cuids[i], UID.ExplicitVRLittleEndian));
        return request;
    }

    /** Has what may go wrong on the way: nesting, a numeric key, a private block, an unknown private value, characters. */
    private static Attributes hangingProtocol() {
        Attributes attrs = new Attributes();
        attrs.setString(Tag.SpecificCharacterSet, VR.CS, "", "ISO 2022 IR 87");
        attrs.setString(Tag.SOPClassUID, VR.UI, CLASS);
        attrs.setString(Tag.SOPInstanceUID, VR.UI, UIDUtils.createUID());
        attrs.setString(Tag.HangingProtocolName, VR.SH, "CT \u80f8\u90e8");
        attrs.setInt(Tag.NumberOfPriorsReferenced, VR.US, 2);
        Sequence definitions = attrs.newSequence(Tag.HangingProtocolDefinitionSequence, 2);
        for (String modality : List.of("CT", "MR")) {
            Attributes item = new Attributes();
            item.setString(Tag.Modality, VR.CS, modality);
            item.setNull(Tag.AnatomicRegionSequence, VR.SQ);
            definitions.add(item);
        }
        attrs.setString("ACME 1.0", 0x00771001, VR.LO, "private");
        attrs.setBytes("ACME 1.0", 0x00771002, VR.UN, new byte[] {1, 2, 3, 4});
        return attrs;
    }

    /** Keeps the dataset, read from a copy of the bytes that came. */
    private static final class Store extends BasicCStoreSCP {

        final BlockingQueue<Attributes> received = new LinkedBlockingQueue<>();
        final BlockingQueue<Attributes> requests = new LinkedBlockingQueue<>();

        Store() {
            super(CLASS);
        }

        @Override
        protected void store(Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
                throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            data.copyTo(bytes);
            try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(bytes.toByteArray()), pc.getTransferSyntax())) {
                received.add(in.readDataset(-1, -1));
            }
            requests.add(rq);
        }
    }

    /** Gives some matches; where a latch is given, waits for the cancel after the first one. */
    private static final class Find extends BasicCFindSCP {

        private final int matches;
        private final CountDownLatch canceled;

        Find(int matches, CountDownLatch canceled) {
            super(FIND);
            this.matches = matches;
            this.canceled = canceled;
        }

        @Override
        protected QueryTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys) {
            if (canceled != null)
                as.addCancelRQHandler(rq.getInt(Tag.MessageID, 0), association -> canceled.countDown());
            return new QueryTask() {
                @Override
                public void onCancelRQ(Association association) {
                    canceled.countDown();
                }

                @Override
                public void run() {
                    int status = Status.Success;
                    for (int i = 0; i < matches; i++) {
                        Attributes match = new Attributes();
                        match.setString(Tag.HangingProtocolName, VR.SH, Integer.toString(i));
                        as.tryWriteDimseRSP(pc, Commands.mkCFindRSP(rq, Status.Pending), match);
                        if (canceled != null && awaited(canceled)) {
                            status = Status.Cancel;
                            break;
                        }
                    }
                    as.removeCancelRQHandler(rq.getInt(Tag.MessageID, 0));
                    as.tryWriteDimseRSP(pc, Commands.mkCFindRSP(rq, status));
                }
            };
        }

        private static boolean awaited(CountDownLatch latch) {
            try {
                return latch.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private final class Move extends BasicCMoveSCP {

        private final DicomNode destination;
        private DicomNode node;

        Move(DicomNode destination) {
            super(MOVE);
            this.destination = destination;
        }

        @Override
        protected RetrieveTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys)
                throws DicomServiceException {
            assertEquals(iuid, keys.getString(Tag.SOPInstanceUID));
            try {
                Association out = node.connect(destination, offering(CLASS));
                return new Retrieve(as, pc, rq, Dimse.C_MOVE_RQ, () -> {
                    DimseRSP rsp = out.cstore(CLASS, iuid, Priority.NORMAL, as.getCallingAET(), rq.getInt(Tag.MessageID, 0),
                            new DataWriterAdapter(protocol), UID.ExplicitVRLittleEndian);
                    int status = status(rsp);
                    out.release();
                    return status;
                });
            } catch (Exception e) {
                throw new DicomServiceException(Status.UnableToPerformSubOperations, e);
            }
        }
    }

    private final class Get extends BasicCGetSCP {

        Get() {
            super(GET);
        }

        @Override
        protected RetrieveTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys) {
            return new Retrieve(as, pc, rq, Dimse.C_GET_RQ, () -> status(store(as)));
        }
    }

    private interface SubOperation {
        int perform() throws IOException, InterruptedException;
    }

    private record Retrieve(Association as, PresentationContext pc, Attributes rq, Dimse dimse, SubOperation subOperation)
            implements RetrieveTask {

        @Override
        public void onCancelRQ(Association association) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void run() {
            int status;
            try {
                status = subOperation.perform();
            } catch (IOException | InterruptedException e) {
                status = Status.UnableToPerformSubOperations;
            }
            Attributes rsp = Commands.mkRSP(rq, status, dimse);
            Commands.initNumberOfSuboperations(rsp, 1);
            rsp.setInt(Tag.NumberOfRemainingSuboperations, VR.US, 0);
            rsp.setInt(Tag.NumberOfCompletedSuboperations, VR.US, 1);
            as.tryWriteDimseRSP(pc, rsp);
        }
    }
}
