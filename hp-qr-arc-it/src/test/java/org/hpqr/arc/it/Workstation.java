package org.hpqr.arc.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** A workstation: takes what the archive sends to it as AE title DEST or over an association of its own. */
final class Workstation implements AutoCloseable {

    private static final String[] SYNTAXES = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Device device = new Device("workstation");
    private final Connection connection;
    private final int archivePort;
    private final List<Attributes> received = new CopyOnWriteArrayList<>();
    private volatile Hold hold = new Hold(new CountDownLatch(0), new CountDownLatch(0));

    private record Hold(CountDownLatch arrival, CountDownLatch end) {
    }

    /** The final status, and the data sets of the pending responses. */
    record Outcome(int status, List<Attributes> matches) {
    }

    Workstation(int port, int archivePort) throws Exception {
        this.archivePort = archivePort;
        connection = new Connection("dicom", "127.0.0.1", port);
        connection.setBindAddress("127.0.0.1");
        device.addConnection(connection);
        ApplicationEntity destination = entity("DEST");
        destination.setAssociationAcceptor(true);
        destination.addTransferCapability(new TransferCapability(null, UID.HangingProtocolStorage, Role.SCP, SYNTAXES));
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(new BasicCStoreSCP(UID.HangingProtocolStorage) {
            @Override
            protected void store(Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
                    throws IOException {
                Hold current = hold;
                current.arrival().countDown();
                try {
                    current.end().await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                received.add(data.readDataset(pc.getTransferSyntax()));
            }
        });
        device.setDimseRQHandler(services);
        device.setExecutor(threads);
        device.setScheduledExecutor(scheduler);
        device.bindConnections();
    }

    private ApplicationEntity entity(String title) {
        ApplicationEntity ae = device.getApplicationEntity(title);
        if (ae == null) {
            ae = new ApplicationEntity(title);
            device.addApplicationEntity(ae);
            ae.addConnection(connection);
        }
        return ae;
    }

    /** From now on what is sent here is not answered, until {@link #letGo}. */
    void hold() {
        hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
    }

    /** Waits until something is held. */
    void awaitHeld() throws InterruptedException {
        hold.arrival().await();
    }

    void letGo() {
        hold.end().countDown();
    }

    /** SOP Instance UIDs of what was sent here, which is then forgotten. */
    List<String> takeReceived() {
        List<String> uids = received.stream().map(dataset -> dataset.getString(Tag.SOPInstanceUID)).toList();
        received.clear();
        return uids;
    }

    /** Opens an association to an AE of the archive. */
    Session open(String callingAET, String calledAET) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET(calledAET);
        for (String sopClass : List.of(UID.Verification, UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet))
            for (String syntax : SYNTAXES)
                request.addPresentationContextFor(sopClass, syntax);
        request.addRoleSelection(new RoleSelection(UID.HangingProtocolStorage, true, true));
        return new Session(entity(callingAET).connect(new Connection("archive", "127.0.0.1", archivePort), request));
    }

    @Override
    public void close() {
        device.unbindConnections();
        threads.shutdownNow();
        scheduler.shutdownNow();
    }

    /** One association. */
    static final class Session implements AutoCloseable {

        private final Association association;

        private Session(Association association) {
            this.association = association;
        }

        void echo() throws Exception {
            association.cecho().next();
        }

        int store(Attributes dataset) throws Exception {
            return collect(association.cstore(UID.HangingProtocolStorage, dataset.getString(Tag.SOPInstanceUID), 0,
                    new DataWriterAdapter(dataset), UID.ExplicitVRLittleEndian)).status();
        }

        Outcome findAll() throws Exception {
            Attributes keys = new Attributes();
            keys.setNull(Tag.SOPInstanceUID, VR.UI);
            keys.setNull(Tag.HangingProtocolName, VR.SH);
            return collect(association.cfind(UID.HangingProtocolInformationModelFind, 0, keys, null, 0));
        }

        int get(String uid) throws Exception {
            return collect(association.cget(UID.HangingProtocolInformationModelGet, 0, identifier(uid), null)).status();
        }

        int move(String uid, String destination) throws Exception {
            return collect(association.cmove(UID.HangingProtocolInformationModelMove, 0, identifier(uid), null, destination))
                    .status();
        }

        private static Attributes identifier(String uid) {
            Attributes identifier = new Attributes();
            identifier.setString(Tag.SOPInstanceUID, VR.UI, uid);
            return identifier;
        }

        private static Outcome collect(DimseRSP rsp) throws Exception {
            List<Attributes> matches = new ArrayList<>();
            int status;
            do {
                rsp.next();
                status = rsp.getCommand().getInt(Tag.Status, -1);
                if (status == 0xFF00 && rsp.getDataset() != null)
                    matches.add(rsp.getDataset());
            } while (status == 0xFF00);
            return new Outcome(status, matches);
        }

        @Override
        public void close() throws Exception {
            association.release();
            association.waitForSocketClose();
        }
    }
}
