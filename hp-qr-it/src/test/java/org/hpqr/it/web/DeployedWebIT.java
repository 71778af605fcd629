package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.DICOM;
import static org.hpqr.it.web.WebClient.JSON;
import static org.hpqr.it.web.WebClient.MULTIPART_DICOM;
import static org.hpqr.it.web.WebClient.MULTIPART_XML;
import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.OverProtocol;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The EAR as it is shipped, from inside the server, on each database: this class is deployed beside it, sends requests to its web
 * service, and checks by its classes and beans what they have done. It is the only Arquillian test of this module: the servers in
 * arquillian.xml would start again for another one.
 */
@Order(2)
@ExtendWith({DeployedServers.class, ArquillianExtension.class})
class DeployedWebIT {

    private static final String SAMPLE = "ct-one-prior.dcm";
    private static final String SAMPLE_UID = "1.2.840.10008.5.1.4.1.1.76392.999.2";
    private static final String UID = "2.25.14";
    private static final String ALL = "/hanging-protocols";
    private static final String PATH = ALL + '/' + UID;

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    @EJB(lookup = "java:global/hp-qr/hp-qr-ejb/Inventory")
    private Inventory inventory;

    private final WebClient web = new WebClient("http://127.0.0.1:" + System.getProperty("jboss.http.port") + "/hp-qr/aets/HPQR/rs");

    @Deployment(name = "h2")
    @TargetsContainer("h2")
    @OverProtocol("jmx-as7")
    static JavaArchive testOnH2() {
        return test();
    }

    @Deployment(name = "postgresql")
    @TargetsContainer("postgresql")
    @OverProtocol("jmx-as7")
    static JavaArchive testOnPostgreSql() {
        return test();
    }

    @Deployment(name = "mariadb")
    @TargetsContainer("mariadb")
    @OverProtocol("jmx-as7")
    static JavaArchive testOnMariaDb() {
        return test();
    }

    private static JavaArchive test() {
        return ShrinkWrap.create(JavaArchive.class, "test.jar")
                .addClasses(DeployedWebIT.class, DeployedServers.class, WebClient.class)
                .addAsResource(new File(System.getProperty("it.sources"), "samples/" + SAMPLE), SAMPLE)
                .addAsManifestResource(new StringAsset("Dependencies: deployment.hp-qr.ear.hp-qr-ejb.jar\n"), "MANIFEST.MF");
    }

    @Test
    @OperateOnDeployment("h2")
    void webOfTheEarOnH2() throws Exception {
        assertDatabase("H2");
        transactions();
        lifeCycle();
    }

    @Test
    @OperateOnDeployment("postgresql")
    void webOfTheEarOnPostgreSql() throws Exception {
        assertDatabase("PostgreSQL");
        transactions();
        lifeCycle();
    }

    @Test
    @OperateOnDeployment("mariadb")
    void webOfTheEarOnMariaDb() throws Exception {
        assertDatabase("MariaDB");
        transactions();
        lifeCycle();
    }

    private void assertDatabase(String product) throws SQLException {
        assertNull(System.getProperty("it.server"), "this runs in the server");
        try (Connection connection = dataSource.getConnection()) {
            assertEquals(product, connection.getMetaData().getDatabaseProductName());
        }
        assertStored(0, 0);
    }

    /** PS3.18 8.9, 12.5, 12.6 and 12.4. */
    private void transactions() throws IOException {
        HttpResponse<byte[]> capabilities = assertStatus(200, web.send("OPTIONS", "/", null, "Accept", "application/json"));
        assertTrue(text(capabilities).contains("SearchHangingProtocols"), () -> text(capabilities));

        try (InputStream sample = DeployedWebIT.class.getResourceAsStream('/' + SAMPLE)) {
            assertStatus(200, web.post(ALL, DICOM, sample.readAllBytes()));
        }
        assertStatus(200, web.post(PATH, JSON, changed(ALL + '/' + SAMPLE_UID, SAMPLE_UID, UID)));
        assertStored(2, 2);

        HttpResponse<byte[]> found = assertStatus(200, web.get(ALL + "?HangingProtocolDefinitionSequence.Modality=CT&SOPInstanceUID=" + UID, JSON));
        assertTrue(text(found).contains("\"00081190\":{\"vr\":\"UR\",\"Value\":[\"" + web.service() + PATH + "\"]}"), () -> text(found));
        assertStatus(204, web.get(ALL + "?HangingProtocolName=nothing", JSON));

        for (String type : new String[] {JSON, DICOM, MULTIPART_XML, MULTIPART_DICOM}) {
            HttpResponse<byte[]> retrieved = assertStatus(200, web.get(PATH, type));
            assertTrue(header(retrieved, "content-type").startsWith(type.split(";")[0]), type);
            assertTrue(new String(retrieved.body(), StandardCharsets.ISO_8859_1).contains(UID), type);
        }
    }

    /** RFC 9110 13.1.1, and beyond the standard: history and undo, copy, retire, restore, delete. */
    private void lifeCycle() {
        byte[] right = web.get(PATH, JSON).body();
        String rightTag = header(web.get(PATH, JSON), "etag");
        byte[] wrong = changed(PATH, "Chest CT beside the one before", "a mistake");
        assertStatus(412, web.send("POST", PATH, wrong, "Content-Type", JSON, "If-Match", "\"other\""));
        assertArrayEquals(right, web.get(PATH, JSON).body());
        assertStatus(200, web.send("POST", PATH, wrong, "Content-Type", JSON, "If-Match", rightTag));
        assertTrue(text(web.get(PATH, JSON)).contains("a mistake"));
        assertArrayEquals(right, assertStatus(200, web.get(PATH + "/history/0", JSON)).body());
        assertStatus(412, web.send("POST", PATH + "/history/0/restore", null, "If-Match", rightTag));
        assertStatus(204, web.send("POST", PATH + "/history/0/restore", null));
        assertArrayEquals(right, web.get(PATH, JSON).body());
        HttpResponse<byte[]> history = assertStatus(200, web.get(PATH + "/history", "application/json"));
        assertEquals(3, text(history).split("\"event\":\"stored\"", -1).length - 1, () -> text(history));

        HttpResponse<byte[]> copied = assertStatus(201, web.post(PATH + "/copy", JSON, "{}".getBytes(StandardCharsets.US_ASCII)));
        String copy = header(copied, "location").substring(web.service().length());
        assertTrue(text(assertStatus(200, web.get(copy, JSON))).contains("\"00081155\":{\"vr\":\"UI\",\"Value\":[\"" + UID + "\"]}"));
        assertStored(3, 3);

        assertStatus(204, web.send("POST", PATH + "/retire", null, "If-Match", rightTag));
        assertStatus(204, web.get(ALL + "?SOPInstanceUID=" + UID, JSON));
        assertStatus(404, web.get(PATH, JSON));
        assertState(ObjectState.RETIRED);
        assertStored(2, 3);
        assertStatus(204, web.send("POST", PATH + "/restore", null));
        assertStatus(200, web.get(ALL + "?SOPInstanceUID=" + UID, JSON));
        assertArrayEquals(right, assertStatus(200, web.get(PATH, JSON)).body());
        assertState(ObjectState.STORED);

        assertStatus(204, web.send("POST", PATH + "/retire", null));
        assertStatus(204, web.send("DELETE", PATH, null, "If-Match", rightTag));
        assertStatus(404, web.get(PATH, JSON));
        assertStatus(404, web.get(PATH + "/history", "application/json"));
        assertStatus(404, web.send("POST", PATH + "/restore", null));
        assertState(ObjectState.REMOVED);
        assertStored(2, 2);
        assertStatus(200, web.get(copy, JSON));
    }

    private static HttpResponse<byte[]> assertStatus(int status, HttpResponse<byte[]> response) {
        assertEquals(status, response.statusCode(), () -> response + ": " + text(response));
        return response;
    }

    /** How many are found, and how many there are with the retired ones. */
    private void assertStored(int found, int all) {
        assertEquals(found, inventory.count());
        assertEquals(all, inventory.countAll());
        List<StoredInstance> instances = new ArrayList<>();
        inventory.forEach(instances::add);
        assertEquals(all, instances.size());
    }

    private void assertState(ObjectState state) {
        assertEquals(state, new HangingProtocolRepository(dataSource).find(UID).state());
    }

    /** The object of a path with another text in it. */
    private byte[] changed(String path, String text, String replacement) {
        return text(web.get(path, JSON)).replace(text, replacement).getBytes(StandardCharsets.UTF_8);
    }
}
