package org.hpqr.toolkit;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** One application entity that listens at a free port of this machine. */
final class DicomNode implements AutoCloseable {

    /** The next one to try: below those that the system gives to clients, and those of the other modules' tests. */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(10_000 + (int) (ProcessHandle.current().pid() % 9_000));

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Connection connection;
    final ApplicationEntity ae;

    DicomNode(String aet, DicomService... services) throws Exception {
        this(aet, device -> { }, services);
    }

    /** @param setup changes the device before it listens */
    DicomNode(String aet, Consumer<Device> setup, DicomService... services) throws Exception {
        connection = new Connection("dicom", "127.0.0.1", freePort());
        ae = new ApplicationEntity(aet);
        ae.addConnection(connection);
        ae.setAssociationAcceptor(true);
        ae.setAssociationInitiator(true);
        for (TransferCapability.Role role : TransferCapability.Role.values())
            ae.addTransferCapability(new TransferCapability(null, "*", role, "*"));
        DicomServiceRegistry registry = new DicomServiceRegistry();
        registry.addDicomService(new BasicCEchoSCP());
        for (DicomService service : services)
            registry.addDicomService(service);
        Device device = new Device(aet);
        device.addConnection(connection);
        device.addApplicationEntity(ae);
        device.setDimseRQHandler(registry);
        device.setExecutor(executor);
        device.setScheduledExecutor(scheduler);
        setup.accept(device);
        device.bindConnections();
    }

    /** An association to another node that offers the SOP class with the transfer syntax. */
    Association connect(DicomNode other, AAssociateRQ request) throws Exception {
        request.setCallingAET(ae.getAETitle());
        request.setCalledAET(other.ae.getAETitle());
        return ae.connect(other.connection, request);
    }

    int port() {
        return connection.getPort();
    }

    @Override
    public void close() {
        ae.getDevice().unbindConnections();
        executor.shutdownNow();
        scheduler.shutdownNow();
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(NEXT_PORT.getAndIncrement())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // taken: the next one
            }
        }
    }
}
