package org.hpqr.bench.floor;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4che3.net.service.DicomServiceRegistry;

/**
 * Opens the ports of the floors: {@code bench.floor} for DICOM, {@code bench.control} for {@link FloorControl}. Toolkit,
 * kind of threads, PDU length and socket options are those of the standalone server.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FloorServer {

    private static final int PDU_LENGTH = 16_378;
    private static final int MAX_THREADS = 1_000;

    @Resource
    private ManagedThreadFactory threadFactory;

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    private final Device device = new Device("floor");
    private ExecutorService threads;
    private ScheduledThreadPoolExecutor timeouts;
    private FloorControl control;

    @PostConstruct
    void start() {
        threads = new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threadFactory);
        timeouts = new ScheduledThreadPoolExecutor(1, threadFactory);
        Constants constants = new Constants();
        device.setExecutor(threads);
        device.setScheduledExecutor(timeouts);
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(new ConstantFind(constants));
        services.addDicomService(new ConstantGet(constants));
        services.addDicomService(new ConstantMove(constants, Integer.getInteger("bench.destination")));
        device.setDimseRQHandler(services);
        Connection connection = connection();
        device.addConnection(connection);
        device.addApplicationEntity(applicationEntity(connection));
        try {
            device.bindConnections();
            control = new FloorControl(Integer.getInteger("bench.control"), constants,
                    new BareLoops(dataSource, threads));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a port of the floors cannot be opened", e);
        }
    }

    private static Connection connection() {
        Connection connection = new Connection("floor", "127.0.0.1", Integer.getInteger("bench.floor"));
        connection.setBindAddress("127.0.0.1");
        connection.setClientBindAddress("0.0.0.0");
        connection.setTcpNoDelay(true);
        connection.setReceivePDULength(PDU_LENGTH);
        connection.setSendPDULength(PDU_LENGTH);
        return connection;
    }

    private static ApplicationEntity applicationEntity(Connection connection) {
        ApplicationEntity ae = new ApplicationEntity("HPQR");
        ae.addConnection(connection);
        ae.setAssociationAcceptor(true);
        ae.setAssociationInitiator(true);
        String[] transferSyntaxes = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};
        Stream.of(UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                        UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet)
                .forEach(sopClass -> ae.addTransferCapability(
                        new TransferCapability(null, sopClass, Role.SCP, transferSyntaxes)));
        ae.addTransferCapability(new TransferCapability(null, UID.HangingProtocolStorage, Role.SCU, transferSyntaxes));
        return ae;
    }

    @PreDestroy
    void stop() {
        device.unbindConnections();
        control.stop();
        threads.shutdownNow();
        timeouts.shutdownNow();
    }
}
