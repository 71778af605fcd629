package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.ServerSockets;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.tls.NodeKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with TLS and access rules, and peers that speak OpenSSL's TLS. */
class SecurityIT {

    private static final int TLS_PORT = FreePort.find();
    private static final int DESTINATION_PORT = FreePort.find();
    private static final String CHEST_XRAY = "1.2.840.123456.20030822.223344.1";
    private static final Path SAMPLE = Path.of(System.getProperty("it.sources"), "samples", "chest-xray.dcm").toAbsolutePath();

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static NodeKey serverKey;
    private static NodeKey peerKey;
    private static NodeKey strangersKey;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        serverKey = NodeKey.make(data, "server", "PKCS12");
        peerKey = NodeKey.make(directory, "peer", "PKCS12");
        strangersKey = NodeKey.make(directory, "stranger", "PKCS12");
        NodeKey.truststore(data.resolve("trust.p12"), peerKey);
        Path password = Files.writeString(directory.resolve("password"), NodeKey.PASSWORD + "\n");
        Map<String, String> settings = new HashMap<>();
        settings.put("HPQR_TLS_PORT", String.valueOf(TLS_PORT));
        settings.put("HPQR_TLS_KEYSTORE", "server.pkcs12");
        settings.put("HPQR_TLS_KEYSTORE_PASSWORD", NodeKey.PASSWORD);
        settings.put("HPQR_TLS_TRUSTSTORE", "trust.p12");
        settings.put("HPQR_TLS_TRUSTSTORE_PASSWORD", "@" + password);
        settings.put("HPQR_MOVE_DESTINATIONS", "DEST=127.0.0.1:" + DESTINATION_PORT + "+tls");
        settings.put("HPQR_RETRIEVE_CALLERS", "WALK");
        settings.put("HPQR_STORE_CALLERS", "STORESCU");
        server = StandaloneServer.start(data, settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-xe", "-xi"})
    void peerWithATrustedCertificateStores(String transferSyntax) {
        run("storescu", withKey(peerKey), "-R", transferSyntax, "-aec", "HPQR", "127.0.0.1", String.valueOf(TLS_PORT), SAMPLE.toString());

        assertEquals("0000", last(Odil.responses(server.port(), "find", "--name", "Chest X-ray")).status());
    }

    @Test
    void peerWithoutACertificateIsRefused() {
        assertRefused(List.of("+tla", "-ic"));
    }

    @Test
    void peerWithTheCertificateOfAStrangerIsRefused() {
        assertRefused(withKey(strangersKey));
    }

    @Test
    void peerWithoutTlsIsRefusedOnTheTlsPort() {
        assertRefused(List.of());
    }

    @Test
    void objectIsMovedOverTls() throws IOException {
        Dcmtk.store(server.port(), "-xe", List.of(SAMPLE));
        Path received = Files.createDirectories(directory.resolve("received"));
        try (ExternalProcess destination = Dcmtk.storeScp(DESTINATION_PORT, "LittleEndianExplicit", received, withKey(peerKey))) {
            Odil.Response response = last(Odil.responses(server.port(), "--calling", "WALK", "move", "--destination", "DEST", CHEST_XRAY));

            assertEquals("0000", response.status(), destination::output);
            assertEquals(List.of(1, 0, 0), response.counts());
        }
        assertTrue(Files.exists(received.resolve("HP." + CHEST_XRAY)));
    }

    @ParameterizedTest
    @CsvSource({"WALK, 0000", "OTHER, 0124"})
    void retrievalIsForThoseListed(String calling, String status) {
        assertEquals(status, last(Odil.responses(server.port(), "--calling", calling, "get",
                "--directory", directory.resolve("got").toString(), "2.25.1")).status());
    }

    @Test
    void nothingListensBeyondThisMachine() {
        // 127.0.0.1 is 0100007F, or mapped into an IPv6 address
        for (String address : new ServerSockets(server).listening())
            assertTrue(address.matches("(0000000000000000FFFF0000)?0100007F:.*"), address);
    }

    @Test
    void passwordsAreInNoLog() throws IOException {
        String log = Files.readString(directory.resolve("data/log/server.log"), StandardCharsets.UTF_8);

        assertTrue(log.contains("with TLS"));
        assertFalse(log.contains(NodeKey.PASSWORD));
        assertFalse(server.process().output().contains(NodeKey.PASSWORD));
    }

    private static void assertRefused(List<String> tls) {
        List<String> command = new ArrayList<>(List.of("echoscu"));
        command.addAll(tls);
        command.addAll(List.of("-to", "20", "-aec", "HPQR", "127.0.0.1", String.valueOf(TLS_PORT)));
        try (ExternalProcess peer = new ExternalProcess(directory, Map.of(), command)) {
            assertFalse(peer.awaitEnd() == 0, peer::output);
        }
        run("echoscu", withKey(peerKey), "-aec", "HPQR", "127.0.0.1", String.valueOf(TLS_PORT));
    }

    private static void run(String program, List<String> tls, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(tls);
        command.addAll(List.of(arguments));
        ExternalProcess.run(directory, command);
    }

    private static List<String> withKey(NodeKey key) {
        return List.of("+tls", key.keyPem().toString(), key.certificatePem().toString(), "+cf", serverKey.certificatePem().toString());
    }

    private static Odil.Response last(List<Odil.Response> responses) {
        return responses.get(responses.size() - 1);
    }
}
