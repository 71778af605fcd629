package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.hpqr.commitment.CommitmentRequest;
import org.hpqr.commitment.CommitmentResult;
import org.hpqr.commitment.StorageCommitment;
import org.hpqr.dimse.PeerWatchdog;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.standalone.commitment.StorageCommitmentScp;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storage commitment over TCP (PS3.4 J.3): the SCU asks, and is told on the same association or on a new one. */
class StorageCommitmentScpTest {

    private static final String INSTANCE = "1.2.840.10008.1.20.1.1";
    private static final String TRANSACTION = "2.25.100";
    private static final int REQUESTS_AT_A_TIME = 4;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final CountDownLatch mayCommit = new CountDownLatch(1);
    private final Device device = new Device("scu");
    private final ApplicationEntity scu = new ApplicationEntity("WS1");
    private final Connection local = new Connection(null, "127.0.0.1");
    private volatile boolean authorized = true;
    private volatile int answer;
    private volatile boolean silent;
    private Connection remote;
    private DicomServer server;
    private PeerWatchdog watchdog;

    /** What an N-EVENT-REPORT brought. */
    private record Report(Association association, int eventType, Attributes information) {
    }

    @BeforeEach
    void start() throws Exception {
        local.setPort(FreePort.find());
        startServer(Map.of());
        device.addConnection(local);
        device.addApplicationEntity(scu);
        device.setExecutor(threads);
        device.setScheduledExecutor(timeouts);
        scu.addConnection(local);
        scu.setAssociationAcceptor(true);
        scu.addTransferCapability(new TransferCapability(null, StorageCommitment.SOP_CLASS, TransferCapability.Role.SCU,
                UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian));
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(new AbstractDicomService(StorageCommitment.SOP_CLASS) {
            @Override
            protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes command, Attributes data)
                    throws IOException {
                assertEquals(Dimse.N_EVENT_REPORT_RQ, dimse);
                assertEquals(INSTANCE, command.getString(Tag.AffectedSOPInstanceUID));
                reports.add(new Report(as, command.getInt(Tag.EventTypeID, 0), data));
                if (!silent)
                    as.writeDimseRSP(pc, Commands.mkNEventReportRSP(command, as.isRequestor() ? answer : 0));
            }
        });
        device.setDimseRQHandler(services);
        device.bindConnections();
    }

    private void startServer(Map<String, String> settings) throws Exception {
        Configuration configuration = TestConfiguration.of(settings);
        StorageCommitment commitment = new StorageCommitment() {
            @Override
            public CommitmentResult commit(CommitmentRequest request) {
                try {
                    mayCommit.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return new CommitmentResult(request.transactionUid(), request.references(), Map.of());
            }
        };
        AccessPolicy policy = new AccessPolicy() {
            @Override
            public boolean mayInvoke(Association association, Dimse operation) {
                return authorized;
            }

            @Override
            public boolean mayMoveTo(Association association, String destination) {
                return true;
            }
        };
        watchdog = new PeerWatchdog(configuration, timeouts);
        watchdog.start();
        server = new DicomServer(configuration, null, Logins.NONE, List.of(new StorageCommitmentScp(commitment, configuration, policy,
                new ConfiguredDirectory(ConfiguredDestination.parseList("WS1=127.0.0.1:" + local.getPort()), null), watchdog)), Thread::new);
        server.start();
        remote = new Connection(null, "127.0.0.1", configuration.get(ServerSettings.PORT));
    }

    private void stopServer() {
        mayCommit.countDown();
        server.stop();
        watchdog.stop();
    }

    @AfterEach
    void stop() {
        stopServer();
        device.unbindConnections();
        threads.shutdownNow();
        timeouts.shutdownNow();
    }

    @Test
    void reportComesOnTheAssociationOfTheRequestAsLongAsThatIsOpen() throws Exception {
        mayCommit.countDown();
        Association association = open();

        assertEquals(0, ask(association, request()));

        Report report = report();
        assertEquals(association, report.association());
        assertEquals(1, report.eventType());
        assertEquals(request(), report.information());
        association.release();
    }

    @Test
    void reportComesOnANewAssociationIfThatIsReleased() throws Exception {
        Association association = open();
        assertEquals(0, ask(association, request()));
        association.release();
        association.waitForSocketClose();
        mayCommit.countDown();

        Report report = report();

        assertNotEquals(association, report.association());
        assertEquals("HPQR", report.association().getCallingAET());
        assertEquals(request(), report.information());
    }

    /** PS3.4 J.3.3 leaves it to the SCP which association it takes; not every SCU takes a report on its own. */
    @Test
    void reportComesOnANewAssociationIfItIsRefusedOnTheFirst() throws Exception {
        mayCommit.countDown();
        answer = 0x0110;
        Association association = open();

        assertEquals(0, ask(association, request()));

        assertEquals(association, report().association());
        assertNotEquals(association, report().association());
        association.release();
    }

    /** N-ACTION statuses of PS3.7 10.1.4.1.10. */
    @ParameterizedTest
    @CsvSource({"2.25.1, 1, true, 0112", INSTANCE + ", 2, true, 0123", INSTANCE + ", 1, false, 0124"})
    void requestThatIsNoneIsRefused(String instance, int action, boolean mayAsk, String status) throws Exception {
        authorized = mayAsk;
        Association association = open();
        DimseRSP response = association.naction(StorageCommitment.SOP_CLASS, instance, action, request(), null);
        response.next();

        assertEquals(status, String.format("%04X", response.getCommand().getInt(Tag.Status, -1)));
        association.release();
    }

    @Test
    void requestWithoutATransactionUidIsRefused() throws Exception {
        Attributes request = request();
        request.remove(Tag.TransactionUID);
        Association association = open();

        assertEquals(0x0115, ask(association, request));
        association.release();
    }

    @Test
    void requestsAtATimeAreBounded() throws Exception {
        Association association = open();
        for (int i = 0; i < REQUESTS_AT_A_TIME; i++)
            assertEquals(0, ask(association, request()));

        assertEquals(0x0213, ask(association, request()));

        mayCommit.countDown();
        for (int i = 0; i < REQUESTS_AT_A_TIME; i++)
            report();
        association.release();
    }

    /** No association outlives its time limits, whatever the peer does (PS3.8 9.1.5). */
    @Test
    void actionInformationThatDoesNotComeEndsTheAssociation() throws Exception {
        stopServer();
        startServer(Map.of("hpqr.receive-timeout", "1"));
        try (RawPeer peer = new RawPeer(remote.getPort(), StorageCommitment.SOP_CLASS)) {
            peer.sendCommand(0, Commands.mkNActionRQ(1, StorageCommitment.SOP_CLASS, INSTANCE, 1, request()), 0);
            peer.sendFragment(0, 0, new byte[2], 0, 2);
            assertEquals(RawPeer.A_ABORT, peer.readPdu().type());
        }
    }

    /** Nothing more can be invoked on an association on which a response is outstanding (PS3.7 D.3.3.3). */
    @Test
    void reportThatIsNotAnsweredEndsBothAssociations() throws Exception {
        stopServer();
        startServer(Map.of("hpqr.store-response-timeout", "1"));
        silent = true;
        Association association = open();
        assertEquals(0, ask(association, request()));
        assertEquals(association, report().association());
        Association second = report().association();
        assertNotEquals(association, second);

        assertThrows(AAbort.class, association::waitForSocketClose);
        assertThrows(AAbort.class, second::waitForSocketClose);
    }

    private Association open() throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("HPQR");
        request.addPresentationContext(new PresentationContext(1, StorageCommitment.SOP_CLASS, UID.ImplicitVRLittleEndian));
        return scu.connect(local, remote, request);
    }

    /** The status of the N-ACTION. */
    private static int ask(Association association, Attributes request) throws Exception {
        DimseRSP response = association.naction(StorageCommitment.SOP_CLASS, INSTANCE, 1, request, null);
        response.next();
        return response.getCommand().getInt(Tag.Status, -1);
    }

    private Report report() throws InterruptedException {
        Report report = reports.poll(120, TimeUnit.SECONDS);
        assertNotNull(report, "no report came");
        return report;
    }

    private static Attributes request() {
        Attributes request = new Attributes();
        request.setString(Tag.TransactionUID, VR.UI, TRANSACTION);
        Sequence references = request.newSequence(Tag.ReferencedSOPSequence, 1);
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.HangingProtocolStorage);
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "2.25.1");
        references.add(item);
        return request;
    }
}
