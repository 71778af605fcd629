package org.hpqr.testkit.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.RoleSelection;

/**
 * A well-behaved client of one server, with any number of associations: SCU of all services, one operation at a time on each
 * association, SCP of the sub-operations of its C-GETs and, if it has a port, of moves to {@link #DESTINATION}.
 */
public final class Workstation implements AutoCloseable {

    /** Its AE title as a move destination. */
    public static final String DESTINATION = "DEST";

    private static final String[] SYNTAXES = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};
    private static final List<String> SOP_CLASSES = List.of(UID.Verification, UID.HangingProtocolStorage,
            UID.HangingProtocolInformationModelFind, UID.HangingProtocolInformationModelMove,
            UID.HangingProtocolInformationModelGet);

    private final Connection local = new Connection("dicom", "127.0.0.1");
    private final Connection server;
    private final StoreReceiver receiver = new StoreReceiver();
    private final ServiceDevice device = new ServiceDevice("workstation", receiver);
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    /** The final status, and the data sets of the pending responses. */
    public record Outcome(int status, List<Attributes> matches) {

        /** SOP Instance UIDs of the matches. */
        public List<String> uids() {
            return Workstation.uids(matches);
        }
    }

    /** A client of the server on this port of 127.0.0.1. */
    public Workstation(int serverPort) {
        server = new Connection("server", "127.0.0.1", serverPort);
        device.addConnection(local);
    }

    /** One that is a move destination, too: it listens on {@code port}. */
    public Workstation(int port, int serverPort) throws Exception {
        this(serverPort);
        local.setPort(port);
        local.setBindAddress("127.0.0.1");
        ApplicationEntity destination = entity(DESTINATION);
        destination.setAssociationAcceptor(true);
        destination.addTransferCapability(new TransferCapability(null, UID.HangingProtocolStorage, Role.SCP, SYNTAXES));
        device.bindConnections();
    }

    private synchronized ApplicationEntity entity(String title) {
        ApplicationEntity ae = device.getApplicationEntity(title);
        if (ae == null) {
            ae = new ApplicationEntity(title);
            device.addApplicationEntity(ae);
            ae.addConnection(local);
        }
        return ae;
    }

    /** Opens an association as WS1 to HPQR. */
    public Session open() throws Exception {
        return open("WS1", Peer.SERVER_AE_TITLE);
    }

    public Session open(String callingAET, String calledAET) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET(calledAET);
        for (String sopClass : SOP_CLASSES)
            for (String syntax : SYNTAXES)
                request.addPresentationContextFor(sopClass, syntax);
        request.addRoleSelection(new RoleSelection(UID.HangingProtocolStorage, true, true));
        Session session = new Session(entity(callingAET).connect(server, request));
        sessions.add(session);
        return session;
    }

    /** How many of the associations that were opened answer. */
    public int echoAll() throws Exception {
        int answered = 0;
        for (Session session : sessions)
            if (session.echo() == Status.Success)
                answered++;
        return answered;
    }

    /** From now on what is sent here is read and answered only when the gate is open. */
    public void receiveWhenOpen(Gate gate) {
        receiver.readWhenOpen(gate);
    }

    /** What was sent here, which is then forgotten. */
    public List<Attributes> takeReceived() {
        List<Attributes> taken = List.copyOf(receiver.received);
        receiver.received.clear();
        return taken;
    }

    /** SOP Instance UIDs of {@link #takeReceived()}. */
    public List<String> takeReceivedUids() {
        return uids(takeReceived());
    }

    private static List<String> uids(List<Attributes> datasets) {
        return datasets.stream().map(dataset -> dataset.getString(Tag.SOPInstanceUID)).toList();
    }

    @Override
    public void close() {
        sessions.forEach(session -> session.association.abort());
        device.close();
    }

    /** One association. Operations return their final status. */
    public static final class Session implements AutoCloseable {

        private final Association association;

        private Session(Association association) {
            this.association = association;
        }

        public int echo() throws Exception {
            return collect(association.cecho()).status();
        }

        public int store(Attributes dataset) throws Exception {
            return collect(association.cstore(UID.HangingProtocolStorage, dataset.getString(Tag.SOPInstanceUID), 0,
                    new DataWriterAdapter(dataset), UID.ExplicitVRLittleEndian)).status();
        }

        public Outcome find(Attributes keys) throws Exception {
            return collect(association.cfind(UID.HangingProtocolInformationModelFind, 0, keys, null, 0));
        }

        /** UIDs and names of all that there are. */
        public Outcome findAll() throws Exception {
            Attributes keys = new Attributes();
            keys.setNull(Tag.SOPInstanceUID, VR.UI);
            keys.setNull(Tag.HangingProtocolName, VR.SH);
            return find(keys);
        }

        public int get(String... uids) throws Exception {
            return collect(association.cget(UID.HangingProtocolInformationModelGet, 0, Peer.uids(uids), null)).status();
        }

        public int move(String uid, String destination) throws Exception {
            return collect(association.cmove(UID.HangingProtocolInformationModelMove, 0, Peer.uids(uid), null, destination))
                    .status();
        }

        private static Outcome collect(DimseRSP response) throws Exception {
            List<Attributes> matches = new ArrayList<>();
            while (response.next() && Status.isPending(response.getCommand().getInt(Tag.Status, -1)))
                if (response.getDataset() != null)
                    matches.add(response.getDataset());
            return new Outcome(response.getCommand().getInt(Tag.Status, -1), matches);
        }

        /** Releases the association. */
        @Override
        public void close() throws Exception {
            association.release();
            association.waitForSocketClose();
        }
    }
}
