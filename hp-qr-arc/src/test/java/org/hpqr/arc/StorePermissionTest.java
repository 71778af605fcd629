package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The archive's store permission service decides about hanging protocols as it does about instances of studies. */
class StorePermissionTest {

    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    private final ArchiveAEExtension ae = ArchiveDevice.addAE(device, "DCM4CHEE").getAEExtension(ArchiveAEExtension.class);
    private final ArchiveAccessPolicy policy = new ArchiveAccessPolicy(device);
    private final Attributes protocol = new Attributes();
    private final List<String> asked = new ArrayList<>();
    private HttpServer service;
    private volatile int status = 200;
    private volatile String answer = "";

    @BeforeEach
    void start() throws Exception {
        protocol.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
        protocol.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
        protocol.setString(Tag.HangingProtocolName, VR.SH, "Chest & \u00fcber");
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + service.getAddress().getPort() + path;
    }

    private void allowed() {
        assertDoesNotThrow(() -> policy.checkStore("DCM4CHEE", protocol));
    }

    private void refused(HpStatus status, String comment) {
        HpFailure failure = assertThrows(HpFailure.class, () -> policy.checkStore("DCM4CHEE", protocol));
        assertEquals(status + " " + comment, failure.toString());
    }

    @Test
    @DisplayName("without a store permission service every object may be stored")
    void none() {
        allowed();
        ae.setStorePermissionServiceResponsePattern(Pattern.compile("yes"));
        allowed();
    }

    @Test
    @DisplayName("a configured response is made of the object and has to match the pattern; otherwise 0124 with its comment")
    void configuredResponse() {
        ae.setStorePermissionServiceResponse("level={00720006}");
        allowed();
        ae.setStorePermissionServiceResponsePattern(Pattern.compile("level=SITE"));
        allowed();
        ae.setStorePermissionServiceResponsePattern(Pattern.compile("level=MANUFACTURER"));
        refused(HpStatus.NOT_AUTHORIZED, "Not Authorized");
        ae.setStorePermissionServiceErrorCommentPattern(Pattern.compile("level=(\\w+)"));
        refused(HpStatus.NOT_AUTHORIZED, "SITE");
        ae.setStorePermissionServiceErrorCommentPattern(Pattern.compile("nothing of it"));
        refused(HpStatus.NOT_AUTHORIZED, "Not Authorized");
    }

    @Test
    @DisplayName("a service is asked with values of the object, whatever characters they have")
    void service() {
        ae.setStorePermissionServiceURL(url("/may?uid={00080018}&name={00720002}"));
        allowed();
        assertEquals(List.of("/may?uid=2.25.1&name=Chest%20&%20%C3%BCber"), asked);
    }

    @Test
    @DisplayName("200 says yes if its content matches, 204 if none is asked for, every other status says no")
    void answersOfTheService() {
        ae.setStorePermissionServiceURL(url("/"));
        status = 204;
        allowed();
        ae.setStorePermissionServiceResponsePattern(Pattern.compile("granted|^$"));
        refused(HpStatus.NOT_AUTHORIZED, "Not Authorized");
        status = 200;
        answer = "granted";
        allowed();
        answer = "denied: no quota";
        ae.setStorePermissionServiceErrorCommentPattern(Pattern.compile("denied: (.+)"));
        refused(HpStatus.NOT_AUTHORIZED, "no quota");
        status = 403;
        answer = "granted";
        refused(HpStatus.NOT_AUTHORIZED, "Not Authorized");
    }

    @Test
    @DisplayName("a service that cannot be asked is no permission: A700, and the peer sends again")
    void unreachable() {
        ae.setStorePermissionServiceURL(url("/"));
        service.stop(0);
        refused(HpStatus.OUT_OF_RESOURCES, "The store permission service does not answer");
        ae.setStorePermissionServiceURL("gopher://nowhere/");
        refused(HpStatus.OUT_OF_RESOURCES, "The store permission service does not answer");
    }

    @Test
    @DisplayName("the data set is not changed by that")
    void untouched() {
        Attributes before = new Attributes(protocol);
        ae.setStorePermissionServiceResponse("{00720002}");
        allowed();
        assertEquals(before, protocol);
    }
}
