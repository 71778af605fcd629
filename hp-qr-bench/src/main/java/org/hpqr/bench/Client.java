package org.hpqr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.dicom.ServiceDevice;

/** The workstations: SCU of all services, SCP of the sub-operations of C-GET and C-MOVE. Every answer is checked. */
final class Client implements AutoCloseable {

    static final String AE_TITLE = "BENCH";

    private static final String CALLED_AET = "HPQR";
    private static final String RECEIVED = "org.hpqr.bench.received";

    private final ServiceDevice device = new ServiceDevice("bench", new Receiver());
    private final ApplicationEntity ae = new ApplicationEntity("*");
    private final Connection local = new Connection("local", "127.0.0.1");
    /** Objects that came over associations which others opened: those of moves. */
    private final AtomicLong moved = new AtomicLong();
    final int port = FreePort.find();

    Client() throws IOException, GeneralSecurityException {
        local.setPort(port);
        local.setBindAddress("127.0.0.1");
        local.setTcpNoDelay(true);
        device.addConnection(local);
        device.addApplicationEntity(ae);
        ae.addConnection(local);
        ae.setAssociationAcceptor(true);
        ae.setAssociationInitiator(true);
        ae.addTransferCapability(new TransferCapability(null, UID.HangingProtocolStorage, TransferCapability.Role.SCP,
                UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
        device.bindConnections();
    }

    /** Takes what is sent to it and counts it. */
    private final class Receiver extends BasicCStoreSCP {

        Receiver() {
            super(UID.HangingProtocolStorage);
        }

        @Override
        protected void store(Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
                throws IOException {
            if (data.readAllBytes().length == 0 || rq.getString(Tag.AffectedSOPInstanceUID) == null)
                throw new IOException("an object without content was sent");
            Object received = as.getProperty(RECEIVED);
            if (received instanceof AtomicInteger count)
                count.incrementAndGet();
            else
                moved.incrementAndGet();
        }
    }

    /** Number of objects that have come as sub-operations of moves. */
    long moved() {
        return moved.get();
    }

    /** Opens an association to a port of the server. */
    Peer connect(int serverPort, String callingAET) {
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(callingAET);
        request.setCalledAET(CALLED_AET);
        int id = 1;
        for (String sopClass : Arrays.asList(UID.Verification, UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet)) {
            request.addPresentationContext(new PresentationContext(id, sopClass, UID.ExplicitVRLittleEndian));
            id += 2;
        }
        request.addRoleSelection(new RoleSelection(UID.HangingProtocolStorage, true, true));
        try {
            return new Peer(ae.connect(local, new Connection("server", "127.0.0.1", serverPort), request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | IncompatibleConnectionException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        device.close();
    }

    /** An answer that is not as it has to be. */
    static final class WrongAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongAnswerException(String message) {
            super(message);
        }
    }

    /** One association, used by one thread. */
    static final class Peer implements AutoCloseable {

        private final Association association;
        private final AtomicInteger received = new AtomicInteger();

        private Peer(Association association) {
            this.association = association;
            association.setProperty(RECEIVED, received);
        }

        /** Collects the responses to one request. */
        private final class Answer extends DimseRSPHandler {

            private final CountDownLatch end = new CountDownLatch(1);
            private final Consumer<Attributes> match;
            private volatile Attributes last;

            Answer(Consumer<Attributes> match) {
                super(association.nextMessageID());
                this.match = match;
            }

            @Override
            public void onDimseRSP(Association as, Attributes command, Attributes data) {
                super.onDimseRSP(as, command, data);
                int status = command.getInt(Tag.Status, -1);
                if (status == 0xFF00) {
                    match.accept(data);
                } else {
                    last = command;
                    end.countDown();
                }
            }

            @Override
            public void onClose(Association as) {
                super.onClose(as);
                end.countDown();
            }

            Attributes await() throws InterruptedException {
                end.await();
                if (last == null)
                    throw new WrongAnswerException("the association was lost");
                if (last.getInt(Tag.Status, -1) != 0)
                    throw new WrongAnswerException(String.format("status %04XH %s", last.getInt(Tag.Status, -1),
                            last.getString(Tag.ErrorComment)));
                return last;
            }
        }

        void echo() throws IOException, InterruptedException {
            var response = association.cecho();
            response.next();
            if (response.getCommand().getInt(Tag.Status, -1) != 0)
                throw new WrongAnswerException("a C-ECHO failed");
        }

        /**
         * Finds.
         *
         * @param expected UIDs of the matches; {@code null}: any
         * @param count    how many matches there have to be
         */
        int find(Attributes identifier, Set<String> expected, int count) throws IOException, InterruptedException {
            int[] keys = identifier.tags();
            int[] matches = new int[1];
            String[] wrong = new String[1];
            Answer answer = new Answer(match -> {
                matches[0]++;
                if (expected != null && !expected.contains(match.getString(Tag.SOPInstanceUID)))
                    wrong[0] = "a match that is none: " + match.getString(Tag.SOPInstanceUID);
                for (int key : keys)
                    if (!match.contains(key))
                        wrong[0] = "a key is missing in a response: " + Integer.toHexString(key);
            });
            association.cfind(UID.HangingProtocolInformationModelFind, 0, identifier, UID.ExplicitVRLittleEndian, answer);
            answer.await();
            if (wrong[0] != null)
                throw new WrongAnswerException(wrong[0]);
            if (matches[0] != count)
                throw new WrongAnswerException(matches[0] + " matches instead of " + count + " for " + identifier);
            return matches[0];
        }

        /** The response identifier of the one match. */
        Attributes findOne(Attributes identifier) throws IOException, InterruptedException {
            Attributes[] found = new Attributes[1];
            Answer answer = new Answer(match -> found[0] = match);
            association.cfind(UID.HangingProtocolInformationModelFind, 0, identifier, UID.ExplicitVRLittleEndian, answer);
            answer.await();
            return found[0];
        }

        int get(Attributes identifier, int objects) throws IOException, InterruptedException {
            received.set(0);
            Answer answer = new Answer(none -> { });
            association.cget(UID.HangingProtocolInformationModelGet, 0, identifier, UID.ExplicitVRLittleEndian, answer);
            check(answer.await(), objects);
            if (received.get() != objects)
                throw new WrongAnswerException(received.get() + " objects received instead of " + objects);
            return objects;
        }

        int move(Attributes identifier, int objects) throws IOException, InterruptedException {
            Answer answer = new Answer(none -> { });
            association.cmove(UID.HangingProtocolInformationModelMove, 0, identifier, UID.ExplicitVRLittleEndian, AE_TITLE, answer);
            check(answer.await(), objects);
            return objects;
        }

        private static void check(Attributes response, int objects) {
            int completed = response.getInt(Tag.NumberOfCompletedSuboperations, -1);
            if (completed != objects)
                throw new WrongAnswerException(completed + " sub-operations completed instead of " + objects);
        }

        void store(Attributes object) throws IOException, InterruptedException {
            Answer answer = new Answer(none -> { });
            association.cstore(UID.HangingProtocolStorage, object.getString(Tag.SOPInstanceUID), 0,
                    new DataWriterAdapter(object), UID.ExplicitVRLittleEndian, answer);
            answer.await();
        }

        @Override
        public void close() {
            try {
                association.waitForOutstandingRSP();
                association.release();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
