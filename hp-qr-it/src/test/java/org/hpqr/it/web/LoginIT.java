package org.hpqr.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.AccessTable.Person;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.tls.NodeKey;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of a file against the running server with TLS: the table of who may do what, over the web and over DIMSE. */
@Order(2)
class LoginIT {

    /** All who can log in. */
    private static final Set<Person> USERS = EnumSet.complementOf(EnumSet.of(Person.UNKNOWN));

    private static final Pattern SOP_INSTANCE_UID = Pattern.compile("\"00080018\":\\{\"vr\":\"UI\",\"Value\":\\[\"([0-9.]+)\"]");

    private static final Pattern FAILURE_REASON = Pattern.compile("\"00081197\":\\{\"vr\":\"US\",\"Value\":\\[([0-9]+)]");
    /** With what start script, WildFly and hp-qr could each take for something else. */
    private static final String KEYSTORE_PASSWORD = "geheim\\17 $$ ${x} \"'";
    /** 0124. */
    private static final String NOT_AUTHORIZED = "292";

    @TempDir
    private static Path data;
    private static StandaloneServer server;
    private static WebClient web;
    /** Of the whole web application. */
    private static WebClient root;

    @BeforeAll
    static void start() throws Exception {
        addByCommand(Person.ADMINISTRATOR);
        for (Person user : USERS)
            if (user != Person.ADMINISTRATOR)
                UserFile.add(data, user, password(user));
        NodeKey key = NodeKey.make(data, "server", "PKCS12", KEYSTORE_PASSWORD);
        // a file of properties has escapes
        Files.writeString(data.resolve("hp-qr.properties"), "hpqr.tls-keystore-password = " + KEYSTORE_PASSWORD.replace("\\", "\\\\"));
        int port = FreePort.find();
        server = StandaloneServer.start(data, Map.of("HPQR_HTTP_PORT", "0", "HPQR_HTTPS_PORT", String.valueOf(port), "HPQR_IDENTITY", "require",
                "HPQR_TLS_KEYSTORE", key.keystore().toString(),
                "HPQR_VALIDATION", "off", "HPQR_HTTP_ORIGINS", "https://viewer.example"));
        String service = "https://127.0.0.1:" + port + "/hp-qr/aets/HPQR/rs";
        server.process().awaitLine(line -> line.endsWith("hp-qr listening: DICOMweb on " + service));
        web = new WebClient(service, trusting(key));
        root = new WebClient(service.substring(0, service.indexOf("/aets")), trusting(key));
    }

    private static void addByCommand(Person user) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", Path.of(System.getProperty("it.server"), "bin/hp-qr.sh").toString(), "user", "add", user.userName()));
        user.roles().forEach(role -> command.addAll(List.of("--role", role)));
        ProcessBuilder add = new ProcessBuilder(command).redirectErrorStream(true);
        add.environment().put("HPQR_DATA", data.toString());
        Process process = add.start();
        process.getOutputStream().write((password(user) + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertEquals("Added " + user.userName() + " in " + data.resolve("users") + '\n',
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    private static SSLContext trusting(NodeKey key) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", key.load().getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    /** One protocol of each row is stored. */
    @BeforeEach
    void storeAll() throws Exception {
        for (Protocol protocol : Protocol.values())
            assertEquals(200, post(Person.ADMINISTRATOR, "/hanging-protocols", protocol.of(uid(protocol))).statusCode());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void whatAUserMayNotSeeDoesNotExistOverTheWeb(Person who) {
        assertEquals(visibleTo(who), found(who));
        for (Protocol protocol : Protocol.values()) {
            HttpResponse<byte[]> response = send(who, "GET", "/hanging-protocols/" + uid(protocol), null, "Accept", WebClient.JSON);
            assertEquals(protocol.mayRead(who) ? 200 : 404, response.statusCode(), protocol.name());
            if (protocol.mayRead(who))
                assertEquals(protocol.mayWrite(who), WebClient.header(response, "Allow").contains("DELETE"), protocol.name());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void whatAUserMayNotChangeStaysAsItIs(Person who) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            String path = "/hanging-protocols/" + uid(protocol);
            int change = protocol.mayWrite(who) ? 204 : protocol.mayRead(who) ? 403 : 404;

            assertEquals(change, send(who, "POST", path + "/retire", null).statusCode(), protocol + " retire");
            assertEquals(change, send(who, "POST", path + "/restore", null).statusCode(), protocol + " restore");
            HttpResponse<byte[]> stored = post(who, "/hanging-protocols", protocol.of(uid(protocol) + "." + (who.ordinal() + 1)));
            assertEquals(protocol.mayWrite(who) ? 200 : 400, stored.statusCode(), protocol + " new");
            assertEquals(protocol.mayWrite(who) ? "" : NOT_AUTHORIZED, failureReason(stored), protocol + " new");
        }
        if (Protocol.SITE.mayWrite(who))
            return;
        HttpResponse<byte[]> copied = send(who, "POST", "/hanging-protocols/" + uid(Protocol.SITE) + "/copy",
                "{\"00720006\":{\"vr\":\"CS\",\"Value\":[\"SITE\"]}}".getBytes(StandardCharsets.US_ASCII), "Content-Type", WebClient.JSON);
        assertEquals(403, copied.statusCode(), "copy");
    }

    /** Also where the standard has no transaction. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void noResourceTellsOfWhatAUserMayNotSee(Person who) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            String path = "/hanging-protocols/" + uid(protocol);
            int current = history(Person.ADMINISTRATOR, path).get("current").asInt();
            int read = protocol.mayRead(who) ? 200 : 404;
            for (String resource : List.of("", "/history", "/history/" + current, "/history/" + current + "/layout", "/layout", "/layout.svg", "/validation"))
                assertEquals(read, send(who, "GET", path + resource, null, "Accept", "*/*").statusCode(), protocol + resource);
            int change = protocol.mayWrite(who) ? 204 : protocol.mayRead(who) ? 403 : 404;
            assertEquals(change, send(who, "POST", path + "/history/" + current + "/restore", null).statusCode(), protocol + " undo");
            if (!protocol.mayRead(who))
                assertEquals(404, send(who, "POST", path + "/copy", "[{}]".getBytes(StandardCharsets.US_ASCII), "Content-Type", WebClient.JSON).statusCode());
        }
        byte[] everything = "[{\"00080018\":{\"vr\":\"UI\"}}]".getBytes(StandardCharsets.US_ASCII);
        JsonNode explained = json(send(who, "POST", "/explain", everything, "Content-Type", WebClient.JSON));
        Set<String> named = new TreeSet<>(Histories.texts(explained.get("protocols"), "sopInstanceUid"));
        named.retainAll(List.of(uids()));
        assertEquals(visibleTo(who), named);
        assertEquals(who == Person.ADMINISTRATOR ? 200 : 403, send(who, "GET", "/explain/recent", null, "Accept", "*/*").statusCode());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void whatIsRetiredIsDeletedByWhoMayChangeIt(Person who) throws Exception {
        for (Protocol protocol : Protocol.values())
            assertEquals(204, send(Person.ADMINISTRATOR, "POST", "/hanging-protocols/" + uid(protocol) + "/retire", null).statusCode());
        HttpResponse<byte[]> retired = send(who, "GET", "/retired-hanging-protocols?SOPInstanceUID=" + String.join(",", uids()), null, "Accept", WebClient.JSON);
        assertEquals(visibleTo(who), sopInstanceUids(retired));
        for (Protocol protocol : Protocol.values()) {
            String path = "/hanging-protocols/" + uid(protocol);
            JsonNode history = history(Person.ADMINISTRATOR, path);
            String tag = '"' + Histories.digest(history, history.get("current").asInt()) + '"';
            assertEquals(protocol.mayWrite(who) ? 204 : protocol.mayRead(who) ? 403 : 404,
                    send(who, "DELETE", path, null, "If-Match", tag).statusCode(), protocol.name());
        }
    }

    /** A protocol may have been for somebody else before. */
    @Test
    void theHistoryHasOnlyContentsThatTheUserMaySee() throws Exception {
        String path = "/hanging-protocols/1.2.4";
        for (Protocol content : List.of(Protocol.SINGLE_USER, Protocol.USER_GROUP, Protocol.SITE, Protocol.USER_GROUP))
            assertEquals(200, post(Person.ADMINISTRATOR, "/hanging-protocols", content.of("1.2.4")).statusCode());
        List<String> numbers = Histories.texts(history(Person.ADMINISTRATOR, path).get("events"), "number");
        String ofTheOwner = numbers.get(3);
        String ofTheSite = numbers.get(1);
        assertEquals(numbers.subList(0, 3), Histories.texts(history(Person.MANAGER, path).get("events"), "number"));
        assertEquals(404, send(Person.MANAGER, "GET", path + "/history/" + ofTheOwner, null, "Accept", WebClient.JSON).statusCode());
        assertEquals(404, send(Person.MANAGER, "POST", path + "/history/" + ofTheOwner + "/restore", null).statusCode());
        assertEquals(403, send(Person.MANAGER, "POST", path + "/history/" + ofTheSite + "/restore", null).statusCode(), "the site's is not the manager's");
        assertEquals(204, send(Person.ADMINISTRATOR, "POST", path + "/history/" + ofTheSite + "/restore", null).statusCode());
        assertEquals(403, send(Person.MANAGER, "POST", path + "/history/" + numbers.get(2) + "/restore", null).statusCode(), "nor to be replaced");
    }

    private static JsonNode history(Person who, String path) throws IOException {
        return json(send(who, "GET", path + "/history", null, "Accept", "application/json"));
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        assertEquals(200, response.statusCode(), () -> WebClient.text(response));
        return new ObjectMapper().readTree(response.body());
    }

    @ParameterizedTest
    @EnumSource
    void overDimseTheTableIsTheSame(Person who) throws Exception {
        try (Peer peer = peer(who, password(who))) {
            assertEquals(visibleTo(who), peer.find(Peer.uids(uids())).all().stream().filter(response -> response.data() != null)
                    .map(response -> response.data().getString(Tag.SOPInstanceUID)).collect(Collectors.toCollection(TreeSet::new)));
            for (Protocol protocol : Protocol.values())
                assertEquals(protocol.mayWrite(who) ? 0 : 0x0124,
                        peer.store(protocol.of(uid(protocol)), UID.ExplicitVRLittleEndian).status(), protocol.name());
        }
    }

    @Test
    void aWrongPasswordIsRefusedEverywhere() {
        assertThrows(AAssociateRJ.class, () -> peer(Person.OWNER, "wrong password"));
        HttpResponse<byte[]> refused = withPassword("owner", "wrong password");
        assertEquals(401, refused.statusCode());
        assertEquals("Basic realm=\"hp-qr\", charset=\"UTF-8\"", WebClient.header(refused, "WWW-Authenticate"));
    }

    /** Nobody has made such a token: there is no provider. */
    @Test
    @Clause("RFC 6750 3.1")
    void aTokenIsRefusedIfThereIsNoProvider() {
        for (String token : List.of("Bearer abc", "bearer a.b.c", "Bearer", "BEARER  abc")) {
            HttpResponse<byte[]> refused = web.send("GET", "/hanging-protocols", null, "Accept", WebClient.JSON, "Authorization", token);
            assertEquals(401, refused.statusCode(), token);
            assertEquals("A login is needed\n", WebClient.text(refused));
        }
        HttpResponse<byte[]> inUrl = web.send("GET", "/hanging-protocols?access_token=abc", null, "Accept", WebClient.JSON);
        assertEquals(400, inUrl.statusCode());
        assertFalse(WebClient.text(inUrl).contains("Exception"), () -> WebClient.text(inUrl));
    }

    @Test
    void whoGuessesPasswordsHasToWait() {
        for (int i = 0; i < 5; i++)
            assertEquals(401, withPassword("nobody", "wrong password").statusCode());
        HttpResponse<byte[]> refused = withPassword("nobody", "wrong password");
        assertEquals(429, refused.statusCode());
        String seconds = WebClient.header(refused, "Retry-After");
        assertTrue(seconds.matches("[1-9][0-9]?"), seconds);
        assertEquals("Too many wrong passwords. Try again in " + seconds + " s\n", WebClient.text(refused));
        assertEquals(200, send(Person.OWNER, "GET", "/hanging-protocols", null, "Accept", WebClient.JSON).statusCode(), "another user");
    }

    private static HttpResponse<byte[]> withPassword(String user, String password) {
        return web.send("GET", "/hanging-protocols", null, "Accept", WebClient.JSON, "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void withoutALoginNothingIsServedButAPreflight() {
        for (String path : List.of("/aets/HPQR/rs/hanging-protocols", "/aets/HPQR/rs/hanging-protocols/1.2.3", "/aets/HPQR/rs/", "/aets/HPQR/user",
                "/aets", "/nothing", "/", "/index.html", "/page/main.js"))
            assertEquals(401, root.send("GET", path, null, "Accept", WebClient.JSON).statusCode(), path);
        assertEquals(401, web.send("OPTIONS", "/", null, "Accept", "application/json").statusCode());
        assertEquals(401, web.send("POST", "/hanging-protocols", new byte[] {1}, "Content-Type", WebClient.DICOM).statusCode());

        HttpResponse<byte[]> preflight = web.send("OPTIONS", "/hanging-protocols", null, "Origin", "https://viewer.example",
                "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization");
        assertEquals(204, preflight.statusCode());
        assertTrue(WebClient.header(preflight, "Access-Control-Allow-Headers").contains("authorization"));
    }

    @Test
    void theServerSaysWhoSomebodyIs() {
        assertTrue(user(Person.ADMINISTRATOR).contains("\"administrator\":true"));
        assertEquals("{\"name\":\"manager\",\"administrator\":false,\"code\":{\"value\":\"manager\",\"scheme\":\"99HPQR\"},"
                + "\"groups\":[\"READERS\"],\"managedGroups\":[\"READERS\"]}", user(Person.MANAGER));
    }

    @Test
    void theAuditTrailNamesTheUser() throws IOException {
        String path = "/hanging-protocols/" + uid(Protocol.SINGLE_USER);
        send(Person.OWNER, "GET", path, null, "Accept", WebClient.JSON);
        send(Person.OWNER, "POST", path + "/retire", null);
        send(Person.OWNER, "POST", path + "/restore", null);
        send(Person.MANAGER, "DELETE", path, null, "If-Match", "\"x\"");

        String trail = Files.readString(data.resolve("log/hp-qr-audit.log"));
        String where = " called=\"HPQR\" peer=127.0.0.1 instance=\"" + uid(Protocol.SINGLE_USER) + '"';
        for (String event : List.of("retrieved user=\"owner\"", "retired user=\"owner\"", "restored user=\"owner\"", "deleted user=\"manager\""))
            assertTrue(trail.contains(event + where), event + " in " + trail);
    }

    private static String user(Person who) {
        return WebClient.text(root.send("GET", "/aets/HPQR/user", null, "Accept", "application/json", "Authorization", authorization(who)));
    }

    private static Set<String> found(Person who) {
        HttpResponse<byte[]> response = send(who, "GET", "/hanging-protocols?SOPInstanceUID=" + String.join(",", uids()), null, "Accept", WebClient.JSON);
        assertEquals(200, response.statusCode());
        return sopInstanceUids(response);
    }

    private static Set<String> sopInstanceUids(HttpResponse<byte[]> response) {
        return SOP_INSTANCE_UID.matcher(WebClient.text(response)).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static HttpResponse<byte[]> send(Person who, String method, String path, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", authorization(who)));
        return web.send(method, path, body, all.toArray(String[]::new));
    }

    private static String failureReason(HttpResponse<byte[]> stored) {
        return FAILURE_REASON.matcher(WebClient.text(stored)).results().map(reason -> reason.group(1)).collect(Collectors.joining());
    }

    private static String authorization(Person who) {
        return "Basic " + Base64.getEncoder().encodeToString((who.userName() + ':' + password(who)).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] file(Attributes protocol) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(file, UID.ExplicitVRLittleEndian)) {
            out.writeDataset(protocol.createFileMetaInformation(UID.ExplicitVRLittleEndian), protocol);
        }
        return file.toByteArray();
    }

    private static HttpResponse<byte[]> post(Person who, String path, Attributes protocol) throws Exception {
        return send(who, "POST", path, file(protocol), "Content-Type", WebClient.DICOM);
    }

    private static Peer peer(Person who, String password) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        if (who != Person.UNKNOWN)
            request.setUserIdentityRQ(new UserIdentityRQ(2, true, who.userName().getBytes(StandardCharsets.UTF_8),
                    password.getBytes(StandardCharsets.UTF_8)));
        return new Peer(server.port(), request, false);
    }

    private static String password(Person who) {
        return "secret of " + who.userName() + ": äöü";
    }

    private static String uid(Protocol protocol) {
        return "1.2.3." + (protocol.ordinal() + 1);
    }

    private static String[] uids() {
        return Stream.of(Protocol.values()).map(LoginIT::uid).toArray(String[]::new);
    }

    private static Set<String> visibleTo(Person who) {
        return Stream.of(Protocol.values()).filter(protocol -> protocol.mayRead(who)).map(LoginIT::uid)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
