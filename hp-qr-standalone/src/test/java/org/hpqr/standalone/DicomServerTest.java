package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port of the standalone server and an SCU, over TCP. */
class DicomServerTest {

    /** PDU type (PS3.8 9.3.8). */
    private static final int A_ABORT = 7;

    private final CountDownLatch answerFind = new CountDownLatch(1);
    private final CountDownLatch findBegun = new CountDownLatch(1);
    private final ThreadGroup threads = new ThreadGroup("server");
    private final ApplicationEntity scu = new ApplicationEntity("WS1");
    private final ExecutorService scuThreads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scuTimeouts = Executors.newSingleThreadScheduledExecutor();
    private Connection remote;
    private DicomServer server;

    @BeforeEach
    void prepareScu() {
        Device device = new Device("scu");
        Connection connection = new Connection(null, "127.0.0.1");
        connection.setMaxOpsInvoked(0);
        device.addConnection(connection);
        device.addApplicationEntity(scu);
        device.setExecutor(scuThreads);
        device.setScheduledExecutor(scuTimeouts);
        scu.addConnection(connection);
    }

    @AfterEach
    void end() {
        answerFind.countDown();
        if (server != null)
            server.stop();
        scuThreads.shutdownNow();
        scuTimeouts.shutdownNow();
    }

    @Test
    void echoIsAnswered() throws Exception {
        start(Map.of());

        Association association = open(context(UID.Verification));

        assertEquals(Status.Success, echo(association));
        association.release();
    }

    @Test
    void neitherSideDelaysSmallPackets() throws Exception {
        start(Map.of());

        Association association = open(context(UID.Verification));
        assertEquals(Status.Success, echo(association));

        assertTrue(association.getSocket().getTcpNoDelay());
        for (Association accepted : server.device().listOpenAssociations())
            assertTrue(accepted.getSocket().getTcpNoDelay());
    }

    @ParameterizedTest
    @CsvSource({"WS1, true", "WS3, false"})
    void onlyAcceptedCallingAesGetAnAssociation(String calling, boolean accepted) throws Exception {
        start(Map.of("hpqr.accepted-calling-aes", "WS1,WS2"));

        AAssociateRQ request = context(UID.Verification);
        request.setCallingAET(calling);

        if (accepted)
            assertEquals(Status.Success, echo(open(request)));
        else
            assertEquals("permanent, by user, 3", rejection(request));
    }

    @Test
    void unknownCalledAeIsRejected() throws Exception {
        start(Map.of("hpqr.ae-title", "OTHER"));

        assertEquals("permanent, by user, 7", rejection(context(UID.Verification)));
    }

    /** PS3.4 K.5.1 for FIND; U.4.2, U.4.3 and GG.2 know none for the others. */
    @Clause({"K.5.1", "U.4.2", "U.4.3", "GG.2"})
    @ParameterizedTest
    @CsvSource({
        UID.HangingProtocolInformationModelFind + ", 010100,     010100",
        UID.HangingProtocolInformationModelFind + ", 010101,     010100",
        UID.HangingProtocolInformationModelFind + ", 000000,     010100",
        UID.HangingProtocolInformationModelFind + ", 01010001,   01010000",
        UID.HangingProtocolInformationModelFind + ", 0101000101, 01010000",
        UID.HangingProtocolInformationModelFind + ", 01,         ",
        UID.HangingProtocolInformationModelFind + ", '',         ",
        UID.HangingProtocolInformationModelMove + ", 01,         ",
        UID.HangingProtocolInformationModelGet + ",  01,         ",
        UID.HangingProtocolStorage + ",              020000,     ",
    })
    void extendedNegotiationIsAnsweredForFindOnly(String sopClass, String offered, String answered) throws Exception {
        start(Map.of());
        AAssociateRQ request = context(sopClass);
        request.addExtendedNegotiation(new ExtendedNegotiation(sopClass, bytes(offered)));

        ExtendedNegotiation answer = open(request).getAAssociateAC().getExtNegotiationFor(sopClass);

        if (answered == null)
            assertNull(answer);
        else
            assertArrayEquals(bytes(answered), answer.getInformation());
    }

    @Clause("K.5.1")
    @Test
    void findExtendedNegotiationIsNotAnsweredUnasked() throws Exception {
        start(Map.of());

        assertNull(open(context(UID.HangingProtocolInformationModelFind)).getAAssociateAC()
                .getExtNegotiationFor(UID.HangingProtocolInformationModelFind));
    }

    /** PS3.7 D.3.3.7.2: who does not support the negotiation does not answer it, and the association is not refused. */
    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true", "3, true", "4, true", "5, true"})
    void userIdentityIsAcceptedAndIgnored(int type, boolean asksForAResponse) throws Exception {
        start(Map.of());
        AAssociateRQ request = context(UID.Verification);
        request.setUserIdentityRQ(new UserIdentityRQ(type, asksForAResponse, bytes("00FF"), bytes("00FF")));

        Association association = open(request);

        // who asks for a response gets one from dcm4che, and none from the fork
        if (!asksForAResponse)
            assertNull(association.getAAssociateAC().getUserIdentityAC());
        assertEquals(Status.Success, echo(association));
    }

    /** Their numbers are odd and one byte long (PS3.8 9.3.2.2). */
    @Test
    void allPresentationContextsThereCanBeAreAnswered() throws Exception {
        start(Map.of());
        AAssociateRQ request = new AAssociateRQ();
        for (int id = 1; id < 256; id += 2)
            request.addPresentationContext(new PresentationContext(id, UID.Verification, UID.ImplicitVRLittleEndian));

        Association association = open(request);

        assertEquals(128, association.getAAssociateAC().getNumberOfPresentationContexts());
        assertEquals(Status.Success, echo(association));
    }

    /** PS3.7 D.3.3.4. */
    @Clause("D.3.3.4")
    @Test
    void requesterOfAGetMayTakeTheScpRole() throws Exception {
        start(Map.of());
        AAssociateRQ request = context(UID.HangingProtocolStorage);
        request.addRoleSelection(new RoleSelection(UID.HangingProtocolStorage, false, true));

        RoleSelection answer = open(request).getAAssociateAC().getRoleSelectionFor(UID.HangingProtocolStorage);

        assertFalse(answer.isSCU());
        assertTrue(answer.isSCP());
    }

    /** Implicit VR Little Endian is always accepted: PS3.5 10.1. */
    @Clause("PS3.5 10.1")
    @ParameterizedTest
    @CsvSource({
        "false, false, 1.2.840.10008.1.2\\1.2.840.10008.1.2.1,      1.2.840.10008.1.2.1",
        "false, false, 1.2.840.10008.1.2,                           1.2.840.10008.1.2",
        "false, false, 1.2.840.10008.1.2.1.99,                      ",
        "false, false, 1.2.840.10008.1.2.2,                         ",
        "true,  false, 1.2.840.10008.1.2.1.99,                      1.2.840.10008.1.2.1.99",
        "false, true,  1.2.840.10008.1.2.2,                         1.2.840.10008.1.2.2",
        "true,  true,  1.2.840.10008.1.2.1.99\\1.2.840.10008.1.2.1, 1.2.840.10008.1.2.1",
    })
    void transferSyntaxesAreThoseConfigured(String deflated, String bigEndian, String offered, String accepted)
            throws Exception {
        start(Map.of("hpqr.deflated", deflated, "hpqr.big-endian", bigEndian));
        AAssociateRQ request = new AAssociateRQ();
        request.addPresentationContext(new PresentationContext(1, UID.HangingProtocolStorage, offered.split("\\\\")));

        PresentationContext answer = open(request).getAAssociateAC().getPresentationContext(1);

        assertEquals(accepted != null, answer.isAccepted());
        if (accepted != null)
            assertEquals(accepted, answer.getTransferSyntax());
    }

    @Test
    void aHundredAssociationsAreServedAtATime() throws Exception {
        start(Map.of());
        List<Association> associations = new ArrayList<>();
        for (int i = 0; i < 100; i++)
            associations.add(open(context(UID.Verification)));

        for (Association association : associations)
            assertEquals(Status.Success, echo(association));

        assertEquals(100, server.device().getNumberOfOpenAssociations());
    }

    @Test
    void oneAssociationTooManyIsToBeTriedAgainLater() throws Exception {
        start(Map.of("hpqr.max-associations", "2"));
        Association first = open(context(UID.Verification));
        open(context(UID.Verification));

        assertEquals("transient, by provider, 2", rejection(context(UID.Verification)));
        first.release();
        first.waitForSocketClose();
        awaitTrue(() -> server.device().getNumberOfOpenAssociations() < 2);
        assertEquals(Status.Success, echo(open(context(UID.Verification))));
    }

    /** The toolkit's listener ends for good if accepting a connection fails; a time limit makes it fail. */
    @Test
    void portIsOpenedAnewWhenAcceptingFails() throws Exception {
        start(Map.of());
        Connection connection = server.device().listConnections().get(0);
        Object listener = connection.getListener();
        Field socket = listener.getClass().getDeclaredField("ss");
        socket.setAccessible(true);
        ((ServerSocket) socket.get(listener)).setSoTimeout(1);
        // the accept under way has no limit yet, the next one has
        assertEquals(Status.Success, echo(open(context(UID.Verification))));

        // between the two, the connection has no listener
        awaitTrue(() -> connection.getListener() != null && connection.getListener() != listener);

        assertEquals(Status.Success, echo(open(context(UID.Verification))));
    }

    @Test
    void connectionsOfOneHostMayBeLimited() throws Exception {
        start(Map.of("hpqr.max-connections-per-host", "2"));
        Association first = open(context(UID.Verification));
        assertEquals(Status.Success, echo(open(context(UID.Verification))));

        assertThrows(IOException.class, () -> open(context(UID.Verification)));

        first.release();
        awaitTrue(this::anotherAssociationIsServed);
    }

    private boolean anotherAssociationIsServed() throws Exception {
        try {
            return echo(open(context(UID.Verification))) == Status.Success;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void pduLongerThanAllowedEndsTheAssociation() throws Exception {
        start(Map.of("hpqr.max-pdu-length", "4096"));
        try (Socket socket = new Socket("127.0.0.1", remote.getPort())) {
            socket.getOutputStream().write(bytes("04000000100100000000"));

            assertEnds(socket);
        }
        assertEquals(Status.Success, echo(open(context(UID.Verification))));
    }

    @Test
    void connectionThatRequestsNothingIsClosed() throws Exception {
        start(Map.of("hpqr.request-timeout", "1"));

        try (Socket socket = new Socket("127.0.0.1", remote.getPort())) {
            assertEnds(socket);
        }
    }

    /** Both are answered by the toolkit, not by the plugin: a C-ECHO, and a request of a service there is none of. */
    @ParameterizedTest
    @ValueSource(strings = {UID.Verification, "1.2.3"})
    void peerThatAsksAndReadsNothingIsCut(String sopClass) throws Exception {
        start(Map.of("hpqr.send-timeout", "1"));
        // soon full
        server.device().listConnections().get(0).setSendBufferSize(4_096);
        try (RawPeer peer = new RawPeer(smallBuffers(), 0, UID.ImplicitVRLittleEndian, 0, UID.Verification)) {
            // a write that is blocked cannot be interrupted
            assertTimeoutPreemptively(Duration.ofMinutes(2), () -> assertThrows(IOException.class, () -> {
                while (true)
                    peer.send(0, Commands.mkCEchoRQ(1, sopClass), null);
            }));
        }
        assertEquals(Status.Success, echo(open(context(UID.Verification))));
        awaitTrue(() -> server.device().getNumberOfOpenAssociations() == 1);
    }

    /** A connection to the server, which does not send more of what nobody reads than these take. */
    private Socket smallBuffers() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSendBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", remote.getPort()));
        return socket;
    }

    /** Where no association is established yet, dcm4che just closes the connection; the fork sends an A-ABORT before. */
    private static void assertEnds(Socket socket) throws IOException {
        byte[] untilEnd = socket.getInputStream().readAllBytes();

        assertTrue(untilEnd.length == 0 || untilEnd[0] == A_ABORT, () -> Arrays.toString(untilEnd));
    }

    @Test
    void associationWithoutOperationIsAborted() throws Exception {
        start(Map.of("hpqr.idle-timeout", "1"));

        Association association = open(context(UID.Verification));

        awaitTrue(() -> !association.isReadyForDataTransfer());
    }

    @Test
    void stopLetsAnOperationEndAndLeavesNoThread() throws Exception {
        start(Map.of());
        Association finding = open(context(UID.HangingProtocolInformationModelFind));
        Association idle = open(context(UID.Verification));
        DimseRSP response = finding.cfind(UID.HangingProtocolInformationModelFind, 0, new Attributes(), null, 0);
        findBegun.await();

        Future<?> stopping = scuThreads.submit(server::stop);
        awaitTrue(this::isRefused);
        assertTrue(finding.isReadyForDataTransfer(), "still served");
        answerFind.countDown();
        stopping.get();

        assertTrue(response.next());
        assertEquals(Status.Success, response.getCommand().getInt(Tag.Status, -1));
        awaitTrue(() -> !idle.isReadyForDataTransfer());
        assertNoThreadIsLeft();
    }

    @Test
    void stopAbortsAnOperationThatTakesTooLong() throws Exception {
        start(Map.of("hpqr.shutdown-timeout", "0"));
        Association finding = open(context(UID.HangingProtocolInformationModelFind));
        finding.cfind(UID.HangingProtocolInformationModelFind, 0, new Attributes(), null, 0);
        findBegun.await();

        server.stop();

        awaitTrue(() -> !finding.isReadyForDataTransfer());
        assertNoThreadIsLeft();
    }

    @Test
    void portInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ConfigurationException thrown = assertThrows(ConfigurationException.class,
                    () -> start(Map.of("hpqr.port", String.valueOf(other.getLocalPort()))));

            assertEquals("hpqr.bind-address, hpqr.port: cannot listen on 127.0.0.1:" + other.getLocalPort()
                    + ": Address already in use", thrown.getMessage());
        }
        assertNoThreadIsLeft();
    }

    @Test
    void addressThatIsNotOursIsNamed() {
        ConfigurationException thrown = assertThrows(ConfigurationException.class,
                () -> start(Map.of("hpqr.bind-address", "192.0.2.1")));

        assertTrue(thrown.getMessage().startsWith("hpqr.bind-address, hpqr.port: cannot listen on 192.0.2.1:"));
    }

    private void start(Map<String, String> settings) throws IOException {
        Configuration configuration = TestConfiguration.of(settings);
        remote = new Connection(null, "127.0.0.1", configuration.get(ServerSettings.PORT));
        Device remoteDevice = new Device("remote");
        remoteDevice.addConnection(remote);
        server = new DicomServer(configuration, null, Logins.NONE, List.<DicomService>of(new SlowFind()),
                task -> new Thread(threads, task));
        server.start();
    }

    /** A thread that has done its last work is still counted for a moment. */
    private void assertNoThreadIsLeft() throws Exception {
        awaitTrue(() -> threads.activeCount() == 0);
    }

    private static AAssociateRQ context(String sopClass) {
        AAssociateRQ request = new AAssociateRQ();
        request.addPresentationContext(new PresentationContext(1, sopClass, UID.ImplicitVRLittleEndian));
        return request;
    }

    private Association open(AAssociateRQ request) throws Exception {
        request.setCalledAET("HPQR");
        return scu.connect(remote, request);
    }

    private String rejection(AAssociateRQ request) {
        AAssociateRJ rejection = assertThrows(AAssociateRJ.class, () -> open(request));
        return (rejection.getResult() == AAssociateRJ.RESULT_REJECTED_PERMANENT ? "permanent" : "transient")
                + (rejection.getSource() == AAssociateRJ.SOURCE_SERVICE_USER ? ", by user, " : ", by provider, ")
                + rejection.getReason();
    }

    private static int echo(Association association) throws Exception {
        DimseRSP response = association.cecho();
        response.next();
        return response.getCommand().getInt(Tag.Status, -1);
    }

    private boolean isRefused() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", remote.getPort())) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void awaitTrue(Callable<Boolean> condition) throws Exception {
        while (!condition.call())
            TimeUnit.MILLISECONDS.sleep(10);
    }

    /** Answers a C-FIND when it is told to, in a task of its own, as the plugin does. */
    private final class SlowFind extends AbstractDicomService {

        private SlowFind() {
            super(UID.HangingProtocolInformationModelFind);
        }

        @Override
        protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data) {
            as.getApplicationEntity().getDevice().execute(() -> {
                findBegun.countDown();
                try {
                    answerFind.await();
                    as.tryWriteDimseRSP(pc, Commands.mkCFindRSP(cmd, Status.Success));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
