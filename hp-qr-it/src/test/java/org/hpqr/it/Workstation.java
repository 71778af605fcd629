package org.hpqr.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** An SCU of one server, with any number of associations. */
final class Workstation implements AutoCloseable {

    private static final List<String> SOP_CLASSES = List.of(UID.Verification, UID.HangingProtocolStorage,
            UID.HangingProtocolInformationModelFind, UID.HangingProtocolInformationModelGet);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();
    private final ApplicationEntity scu = new ApplicationEntity("WS1");
    private final Connection remote;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<Attributes> received = new CopyOnWriteArrayList<>();

    Workstation(int port) {
        Device device = new Device("scu");
        Connection connection = new Connection(null, "127.0.0.1");
        device.addConnection(connection);
        device.addApplicationEntity(scu);
        device.setExecutor(threads);
        device.setScheduledExecutor(timeouts);
        scu.addConnection(connection);
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(new BasicCStoreSCP(UID.HangingProtocolStorage) {
            @Override
            protected void store(Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
                    throws IOException {
                received.add(data.readDataset(pc.getTransferSyntax()));
            }
        });
        device.setDimseRQHandler(services);
        remote = new Connection(null, "127.0.0.1", port);
    }

    Session open() throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("HPQR");
        SOP_CLASSES.forEach(sopClass -> request.addPresentationContextFor(sopClass, UID.ExplicitVRLittleEndian));
        request.addRoleSelection(new RoleSelection(UID.HangingProtocolStorage, true, true));
        Session session = new Session(scu.connect(remote, request));
        sessions.add(session);
        return session;
    }

    /** Returns how many associations answer. */
    int echoAll() throws Exception {
        int answered = 0;
        for (Session session : sessions)
            if (session.echo() == Status.Success)
                answered++;
        return answered;
    }

    /** What came as sub-operations of C-GETs; it is forgotten here. */
    List<Attributes> takeReceived() {
        List<Attributes> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    @Override
    public void close() {
        sessions.forEach(session -> session.association.abort());
        threads.shutdownNow();
        timeouts.shutdownNow();
    }

    /** One association. Every operation returns its final status. */
    static final class Session {

        private final Association association;

        private Session(Association association) {
            this.association = association;
        }

        int echo() throws Exception {
            return finalStatus(association.cecho(), new ArrayList<>());
        }

        int store(Attributes dataset) throws Exception {
            return finalStatus(association.cstore(UID.HangingProtocolStorage, dataset.getString(Tag.SOPInstanceUID), 0,
                    new DataWriterAdapter(dataset), UID.ExplicitVRLittleEndian), new ArrayList<>());
        }

        /** SOP Instance UIDs of the matches. */
        List<String> find(Attributes keys) throws Exception {
            List<Attributes> matches = new ArrayList<>();
            int status = finalStatus(association.cfind(UID.HangingProtocolInformationModelFind, 0, keys, null, 0), matches);
            if (status != Status.Success)
                throw new AssertionError("C-FIND: " + Integer.toHexString(status));
            return matches.stream().map(match -> match.getString(Tag.SOPInstanceUID)).toList();
        }

        int get(String... uids) throws Exception {
            Attributes identifier = new Attributes();
            identifier.setString(Tag.SOPInstanceUID, VR.UI, uids);
            return finalStatus(association.cget(UID.HangingProtocolInformationModelGet, 0, identifier, null),
                    new ArrayList<>());
        }

        private static int finalStatus(DimseRSP response, List<Attributes> pending) throws Exception {
            while (response.next() && Status.isPending(response.getCommand().getInt(Tag.Status, -1)))
                pending.add(response.getDataset());
            return response.getCommand().getInt(Tag.Status, -1);
        }
    }
}
