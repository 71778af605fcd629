package org.hpqr.testkit.dicom;

import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.TransferCapability;
import org.hpqr.testkit.FreePort;

/** A Storage SCP that objects are moved to, and that misbehaves as a test wants. */
public class Destination implements AutoCloseable {

    public static final String AE_TITLE = "DEST";

    public final int port = FreePort.find();
    public final StoreReceiver receiver = new StoreReceiver();
    public final Connection connection = new Connection("dicom", "127.0.0.1", port);
    public final ApplicationEntity ae = new ApplicationEntity(AE_TITLE);
    private final ServiceDevice device = new ServiceDevice("destination", receiver);

    public Destination(String sopClass, String... transferSyntaxes) throws Exception {
        connection.setBindAddress("127.0.0.1");
        ae.addConnection(connection);
        ae.setAssociationAcceptor(true);
        ae.addTransferCapability(new TransferCapability(null, sopClass, TransferCapability.Role.SCP, transferSyntaxes));
        device.addConnection(connection);
        device.addApplicationEntity(ae);
        device.bindConnections();
    }

    public Destination() throws Exception {
        this(UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian);
    }

    /** Rejects associations as long as one is open. */
    public void takeOneAssociationOnly() {
        device.setLimitOpenAssociations(1);
    }

    @Override
    public void close() {
        device.close();
    }
}
