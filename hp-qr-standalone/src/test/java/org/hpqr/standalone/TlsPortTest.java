package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.tls.NodeKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Associations over TLS: those that come in, and those that go out to move destinations. */
class TlsPortTest {

    /** A ClientHello that knows nothing newer than TLS 1.1 (RFC 4346 7.4.1.2), with TLS_RSA_WITH_AES_128_CBC_SHA. */
    private static final byte[] TLS_1_1_HELLO = HexFormat.of().parseHex("160301002d" + "01000029" + "0302" + "00".repeat(32)
            + "00" + "0002002f" + "0100");
    /** Fatal, protocol_version (RFC 8446 6.2). */
    private static final byte[] PROTOCOL_VERSION_ALERT = {2, 70};

    @TempDir
    private static Path directory;

    private static NodeKey serverKey;
    private static NodeKey clientKey;
    private static NodeKey strangersKey;

    private final ThreadGroup threads = new ThreadGroup("server");
    private final List<DicomServer> servers = new ArrayList<>();
    private int port;

    @BeforeAll
    static void makeKeys() {
        serverKey = NodeKey.make(directory, "server", "PKCS12");
        clientKey = NodeKey.make(directory, "client", "PKCS12");
        strangersKey = NodeKey.make(directory, "stranger", "PKCS12");
        NodeKey.truststore(directory.resolve("trust.p12"), serverKey, clientKey);
    }

    @AfterEach
    void stop() {
        servers.forEach(DicomServer::stop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void peerWithATrustedCertificateIsServed(String protocol) throws Exception {
        start(Map.of());

        assertEquals(Status.Success, echo(protocol, clientKey));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void peerWithoutACertificateIsServedOnlyIfNoneIsRequired(String protocol) throws Exception {
        start(Map.of("hpqr.tls-client-certificates", "none"));
        assertEquals(Status.Success, echo(protocol, null));

        start(Map.of());
        assertThrows(IOException.class, () -> echo(protocol, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void peerWhoseCertificateIsNotTrustedIsRefused(String protocol) throws Exception {
        start(Map.of());

        assertThrows(IOException.class, () -> echo(protocol, strangersKey));
        assertEquals(Status.Success, echo(protocol, clientKey));
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLSv1.3", "TLSv1.3, TLSv1.2"})
    void onlyConfiguredVersionsAreSpoken(String configured, String other) throws Exception {
        start(Map.of("hpqr.tls-protocols", configured));

        assertEquals(Status.Success, echo(configured, clientKey));
        assertThrows(IOException.class, () -> echo(other, clientKey));
    }

    @Test
    void olderVersionIsRefused() throws Exception {
        start(Map.of());

        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(TLS_1_1_HELLO);
            byte[] answer = socket.getInputStream().readAllBytes();

            assertEquals(0x15, answer[0], "an alert");
            assertArrayEquals(PROTOCOL_VERSION_ALERT, Arrays.copyOfRange(answer, 5, 7));
        }
    }

    @Test
    void plainPeerIsRefusedAndOthersAreServed() throws Exception {
        start(Map.of());

        try (Socket socket = new Socket("127.0.0.1", port)) {
            // at once: after the first bytes the server may be gone
            socket.getOutputStream().write(Arrays.copyOf(HexFormat.of().parseHex("0100000000cd0001"), 207));
            byte[] answer = readToEnd(socket);

            assertTrue(answer.length == 0 || answer[0] == 0x15, "no answer but an alert");
        }
        assertEquals(Status.Success, echo("TLSv1.3", clientKey));
    }

    @Test
    void plainPortStaysWhatItIs() throws Exception {
        DicomServer server = start(Map.of());

        assertEquals(2, server.device().listConnections().stream().filter(c -> c.isListening()).count());
    }

    @Test
    void serverMayHaveTheTlsPortOnly() throws Exception {
        start(Map.of("hpqr.port", "0"));

        assertEquals(Status.Success, echo("TLSv1.3", clientKey));
    }

    @Test
    void serverWithoutAnyPortDoesNotStart() throws Exception {
        ConfigurationException thrown = assertThrows(ConfigurationException.class,
                () -> start(Map.of("hpqr.port", "0", "hpqr.tls-port", "0")));

        assertTrue(thrown.getMessage().startsWith("hpqr.port, hpqr.tls-port: "), thrown.getMessage());
    }

    @Test
    void tlsPortInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ConfigurationException thrown = assertThrows(ConfigurationException.class,
                    () -> start(Map.of("hpqr.tls-port", String.valueOf(other.getLocalPort()))));

            assertTrue(thrown.getMessage().startsWith("hpqr.bind-address, hpqr.tls-port: cannot listen on 127.0.0.1:"
                    + other.getLocalPort()), thrown.getMessage());
        }
    }

    @Test
    void peerThatDoesNotShakeHandsDelaysNobody() throws Exception {
        start(Map.of("hpqr.request-timeout", "600"));

        try (Socket silent = new Socket("127.0.0.1", port)) {
            assertEquals(Status.Success, echo("TLSv1.3", clientKey));
        }
    }

    @Test
    void peerThatDoesNotShakeHandsIsClosedInTime() throws Exception {
        start(Map.of("hpqr.request-timeout", "1"));

        try (Socket silent = new Socket("127.0.0.1", port)) {
            assertArrayEquals(new byte[0], readToEnd(silent));
        }
    }

    @Test
    void peerThatShakesHandsByteByByteIsClosedInTime() throws Exception {
        start(Map.of("hpqr.request-timeout", "1"));

        try (Socket slow = new Socket("127.0.0.1", port)) {
            OutputStream out = slow.getOutputStream();
            assertThrows(SocketException.class, () -> {
                for (int i = 0; i < 600; i++) {
                    out.write(TLS_1_1_HELLO[i % 5]);
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            });
        }
    }

    @Test
    void stopEndsHandshakesUnderWay() throws Exception {
        DicomServer server = start(Map.of("hpqr.request-timeout", "600", "hpqr.shutdown-timeout", "1"));
        try (Socket silent = new Socket("127.0.0.1", port)) {
            awaitTrue(() -> threads.activeCount() > 2);

            server.stop();

            assertArrayEquals(new byte[0], readToEnd(silent));
        }
        awaitTrue(() -> threads.activeCount() == 0);
    }

    @Test
    void moveDestinationIsReachedOverTls() throws Exception {
        start(Map.of());
        int destination = port;
        DicomServer server = start(Map.of("hpqr.move-destinations", "DEST=127.0.0.1:" + destination + "+tls"));

        Association association = associate(server, "DEST=127.0.0.1:" + destination + "+tls");

        assertTrue(association.isReadyForDataTransfer());
        association.release();
    }

    @Test
    void moveDestinationIsVerifiedByItsHostUnlessThatIsTurnedOff() throws Exception {
        start(Map.of());
        String destination = "DEST=localhost:" + port + "+tls";

        DicomServer verifying = start(Map.of("hpqr.move-destinations", destination));
        assertThrows(IOException.class, () -> associate(verifying, destination));

        DicomServer trusting = start(Map.of("hpqr.move-destinations", destination, "hpqr.tls-verify-host", "false"));
        associate(trusting, destination).release();
    }

    @Test
    void moveDestinationThatDoesNotShakeHandsIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String destination = "DEST=127.0.0.1:" + silent.getLocalPort() + "+tls";
            DicomServer server = start(Map.of("hpqr.connect-timeout", "1", "hpqr.move-destinations", destination));

            assertThrows(IOException.class, () -> associate(server, destination));
        }
    }

    @Test
    void peerThatReadsNothingDoesNotHoldUpClosing() throws Exception {
        DicomServer server = start(Map.of());
        try (Socket peer = shakenHands()) {
            awaitTrue(() -> server.device().listOpenAssociations().length == 1);
            Socket socket = server.device().listOpenAssociations()[0].getSocket();
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> assertThrows(IOException.class, () -> {
                while (true) {
                    socket.getOutputStream().write(new byte[16_384]);
                    written.incrementAndGet();
                }
            }));
            writer.start();
            awaitBlocked(written);

            socket.close();

            writer.join();
            assertTrue(peer.isConnected());
        }
    }

    /** A peer that has done no more than that. */
    private Socket shakenHands() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(clientKey.load(), NodeKey.PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(directory.resolve("trust.p12").toFile(), NodeKey.PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.startHandshake();
        return socket;
    }

    /** Waits until nothing more is written. */
    private static void awaitBlocked(AtomicLong written) throws InterruptedException {
        long before;
        do {
            before = written.get();
            TimeUnit.MILLISECONDS.sleep(300);
        } while (written.get() == 0 || written.get() > before);
    }

    private DicomServer start(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "hpqr.tls-port", String.valueOf(FreePort.find()),
                "hpqr.tls-keystore", serverKey.keystore().getFileName().toString(),
                "hpqr.tls-keystore-password", NodeKey.PASSWORD,
                "hpqr.tls-truststore", "trust.p12",
                "hpqr.tls-truststore-password", NodeKey.PASSWORD));
        all.putAll(settings);
        Configuration configuration = TestConfiguration.of(all);
        port = configuration.get(TlsSettings.PORT);
        DicomServer server = new DicomServer(configuration, new KeyMaterial(configuration, directory).tls(), Logins.NONE, List.of(),
                task -> new Thread(threads, task));
        servers.add(server);
        server.start();
        return server;
    }

    private int echo(String protocol, NodeKey key) throws Exception {
        try (TlsPeer peer = new TlsPeer(protocol, key, serverKey)) {
            return peer.echo(port);
        }
    }

    /** As a C-MOVE does it. */
    private static Association associate(DicomServer server, String destination) throws Exception {
        ConfiguredDirectory destinations = new ConfiguredDirectory(ConfiguredDestination.parseList(destination),
                new KeyMaterial(TestConfiguration.of(Map.of(
                        "hpqr.move-destinations", destination,
                        "hpqr.tls-truststore", "trust.p12",
                        "hpqr.tls-truststore-password", NodeKey.PASSWORD)), directory).tls());
        ApplicationEntity local = server.device().getApplicationEntity("HPQR");
        AAssociateRQ request = new AAssociateRQ();
        request.addPresentationContext(new PresentationContext(1, UID.Verification, UID.ImplicitVRLittleEndian));
        ApplicationEntity remote = destinations.find("DEST").orElseThrow();
        remote.setAETitle("HPQR");
        return local.connect(remote, request);
    }

    private static byte[] readToEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.readAllBytes();
        } catch (SocketException e) {
            // a reset is an end, too
            return new byte[0];
        }
    }

    private static void awaitTrue(Callable<Boolean> condition) throws Exception {
        while (!condition.call())
            TimeUnit.MILLISECONDS.sleep(10);
    }
}
