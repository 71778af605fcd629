package org.hpqr.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;

/** An SCU with any number of associations, each kept open. */
final class OpenAssociations implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();
    private final ApplicationEntity scu = new ApplicationEntity("WS1");
    private final Connection remote;
    private final List<Association> open = new ArrayList<>();

    OpenAssociations(int port) {
        Device device = new Device("scu");
        Connection connection = new Connection(null, "127.0.0.1");
        device.addConnection(connection);
        device.addApplicationEntity(scu);
        device.setExecutor(threads);
        device.setScheduledExecutor(timeouts);
        scu.addConnection(connection);
        remote = new Connection(null, "127.0.0.1", port);
    }

    void open() throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("HPQR");
        request.addPresentationContext(new PresentationContext(1, UID.Verification, UID.ImplicitVRLittleEndian));
        open.add(scu.connect(remote, request));
    }

    /** Returns how many were answered with success. */
    int echoAll() throws Exception {
        int answered = 0;
        for (Association association : open) {
            DimseRSP response = association.cecho();
            response.next();
            if (response.getCommand().getInt(Tag.Status, -1) == Status.Success)
                answered++;
        }
        return answered;
    }

    @Override
    public void close() {
        open.forEach(Association::abort);
        threads.shutdownNow();
        timeouts.shutdownNow();
    }
}
