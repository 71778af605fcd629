package org.hpqr.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.AccessTable.Person;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of a real Keycloak: their tokens over HTTP (RFC 6750) and over DIMSE (PS3.7 D.3.3.7), by the table of who may do what. */
class KeycloakIT {

    private static final int JSON_WEB_TOKEN = 5;
    private static final String CLIENT = "hp-qr";
    private static final Pattern FORM_ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern SOP_INSTANCE_UID = Pattern.compile("\"00080018\":\\{\"vr\":\"UI\",\"Value\":\\[\"([0-9.]+)\"]");

    @TempDir
    private static Path data;
    private static KeycloakServer keycloak;
    private static StandaloneServer server;
    private static WebClient web;

    @BeforeAll
    static void start() throws Exception {
        keycloak = new KeycloakServer();
        server = StandaloneServer.start(data, Map.of("HPQR_IDENTITY", "require", "HPQR_OIDC_ISSUER", keycloak.issuer(), "HPQR_VALIDATION", "off"));
        web = new WebClient(server.awaitWeb());
        try (Peer peer = peer(keycloak.token(CLIENT, Person.ADMINISTRATOR.userName()))) {
            for (Protocol protocol : Protocol.values())
                assertEquals(0, peer.store(protocol.of(uid(protocol)), UID.ExplicitVRLittleEndian).status());
        }
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
        if (keycloak != null)
            keycloak.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void tokensDecideOverTheWeb(Person who) {
        String token = keycloak.token(CLIENT, who.userName());

        HttpResponse<byte[]> found = send(token, "GET", "/hanging-protocols?SOPInstanceUID=" + String.join(",", uids()), "Accept", WebClient.JSON);
        assertEquals(visibleTo(who), SOP_INSTANCE_UID.matcher(WebClient.text(found)).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new)));
        for (Protocol protocol : Protocol.values()) {
            int change = protocol.mayWrite(who) ? 204 : protocol.mayRead(who) ? 403 : 404;
            assertEquals(change, send(token, "POST", "/hanging-protocols/" + uid(protocol) + "/retire").statusCode(), protocol.name());
            assertEquals(change, send(token, "POST", "/hanging-protocols/" + uid(protocol) + "/restore").statusCode(), protocol.name());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void tokensDecideOverDimse(Person who) throws Exception {
        try (Peer peer = peer(keycloak.token(CLIENT, who.userName()))) {
            assertNotNull(peer.association.getAAssociateAC().getUserIdentityAC());
            assertEquals(visibleTo(who), peer.find(Peer.uids(uids())).all().stream().filter(response -> response.data() != null)
                    .map(response -> response.data().getString(Tag.SOPInstanceUID)).collect(Collectors.toCollection(TreeSet::new)));
            for (Protocol protocol : Protocol.values())
                assertEquals(protocol.mayWrite(who) ? 0 : 0x0124,
                        peer.store(protocol.of(uid(protocol)), UID.ExplicitVRLittleEndian).status(), protocol.name());
        }
    }

    /** OpenID Connect Core 1.0, 3.1: from the page to the login form of the provider and back. */
    @Test
    void aBrowserIsSentToTheLoginAndBack() throws Exception {
        String page = web.service().substring(0, web.service().indexOf("/aets")) + '/';
        HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).cookieHandler(new Cookies()).build();
        HttpResponse<String> form = browser.send(HttpRequest.newBuilder(URI.create(page)).header("Accept", "text/html").build(), BodyHandlers.ofString());
        Matcher action = FORM_ACTION.matcher(form.body());
        assertTrue(form.uri().toString().startsWith(keycloak.issuer()) && action.find(), form.uri() + "\n" + form.body());

        HttpResponse<String> after = browser.send(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=owner&password=" + KeycloakServer.password("owner").replace(' ', '+'))).build(), BodyHandlers.ofString());
        assertEquals(page, after.uri().toString(), after.body());
        assertEquals(200, after.statusCode());

        HttpRequest.Builder user = HttpRequest.newBuilder(URI.create(page + "aets/HPQR/user"));
        assertTrue(browser.send(user.build(), BodyHandlers.ofString()).body().startsWith("{\"name\":\"owner\""));
        HttpRequest.Builder retire = HttpRequest.newBuilder(URI.create(web.service() + "/hanging-protocols/" + uid(Protocol.SINGLE_USER) + "/retire"))
                .POST(BodyPublishers.noBody());
        assertEquals(403, browser.send(retire.header("Origin", "https://evil.example").build(), BodyHandlers.ofString()).statusCode());
    }

    @Test
    void aTokenForAnotherClientIsRefused() {
        String token = keycloak.token("other", Person.ADMINISTRATOR.userName());

        assertEquals(401, send(token, "GET", "/hanging-protocols", "Accept", WebClient.JSON).statusCode());
        assertThrows(AAssociateRJ.class, () -> peer(token));
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String token = keycloak.token(CLIENT, Person.OWNER.userName());
        String[] parts = token.split("\\.");
        String[] administrator = keycloak.token(CLIENT, Person.ADMINISTRATOR.userName()).split("\\.");
        String forged = parts[0] + '.' + administrator[1] + '.' + parts[2];

        assertEquals(401, send(forged, "GET", "/hanging-protocols", "Accept", WebClient.JSON).statusCode());
        assertThrows(AAssociateRJ.class, () -> peer(forged));
    }

    @Test
    void withoutATokenNothingIsServed() {
        HttpResponse<byte[]> refused = web.get("/hanging-protocols", WebClient.JSON);

        assertEquals(401, refused.statusCode());
        assertEquals("Bearer realm=\"hp-qr\"", WebClient.header(refused, "WWW-Authenticate"));
    }

    @Test
    void theAuditTrailNamesTheUser() throws IOException {
        send(keycloak.token(CLIENT, Person.OWNER.userName()), "GET", "/hanging-protocols/" + uid(Protocol.SINGLE_USER), "Accept", WebClient.JSON);

        String trail = Files.readString(data.resolve("log/hp-qr-audit.log"));
        assertTrue(trail.contains("retrieved user=\"owner\""), trail);
    }

    /** As a browser has them for this machine: also those that want a secure connection, which java.net does not send. */
    private static final class Cookies extends CookieHandler {

        private final Map<String, String> values = new ConcurrentHashMap<>();

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return values.isEmpty() ? Map.of() : Map.of("Cookie", List.of(values.entrySet().stream()
                    .map(cookie -> cookie.getKey() + '=' + cookie.getValue()).collect(Collectors.joining("; "))));
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) {
            headers.entrySet().stream().filter(header -> "Set-Cookie".equalsIgnoreCase(header.getKey()))
                    .flatMap(header -> header.getValue().stream()).forEach(line -> {
                        String[] cookie = line.split(";", 2)[0].split("=", 2);
                        if (line.contains("Max-Age=0"))
                            values.remove(cookie[0]);
                        else
                            values.put(cookie[0], cookie[1]);
                    });
        }
    }

    private static HttpResponse<byte[]> send(String token, String method, String path, String... headers) {
        return web.send(method, path, null, Stream.concat(Stream.of("Authorization", "Bearer " + token), Stream.of(headers)).toArray(String[]::new));
    }

    private static Peer peer(String token) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setUserIdentityRQ(new UserIdentityRQ(JSON_WEB_TOKEN, true, token.getBytes(StandardCharsets.UTF_8), new byte[0]));
        return new Peer(server.port(), request, false);
    }

    private static String uid(Protocol protocol) {
        return "1.2.3." + (protocol.ordinal() + 1);
    }

    private static String[] uids() {
        return Stream.of(Protocol.values()).map(KeycloakIT::uid).toArray(String[]::new);
    }

    private static Set<String> visibleTo(Person who) {
        return Stream.of(Protocol.values()).filter(protocol -> protocol.mayRead(who)).map(KeycloakIT::uid)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
