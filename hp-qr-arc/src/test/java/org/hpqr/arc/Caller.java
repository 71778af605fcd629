package org.hpqr.arc;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/** Opens an association to a device of the test and hands out the device's end of it. */
final class Caller implements AutoCloseable {

    static final String AE_TITLE = "CALLER";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Device called;
    private final Association association;
    private final Association accepted;

    Caller(Device called, String calledAET) throws Exception {
        this(called, calledAET, null);
    }

    /** @param identity of the user; {@code null} for none */
    Caller(Device called, String calledAET, UserIdentityRQ identity) throws Exception {
        this.called = called;
        called.setExecutor(threads);
        called.setScheduledExecutor(scheduler);
        called.getApplicationEntity(calledAET, true).addTransferCapability(new TransferCapability(null, UID.Verification,
                TransferCapability.Role.SCP, UID.ImplicitVRLittleEndian));
        BlockingQueue<Association> requested = new LinkedBlockingQueue<>();
        called.setAssociationHandler(new AssociationHandler() {
            @Override
            protected AAssociateAC makeAAssociateAC(Association as, AAssociateRQ rq, UserIdentityAC userIdentity)
                    throws IOException {
                requested.add(as);
                return super.makeAAssociateAC(as, rq, userIdentity);
            }
        });
        called.bindConnections();

        Device device = new Device("caller");
        device.setExecutor(threads);
        device.setScheduledExecutor(scheduler);
        Connection local = new Connection();
        device.addConnection(local);
        ApplicationEntity ae = new ApplicationEntity(AE_TITLE);
        device.addApplicationEntity(ae);
        ae.addConnection(local);
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET(calledAET);
        request.setUserIdentityRQ(identity);
        request.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
        association = ae.connect(called.listConnections().get(0), request);
        accepted = requested.poll(10, TimeUnit.SECONDS);
    }

    /** The association as the called device sees it. */
    Association accepted() {
        return accepted;
    }

    @Override
    public void close() throws Exception {
        association.release();
        association.waitForSocketClose();
        called.unbindConnections();
        threads.shutdownNow();
        scheduler.shutdownNow();
    }
}
