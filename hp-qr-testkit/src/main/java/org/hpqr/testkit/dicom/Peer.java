package org.hpqr.testkit.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;

/**
 * A DICOM peer with one association to the server: SCU of all services, SCP of the sub-operations of a C-GET. It waits for
 * nothing without a limit: a server that hangs fails the test.
 */
public class Peer implements AutoCloseable {

    public static final String AE_TITLE = "PEER";
    /** The AE title of the servers under test. */
    public static final String SERVER_AE_TITLE = "HPQR";
    private static final int TIMEOUT_SECONDS = 60;
    private static final int TIMEOUT_MILLIS = TIMEOUT_SECONDS * 1000;

    /** Takes the sub-operations of a C-GET. */
    public final StoreReceiver receiver = new StoreReceiver();
    private final ServiceDevice device = new ServiceDevice("peer", receiver);
    /** Data sets that arrived as sub-operations. */
    public final List<Attributes> received = receiver.received;
    public final Association association;

    /** One response: command and data set. */
    public record Response(Attributes command, Attributes data) {

        public int status() {
            return command.getInt(Tag.Status, -1);
        }

        public String comment() {
            return command.getString(Tag.ErrorComment);
        }
    }

    /** The association ended before a response came. */
    public static final class AssociationLostException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final Response LOST = new Response(null, null);

    /** An operation under way, whose responses are taken one by one. */
    public final class Pending {

        private final BlockingQueue<Response> responses = new LinkedBlockingQueue<>();
        private final int messageId;
        private DimseRSPHandler handler;

        private Pending(int messageId) {
            this.messageId = messageId;
        }

        public int messageId() {
            return messageId;
        }

        /** @throws AssociationLostException the association ended before a response came */
        public Response next() throws InterruptedException, AssociationLostException {
            Response response = responses.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (response == null)
                throw new AssertionError("no response within " + TIMEOUT_SECONDS + " s");
            if (response == LOST)
                throw new AssociationLostException();
            return response;
        }

        /** All responses up to and with the final one. */
        public List<Response> all() throws InterruptedException, AssociationLostException {
            List<Response> all = new ArrayList<>();
            do {
                all.add(next());
            } while ((all.get(all.size() - 1).status() & 0xFF00) == 0xFF00);
            return all;
        }

        public Response last() throws InterruptedException, AssociationLostException {
            List<Response> all = all();
            return all.get(all.size() - 1);
        }

        public void cancel() throws Exception {
            handler.cancel(association);
        }
    }

    public Peer(int port) throws Exception {
        this(port, new AAssociateRQ(), true);
    }

    /** @param role offer the SCP role for Hanging Protocol Storage, without which a C-GET cannot send anything */
    public Peer(int port, AAssociateRQ request, boolean role, String... transferSyntaxes) throws Exception {
        this(port, request, role, 1, transferSyntaxes);
    }

    /** @param subOperationsAtATime the asynchronous operations window for what the server invokes; 0 is no limit */
    public Peer(int port, AAssociateRQ request, boolean role, int subOperationsAtATime, String... transferSyntaxes)
            throws Exception {
        String[] syntaxes = transferSyntaxes.length > 0 ? transferSyntaxes
                : new String[] {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};
        Connection connection = new Connection("local", "127.0.0.1");
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setAcceptTimeout(TIMEOUT_MILLIS);
        connection.setReleaseTimeout(TIMEOUT_MILLIS);
        connection.setMaxOpsInvoked(0);
        connection.setMaxOpsPerformed(subOperationsAtATime);
        ApplicationEntity ae = new ApplicationEntity(AE_TITLE);
        ae.addConnection(connection);
        device.addConnection(connection);
        device.addApplicationEntity(ae);
        int id = 1;
        for (String sopClass : List.of(UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet, UID.Verification)) {
            for (String syntax : syntaxes) {
                request.addPresentationContext(new PresentationContext(id, sopClass, syntax));
                id += 2;
            }
        }
        if (role)
            request.addRoleSelection(new RoleSelection(UID.HangingProtocolStorage, true, true));
        if (request.getCalledAET() == null)
            request.setCalledAET(SERVER_AE_TITLE);
        Connection remote = new Connection("server", "127.0.0.1", port);
        association = connect(ae, connection, remote, request);
    }

    private Association connect(ApplicationEntity ae, Connection local, Connection remote, AAssociateRQ request)
            throws Exception {
        try {
            return ae.connect(local, remote, request);
        } catch (Exception e) {
            device.close();
            throw e;
        }
    }

    public int nextMessageId() {
        return association.nextMessageID();
    }

    public Response store(Attributes dataset, String transferSyntax) throws Exception {
        return store(dataset.getString(Tag.SOPInstanceUID), dataset, transferSyntax);
    }

    public Response store(String affectedUid, Attributes dataset, String transferSyntax) throws Exception {
        Pending pending = new Pending(nextMessageId());
        association.cstore(UID.HangingProtocolStorage, affectedUid, 0, new DataWriterAdapter(dataset), transferSyntax,
                collect(pending));
        return pending.next();
    }

    /** Stores bytes that need not be a data set. */
    public Response storeBytes(String affectedUid, byte[] bytes, String transferSyntax) throws Exception {
        Pending pending = new Pending(nextMessageId());
        association.cstore(UID.HangingProtocolStorage, affectedUid, 0, (out, syntax) -> out.write(bytes), transferSyntax,
                collect(pending));
        return pending.next();
    }

    public Pending find(Attributes identifier) throws Exception {
        Pending pending = new Pending(nextMessageId());
        association.cfind(UID.HangingProtocolInformationModelFind, 0, identifier, null, collect(pending));
        return pending;
    }

    public Pending get(Attributes identifier) throws Exception {
        Pending pending = new Pending(nextMessageId());
        association.cget(UID.HangingProtocolInformationModelGet, 0, identifier, null, collect(pending));
        return pending;
    }

    public Pending move(Attributes identifier, String destination) throws Exception {
        Pending pending = new Pending(nextMessageId());
        association.cmove(UID.HangingProtocolInformationModelMove, 0, identifier, null, destination, collect(pending));
        return pending;
    }

    public static Attributes uids(String... uids) {
        Attributes identifier = new Attributes();
        identifier.setString(Tag.SOPInstanceUID, VR.UI, uids);
        return identifier;
    }

    private DimseRSPHandler collect(Pending pending) {
        pending.handler = new DimseRSPHandler(pending.messageId) {
            @Override
            public void onDimseRSP(Association as, Attributes command, Attributes data) {
                super.onDimseRSP(as, command, data);
                pending.responses.add(new Response(new Attributes(command), data));
            }

            @Override
            public void onClose(Association as) {
                super.onClose(as);
                pending.responses.add(LOST);
            }
        };
        return pending.handler;
    }

    @Override
    public void close() {
        try {
            if (association.isReadyForDataTransfer())
                association.release();
            association.waitForSocketClose();
        } catch (Exception e) {
            // the test has ended the association in its own way
        } finally {
            device.close();
        }
    }
}
