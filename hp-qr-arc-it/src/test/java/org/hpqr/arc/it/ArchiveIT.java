package org.hpqr.arc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.ArchiveService;
import org.hpqr.testkit.archive.DiskStorages;
import org.hpqr.testkit.dicom.Gate;
import org.hpqr.testkit.dicom.Workstation;
import org.hpqr.testkit.samples.SampleProtocols;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The plugin does in an archive's EAR, by the archive's services, what it is to do there. */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(WithoutStandaloneServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveIT {

    private static final String EAR = "dcm4chee-arc-ear-5.34.3-h2.ear";
    private static final Path FOLDER = Path.of(System.getProperty("it.archive", "target/archive"));
    private static final int PORT = Integer.getInteger("it.dicom.port", 0);
    private static final int DESTINATION_PORT = Integer.getInteger("it.destination.port", 0);
    private static final Attributes PROTOCOL = SampleProtocols.chestXray();
    private static final String UID = PROTOCOL.getString(Tag.SOPInstanceUID);
    private static final String PROTOCOL_PATH = "/aets/DCM4CHEE/rs/hanging-protocols/" + UID;
    private static final int HTTP_PORT = Integer.getInteger("it.http.port", 0);

    private static Workstation workstation;
    private Workstation.Session session;

    @Deployment(testable = false)
    static EnterpriseArchive archiveWithPlugin() throws Exception {
        deleteFolder();
        Files.createDirectories(FOLDER);
        Path ear = FOLDER.resolve(EAR);
        archive().as(ZipExporter.class).exportTo(ear.toFile(), true);
        Process installer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                System.getProperty("it.installer"), "install", ear.toString()).inheritIO().start();
        assertEquals(0, installer.waitFor());
        return ShrinkWrap.create(ZipImporter.class, ear.getFileName().toString()).importFrom(ear.toFile())
                .as(EnterpriseArchive.class);
    }

    /** The layout is the archive's; the library of entities holds nothing, and the archive's web services are none. */
    private static EnterpriseArchive archive() throws Exception {
        JavaArchive service = ShrinkWrap.create(JavaArchive.class, "dcm4chee-arc-service-5.34.3.jar")
                .addClasses(ArchiveDouble.class, ArchiveConfiguration.class, FileAuditLogger.class)
                .addPackage(DiskStorages.class.getPackage())
                .addAsManifestResource(new StringAsset("""
                        <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
                        """), "beans.xml");
        return ShrinkWrap.create(EnterpriseArchive.class, EAR)
                .addAsModule(service)
                .addAsModule(ShrinkWrap.create(WebArchive.class, "dcm4chee-arc-war-5.34.3-unsecure.war")
                        .addAsWebResource(EmptyAsset.INSTANCE, "nothing.txt"))
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "dcm4chee-arc-entity-5.34.3-h2.jar")
                        .addAsResource(EmptyAsset.INSTANCE, "nothing.txt"))
                // in the archive's WildFly these are modules of the server
                .addAsLibrary(jarOf(Device.class))
                .addAsLibrary(jarOf(ArchiveService.class))
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "servlet-api.jar")
                        .addPackages(false, HttpServletRequest.class.getPackage(), ServletRequest.class.getPackage()))
                .addAsLibrary(jarOf("com.fasterxml.jackson.databind.ObjectMapper"))
                .addAsLibrary(jarOf("com.fasterxml.jackson.core.JsonFactory"))
                .addAsLibrary(jarOf("com.fasterxml.jackson.annotation.JsonProperty"))
                .setApplicationXML(new StringAsset("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <application xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="7">
                          <application-name>dcm4chee-arc</application-name>
                          <module>
                            <web>
                              <web-uri>dcm4chee-arc-war-5.34.3-unsecure.war</web-uri>
                              <context-root>dcm4chee-arc</context-root>
                            </web>
                          </module>
                          <module>
                            <ejb>dcm4chee-arc-service-5.34.3.jar</ejb>
                          </module>
                          <library-directory>lib</library-directory>
                        </application>"""));
    }

    private static File jarOf(String className) throws Exception {
        return jarOf(Class.forName(className));
    }

    private static File jarOf(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @BeforeAll
    static void startWorkstation() throws Exception {
        workstation = new Workstation(DESTINATION_PORT, PORT);
    }

    @AfterAll
    static void stopWorkstation() {
        workstation.close();
    }

    @BeforeEach
    void connect() throws Exception {
        session = workstation.open("VIEWER", "DCM4CHEE");
    }

    @AfterEach
    void disconnect() throws Exception {
        session.close();
    }

    @Test
    @Order(1)
    @DisplayName("a protocol is stored on the archive's storage, found and fetched")
    void storeFindGet() throws Exception {
        assertEquals(0, session.store(PROTOCOL));

        List<Path> objects = filesBelow(FOLDER.resolve("fs1/hp-qr"));
        assertEquals(1, objects.size());
        try (InputStream in = Files.newInputStream(objects.get(0))) {
            in.skipNBytes(128);
            assertEquals("DICM", new String(in.readNBytes(4)));
        }

        Workstation.Outcome found = session.findAll();
        assertEquals(0, found.status());
        assertEquals(List.of(UID), found.uids());

        assertEquals(0, session.get(UID));
        assertEquals(List.of(UID), workstation.takeReceivedUids());
        assertAudited("110104 C 0", "110112 E 0", "110102 E 0", "110104 R 0");
    }

    @Test
    @Order(2)
    @DisplayName("over HTTP it is found, sent, changed and audited as over DIMSE; another AE title or host is not served")
    void http() throws Exception {
        assertEquals("[{\"dicomAETitle\":\"DCM4CHEE\"},{\"dicomAETitle\":\"READONLY_AE\"}]", http("GET", "/aets").body());
        HttpResponse<String> found = http("GET", "/aets/DCM4CHEE/rs/hanging-protocols?HangingProtocolLevel=*");
        assertEquals(200, found.statusCode());
        assertTrue(found.body().contains(UID), found.body());
        assertEquals(200, http("GET", PROTOCOL_PATH).statusCode());
        assertEquals(204, http("POST", PROTOCOL_PATH + "/retire").statusCode());
        assertEquals(404, http("GET", PROTOCOL_PATH).statusCode());
        assertEquals(List.of(), session.findAll().uids());
        assertEquals(204, http("POST", PROTOCOL_PATH + "/restore").statusCode());
        assertEquals(List.of(UID), session.findAll().uids());
        assertAudited("110112 E 0", "110104 R 0", "110103 U 0");

        assertEquals(200, http("GET", "/").statusCode(), "the page");
        assertEquals(404, http("GET", "/aets/FOREIGN/rs/hanging-protocols").statusCode());
        assertEquals(421, http("GET", "/aets", "evil.example").statusCode());
    }

    private static HttpResponse<String> http(String method, String path) throws Exception {
        return http(method, path, "127.0.0.1");
    }

    private static HttpResponse<String> http(String method, String path, String host) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + HTTP_PORT + "/hp-qr" + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).header("Accept", "*/*");
        if (!host.equals("127.0.0.1"))
            request.header("Host", host);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(3)
    @DisplayName("it is moved to a destination of the archive's configuration, if the AE accepts the destination")
    void move() throws Exception {
        assertEquals(0, session.move(UID, "DEST"));
        assertEquals(List.of(UID), workstation.takeReceivedUids());

        assertEquals(0xA801, session.move(UID, "OTHER"), "known, but not among the accepted destinations");
        assertEquals(0xA801, session.move(UID, "NOBODY"), "accepted, but not known");
        assertAudited("110104 R 4");
    }

    @Test
    @Order(4)
    @DisplayName("a setting is in force after the archive has reloaded its configuration")
    void settings() throws Exception {
        Attributes other = new Attributes(PROTOCOL);
        other.setString(Tag.HangingProtocolName, VR.SH, "Other name");
        assertEquals(0, session.store(other), "replaces by default");

        Files.writeString(FOLDER.resolve(ArchiveConfiguration.PROPERTIES), "duplicate-policy=keep\nmax-keys=none\n");
        reload();
        assertEquals(0xA900, session.store(PROTOCOL));
        assertEquals("Other name", session.findAll().matches().get(0).getString(Tag.HangingProtocolName));

        Files.delete(FOLDER.resolve(ArchiveConfiguration.PROPERTIES));
        reload();
        assertEquals(0, session.store(PROTOCOL));
    }

    @Test
    @Order(5)
    @DisplayName("when a storage system is full, the next one is used and the configuration keeps it")
    void fullStorage() throws Exception {
        Files.writeString(FOLDER.resolve(ArchiveConfiguration.FULL), "fs1\n");
        reload();

        assertEquals(0, session.store(SampleProtocols.neurosurgery()));
        assertEquals(1, filesBelow(FOLDER.resolve("fs2/hp-qr")).size());
        assertEquals("[fs2]", Files.readString(FOLDER.resolve(ArchiveConfiguration.SAVED)));

        assertEquals(0, session.get(UID), "what lies on the full one is still there");
    }

    @Test
    @Order(6)
    @DisplayName("an AE without storage takes nothing, an AE that is not of the archive serves nothing")
    void otherAEs() throws Exception {
        try (Workstation.Session other = workstation.open("VIEWER", "READONLY_AE")) {
            assertEquals(0xA700, other.store(SampleProtocols.mammography()));
            assertEquals(2, other.findAll().matches().size());
        }
        try (Workstation.Session other = workstation.open("VIEWER", "FOREIGN")) {
            assertEquals(0x0124, other.findAll().status());
        }
    }

    @Test
    @Order(7)
    @DisplayName("taken out while it serves, it leaves nobody waiting; put in again, it has everything")
    void undeployAndDeploy(@ArquillianResource ManagementClient server) throws Exception {
        Gate gate = new Gate();
        workstation.receiveWhenOpen(gate);
        ExecutorService requester = Executors.newSingleThreadExecutor();
        try {
            Workstation.Session moving = session;
            Future<Integer> move = requester.submit(() -> moving.move(UID, "DEST"));
            gate.awaitArrival();

            execute(server, "undeploy");

            assertThrows(ExecutionException.class, () -> move.get(60, TimeUnit.SECONDS), "the association is closed");
        } finally {
            gate.open();
            requester.shutdownNow();
        }
        execute(server, "deploy");
        session = workstation.open("VIEWER", "DCM4CHEE");
        assertEquals(2, session.findAll().matches().size());
        assertEquals(0, session.get(UID));
    }

    private static void execute(ManagementClient server, String operation) throws IOException {
        ModelNode result = server.getControllerClient().execute(
                Operations.createOperation(operation, Operations.createAddress("deployment", EAR)));
        assertTrue(Operations.isSuccessfulOutcome(result), result::toString);
    }

    private static void reload() throws Exception {
        try (Workstation.Session administrator = workstation.open(ArchiveDouble.RELOAD, "DCM4CHEE")) {
            administrator.echo();
        }
    }

    /** The audit trail is written by another thread than the one that answers. */
    private static void assertAudited(String... lines) throws Exception {
        List<String> missing = new ArrayList<>(List.of(lines));
        waitUntil(() -> {
            missing.removeAll(linesOf(FOLDER.resolve(ArchiveConfiguration.AUDIT)));
            return missing.isEmpty();
        });
        assertTrue(missing.isEmpty(), "missing in the audit trail: " + missing);
    }

    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (!condition.getAsBoolean() && Instant.now().isBefore(deadline))
            Thread.sleep(50);
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        if (Files.notExists(root))
            return List.of();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void deleteFolder() throws IOException {
        if (Files.notExists(FOLDER))
            return;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                Files.delete(file);
        }
    }
}
