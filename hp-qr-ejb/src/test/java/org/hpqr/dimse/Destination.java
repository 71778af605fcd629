package org.hpqr.dimse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** A Storage SCP that objects are moved to, and that misbehaves as a test wants. */
public class Destination implements AutoCloseable {

    public static final String AE_TITLE = "DEST";
    public static final int ABORT = -1;

    public final int port = TestServer.freePort();
    public final List<Attributes> commands = new CopyOnWriteArrayList<>();
    public final List<Attributes> received = new CopyOnWriteArrayList<>();
    public final List<Association> associations = new CopyOnWriteArrayList<>();
    /** Answers a C-STORE: its number from 1, its command; returns the status, or {@link #ABORT}. */
    public volatile BiFunction<Integer, Attributes, Integer> answer = (number, command) -> 0;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Device device = new Device("destination");

    public Destination(String sopClass, String... transferSyntaxes) throws Exception {
        Connection connection = new Connection("dicom", "127.0.0.1", port);
        connection.setBindAddress("127.0.0.1");
        ApplicationEntity ae = new ApplicationEntity(AE_TITLE);
        ae.addConnection(connection);
        ae.setAssociationAcceptor(true);
        ae.addTransferCapability(new TransferCapability(null, sopClass, TransferCapability.Role.SCP, transferSyntaxes));
        device.addConnection(connection);
        device.addApplicationEntity(ae);
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(new Receiving());
        device.setDimseRQHandler(services);
        device.setExecutor(executor);
        device.setScheduledExecutor(scheduler);
        device.bindConnections();
    }

    public Destination() throws Exception {
        this(UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian);
    }

    @Override
    public void close() {
        device.unbindConnections();
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    private final class Receiving extends BasicCStoreSCP {

        private Receiving() {
            super(UID.HangingProtocolStorage);
        }

        @Override
        protected void store(Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
                throws IOException {
            if (!associations.contains(as))
                associations.add(as);
            received.add(data.readDataset(pc.getTransferSyntax()));
            commands.add(new Attributes(rq));
            int status = answer.apply(commands.size(), rq);
            if (status == ABORT) {
                as.getSocket().close();
                throw new IOException("aborted");
            }
            if (status != 0)
                throw new DicomServiceException(status);
        }
    }
}
