package org.hpqr.dimse;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.hpqr.access.AccessRules;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.database.CommitSync;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.SchemaMigration;
import org.hpqr.monitor.OperationMetrics;
import org.hpqr.service.Admission;
import org.hpqr.service.Caller;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.service.Lookup;
import org.hpqr.service.RecentFinds;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.Setting;
import org.hpqr.spi.Settings;
import org.hpqr.spi.User;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.HangingProtocolReceiver;
import org.hpqr.store.OrphanRecovery;
import org.hpqr.store.StorageSweep;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.dicom.Peer;

/**
 * The four services on a loopback port, wired as a container wires them, with ports whose answers a test can choose. It
 * listens when it has been made.
 */
class TestServer implements AutoCloseable {

    static final String AE_TITLE = Peer.SERVER_AE_TITLE;
    /** Bytes of all large data sets of requests together; a test stores an object of 32 MB. */
    static final int REQUEST_MEMORY = 40 << 20;
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final String[] TRANSFER_SYNTAXES = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian,
        UID.DeflatedExplicitVRLittleEndian, UID.ExplicitVRBigEndian};

    final TestDatabase database;
    final MemoryStorage storage = new MemoryStorage();
    final Map<Setting<?>, Object> settings = new ConcurrentHashMap<>();
    final Map<String, ApplicationEntity> destinations = new ConcurrentHashMap<>();
    final OperationMetrics metrics = new OperationMetrics();
    private final RequestMemory memory = new RequestMemory(REQUEST_MEMORY);
    final List<String> audited = new CopyOnWriteArrayList<>();
    volatile AeDirectory directory = title -> Optional.ofNullable(destinations.get(title));
    volatile boolean authorized = true;
    volatile boolean moveAllowed = true;
    /** Whom peers name; {@code null}: nobody. */
    volatile User user;
    /** {@code null}: every object may be stored. */
    volatile HpFailure storeRefusal;
    volatile boolean schemaReady = true;
    /** The database cannot make durable what it has committed. */
    volatile boolean diskFails;
    /** What a look-up of the objects that a retrieve asks for is. */
    volatile UnaryOperator<Lookup> lookups = UnaryOperator.identity();
    final HangingProtocolRepository repository;
    final Catalogue catalogue;
    final HangingProtocolService service;
    final Inventory inventory;
    final StorageSweep sweep;
    final int port;

    /** Called by the thread that tells the audit trail something. */
    volatile Runnable onAudit = () -> { };
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Device device = new Device("test");
    private final PeerWatchdog watchdog;
    final RecentFinds recentFinds;
    final ScpContext context;
    private final AccessPolicy policy;
    private final SchemaMigration schema;
    final ActiveOperations activeOperations = new ActiveOperations();
    private final DicomServiceRegistry services = new DicomServiceRegistry();
    private final ApplicationEntity ae = new ApplicationEntity(AE_TITLE);

    TestServer() throws Exception {
        this(UnaryOperator.identity(), TestServer::catalogue);
    }

    /**
     * @param repositories makes of a working repository the one the services use
     * @param catalogues   makes the catalogue
     */
    TestServer(UnaryOperator<HangingProtocolRepository> repositories, Function<DataSource, Catalogue> catalogues)
            throws Exception {
        this(new TestDatabase(), repositories, catalogues);
    }

    /** As the other constructor, with this database, which is closed with the server. */
    TestServer(TestDatabase database, UnaryOperator<HangingProtocolRepository> repositories,
               Function<DataSource, Catalogue> catalogues) throws Exception {
        this(database, repositories, catalogues, Executors.newCachedThreadPool());
    }

    /** @param executor of the device; it is shut down with the server */
    TestServer(ExecutorService executor) throws Exception {
        this(new TestDatabase(), UnaryOperator.identity(), TestServer::catalogue, executor);
    }

    private TestServer(TestDatabase database, UnaryOperator<HangingProtocolRepository> repositories,
                       Function<DataSource, Catalogue> catalogues, ExecutorService executor) throws Exception {
        this.executor = executor;
        this.database = database;
        repository = repositories.apply(database.repository());
        inventory = database.inventory();
        catalogue = catalogues.apply(database.source());
        port = FreePort.find();
        Settings lookup = new GivenSettings(settings);
        policy = new AccessPolicy() {
            @Override
            public boolean mayInvoke(Association association, Dimse operation) {
                return authorized;
            }

            @Override
            public Optional<User> user(Association association) {
                return Optional.ofNullable(user);
            }

            @Override
            public boolean mayMoveTo(Association association, String destination) {
                return moveAllowed;
            }

            @Override
            public void checkStore(String calledAET, Attributes object) throws HpFailure {
                if (storeRefusal != null)
                    throw storeRefusal;
            }
        };
        schema = new SchemaMigration() {
            @Override
            public boolean isReady() {
                return schemaReady;
            }
        };
        ExternalStorage external = new ExternalStorage(storage);
        ObjectReader reader = new ObjectReader(external, repository);
        AuditTrail audit = new Audit();
        Admission admission = new Admission();
        recentFinds = new RecentFinds(lookup);
        watchdog = new PeerWatchdog(lookup, scheduler);
        watchdog.start();

        CommitSync commits = new CommitSync(database.dataSource) {
            @Override
            public void sync() throws SQLException {
                if (diskFails)
                    throw new SQLException("the test lets the disk fail");
                super.sync();
            }
        };
        HangingProtocolReceiver receiver =
                new HangingProtocolReceiver(external, repository, reader, lookup, policy, commits, catalogue);
        service = new HangingProtocolService(catalogue, repository, receiver, reader, database.history(), commits, lookup,
                new AccessRules(lookup)) {
            @Override
            public Lookup lookup(Caller caller) {
                return lookups.apply(super.lookup(caller));
            }
        };
        sweep = new StorageSweep(external, repository, inventory, receiver, new OrphanRecovery(external, repository, reader, lookup));
        context = new ScpContext(policy, watchdog, schema, activeOperations, metrics, memory, lookup);
        services.addDicomService(new BasicCEchoSCP());
        services.addDicomService(new HangingProtocolStoreScp(context, service, lookup, audit));
        services.addDicomService(new HangingProtocolFindScp(context, service, lookup, audit, admission, recentFinds));
        services.addDicomService(new HangingProtocolGetScp(context, service, lookup, audit, admission, watchdog));
        services.addDicomService(new HangingProtocolMoveScp(context, service, lookup, audit, admission,
                title -> directory.find(title), policy, watchdog));

        Connection connection = new Connection("dicom", "127.0.0.1", port);
        connection.setBindAddress("127.0.0.1");
        connection.setMaxOpsInvoked(0);
        connection.setMaxOpsPerformed(0);
        device.addConnection(connection);
        ae.addConnection(connection);
        ae.setAssociationAcceptor(true);
        for (String sopClass : List.of(UID.Verification, UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet))
            ae.addTransferCapability(new TransferCapability(null, sopClass, TransferCapability.Role.SCP, TRANSFER_SYNTAXES));
        ae.addTransferCapability(storageScu());
        device.addApplicationEntity(ae);
        device.setDimseRQHandler(services);
        device.setExecutor(executor);
        device.setScheduledExecutor(scheduler);
        device.bindConnections();
    }

    /** A catalogue of a database. */
    static Catalogue catalogue(DataSource dataSource) {
        return new Catalogue(dataSource, Thread::new, TimeUnit.HOURS.toNanos(1));
    }

    /** Puts a service in the place of the one for its SOP class. */
    void replaceService(HangingProtocolScp service) {
        services.addDicomService(service);
    }

    /** From now on, as an AE that is configured so: whatever title a peer calls, it is meant. */
    void answerToAnyCalledTitle() {
        ae.setAETitle("*");
    }

    /** Makes a destination known to the directory. */
    void addDestination(String title, String host, int destinationPort) {
        addDestination(title, new Connection("dicom", host, destinationPort));
    }

    /** Makes a destination known to the directory, with whatever connection; {@code null} for none. */
    void addDestination(String title, Connection connection) {
        Device remote = new Device("destination-" + title);
        ApplicationEntity destination = new ApplicationEntity(title);
        remote.addApplicationEntity(destination);
        if (connection != null) {
            remote.addConnection(connection);
            destination.addConnection(connection);
        }
        destinations.put(title, destination);
    }

    /** Waits until the audit trail was told so. */
    void awaitAudit(String event) throws InterruptedException {
        awaitAudit(event::equals);
    }

    /** As {@link #awaitAudit(String)}. */
    void awaitAudit(Predicate<String> event) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (audited.stream().noneMatch(event)) {
            if (System.nanoTime() - deadline > 0)
                throw new AssertionError("what was waited for is not in " + audited);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits until no association of a requester is open. */
    void awaitPeerGone() throws InterruptedException {
        await("no association of a requester", () -> acceptedAssociations() == 0);
    }

    /** Waits until no association to a destination is open either. */
    void awaitNoAssociation() throws InterruptedException {
        await("no association", () -> device.listOpenAssociations().length == 0);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0)
                throw new AssertionError("waited in vain for: " + what);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static TransferCapability storageScu() {
        return new TransferCapability(null, UID.HangingProtocolStorage, TransferCapability.Role.SCU, TRANSFER_SYNTAXES);
    }

    /** The association of the only requester, after those of earlier ones have ended. */
    Association acceptedAssociation() throws InterruptedException {
        await("one association of a requester", () -> acceptedAssociations() == 1);
        return Arrays.stream(device.listOpenAssociations()).filter(as -> !as.isRequestor()).findFirst().orElseThrow();
    }

    /** Whether the AE declines to be the SCU of Hanging Protocol Storage. */
    void refuseScpRole(boolean refuse) {
        if (refuse)
            ae.removeTransferCapabilityFor(UID.HangingProtocolStorage, TransferCapability.Role.SCU);
        else
            ae.addTransferCapability(storageScu());
    }

    void setRoleSelectionLenient(boolean lenient) {
        device.setRoleSelectionNegotiationLenient(lenient);
    }

    private long acceptedAssociations() {
        return Arrays.stream(device.listOpenAssociations()).filter(as -> !as.isRequestor()).count();
    }

    @Override
    public void close() {
        device.unbindConnections();
        // a thread of the toolkit that waits for operations to end before a release never stops when it is interrupted
        for (Association association : device.listOpenAssociations())
            association.abort();
        watchdog.stop();
        scheduler.shutdownNow();
        executor.shutdownNow();
        catalogue.close();
        database.close();
    }

    private final class Audit implements AuditTrail {

        @Override
        public void stored(Association association, String sopInstanceUid, boolean replaced, HpStatus outcome) {
            onAudit.run();
            audited.add("stored " + sopInstanceUid + " " + replaced + " " + outcome);
        }

        @Override
        public void queried(Association association, byte[] identifier, String transferSyntax, int matches, HpStatus outcome) {
            onAudit.run();
            audited.add("queried " + matches + " " + outcome);
        }

        @Override
        public void retrieveBegun(Association association, String destination, List<String> sopInstanceUids) {
            audited.add("begun " + destination + " " + sopInstanceUids.size());
        }

        @Override
        public void retrieveEnded(Association association, String destination, List<String> sent, List<String> failed,
                                  HpStatus outcome) {
            onAudit.run();
            audited.add("ended " + destination + " " + sent.size() + " " + failed.size() + " " + outcome);
        }
    }
}
