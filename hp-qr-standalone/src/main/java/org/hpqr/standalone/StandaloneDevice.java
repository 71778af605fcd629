package org.hpqr.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.hpqr.commitment.StorageCommitment;
import org.hpqr.dimse.SocketWatchdog;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.standalone.socket.DicomPort;
import org.hpqr.standalone.socket.PduLimits;
import org.hpqr.standalone.socket.PeerSockets;
import org.hpqr.standalone.socket.Tls;
import org.hpqr.standalone.socket.TlsClient;

/** Makes the device of the server: its ports, its one AE, the SOP classes it offers. */
final class StandaloneDevice {

    /** Asynchronous operations window (PS3.7 D.3.3.3) that is agreed to, in both directions, where a peer asks for one. */
    private static final int MAX_OPERATIONS = 16;

    private StandaloneDevice() {
    }

    /**
     * Makes the device.
     *
     * @param peers    counts the connections that come in
     * @param watchdog of what is written to peers
     * @param tls      {@code null} for none
     * @param logins   of the users that peers name
     */
    static Device of(Configuration configuration, PeerSockets peers, SocketWatchdog watchdog, Tls tls, Logins logins) {
        Device device = new Device("hp-qr");
        device.setInstalled(true);
        device.setLimitOpenAssociations(configuration.get(ServerSettings.MAX_ASSOCIATIONS));
        device.setAssociationHandler(new StandaloneAssociations(new UserIdentity(configuration, logins)));
        connections(configuration, peers, watchdog, tls).forEach(device::addConnection);
        device.addApplicationEntity(applicationEntity(configuration, device.listConnections()));
        return device;
    }

    private static List<Connection> connections(Configuration configuration, PeerSockets peers, SocketWatchdog watchdog, Tls tls) {
        String address = configuration.get(ServerSettings.BIND_ADDRESS);
        PduLimits limits = new PduLimits(configuration.get(ServerSettings.MAX_PDU_LENGTH),
                configuration.get(ServerSettings.MAX_ASSOCIATION_REQUEST), configuration.get(ServerSettings.MAX_COMMAND_SIZE),
                Duration.ofSeconds(configuration.get(HpSettings.SEND_TIMEOUT)));
        int port = configuration.get(ServerSettings.PORT);
        List<Connection> connections = new ArrayList<>();
        // also if it does not listen, as associations to move destinations go out by it
        DicomPort plain = new DicomPort("dicom", address, port == 0 ? Connection.NOT_LISTENING : port, limits, peers,
                watchdog, null);
        connections.add(plain);
        if (tls != null) {
            connections.add(new TlsClient("dicom-tls-client", tls, plain, limits, watchdog));
            if (configuration.get(TlsSettings.PORT) > 0)
                connections.add(new DicomPort("dicom-tls", address, configuration.get(TlsSettings.PORT), limits, peers, watchdog,
                        tls));
        }
        connections.forEach(connection -> configure(connection, configuration));
        return connections;
    }

    private static void configure(Connection connection, Configuration configuration) {
        // outgoing associations leave through whatever interface leads to their destination
        connection.setClientBindAddress("0.0.0.0");
        // requests and responses are small and answered one by one: Nagle's algorithm would delay each
        connection.setTcpNoDelay(true);
        int pduLength = configuration.get(ServerSettings.MAX_PDU_LENGTH);
        connection.setReceivePDULength(pduLength);
        // fragments have an even length (PS3.8 E.1), and the rest of a PDU is even
        connection.setSendPDULength(pduLength & ~1);
        connection.setMaxOpsInvoked(MAX_OPERATIONS);
        connection.setMaxOpsPerformed(MAX_OPERATIONS);
        connection.setRequestTimeout(millis(configuration, ServerSettings.REQUEST_TIMEOUT));
        connection.setIdleTimeout(millis(configuration, ServerSettings.IDLE_TIMEOUT));
        connection.setReleaseTimeout(millis(configuration, ServerSettings.RELEASE_TIMEOUT));
        connection.setConnectTimeout(millis(configuration, HpSettings.CONNECT_TIMEOUT));
        connection.setAcceptTimeout(millis(configuration, HpSettings.CONNECT_TIMEOUT));
    }

    private static int millis(Configuration configuration, Setting<Integer> seconds) {
        return (int) TimeUnit.SECONDS.toMillis(configuration.get(seconds));
    }

    private static ApplicationEntity applicationEntity(Configuration configuration, List<Connection> connections) {
        ApplicationEntity ae = new StandaloneAe(configuration.get(ServerSettings.AE_TITLE));
        connections.forEach(ae::addConnection);
        ae.setAssociationAcceptor(true);
        ae.setAssociationInitiator(true);
        ae.setAcceptedCallingAETitles(configuration.get(ServerSettings.ACCEPTED_CALLING_AES).toArray(String[]::new));
        String[] transferSyntaxes = transferSyntaxes(configuration);
        ae.setPreferredTransferSyntaxes(transferSyntaxes);
        Stream.of(UID.Verification, UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                        UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet)
                .forEach(sopClass -> ae.addTransferCapability(
                        new TransferCapability(null, sopClass, Role.SCP, transferSyntaxes)));
        // the sub-operations of C-GET: the requester takes the SCP role (PS3.4 C.5.3)
        ae.addTransferCapability(
                new TransferCapability(null, UID.HangingProtocolStorage, Role.SCU, transferSyntaxes));
        ae.addTransferCapability(new TransferCapability(null, StorageCommitment.SOP_CLASS, Role.SCP, transferSyntaxes));
        return ae;
    }

    /** In the order of preference: what names its value representations keeps private elements what they are. */
    private static String[] transferSyntaxes(Configuration configuration) {
        List<String> transferSyntaxes = new ArrayList<>(List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
        if (configuration.get(ServerSettings.DEFLATED))
            transferSyntaxes.add(UID.DeflatedExplicitVRLittleEndian);
        if (configuration.get(ServerSettings.BIG_ENDIAN))
            transferSyntaxes.add(UID.ExplicitVRBigEndian);
        return transferSyntaxes.toArray(String[]::new);
    }
}
