package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.it.Odil;
import org.hpqr.it.web.WebClient;
import org.hpqr.testkit.ohif.OhifPackages;
import org.hpqr.testkit.samples.AccessTable.Person;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.Keys;

/**
 * OHIF's own core with the extension {@code hp-qr-ohif}, as it is published, in a browser (hp-qr-ohif/src/test/node/page.html), against
 * the running server with login; the page is of another origin, as a viewer's mostly is.
 */
@ResourceLock("page")
class OhifExtensionIT {

    private static final String OHIF = "application/vnd.ohif.hanging-protocol+json";
    private static final String DEFAULT = "Default";
    private static final String SITE = "Chest site";
    private static final String GROUP = "Chest readers";
    private static final String OWN = "Chest owner";

    @TempDir
    private static Path directory;
    private static HttpServer pages;
    private static StandaloneServer server;
    private static WebClient web;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(OhifPackages.canBeInstalled(), "nodejs and npm are not installed");
        pages = serve(OhifPackages.install(Path.of("../hp-qr-ohif")));
        Path data = directory.resolve("data");
        for (Person user : List.of(Person.ADMINISTRATOR, Person.MEMBER, Person.OWNER))
            Login.add(user, data);
        server = StandaloneServer.start(data, Map.of("HPQR_HTTP_ORIGINS", origin()));
        web = new WebClient(server.awaitWeb());
        byte[] zip = Site.zip(List.of(file(Protocol.SITE, SITE), file(Protocol.USER_GROUP, GROUP), file(Protocol.SINGLE_USER, OWN)));
        assertEquals(200, web.send("POST", "/hanging-protocols", zip, "Content-Type", "application/zip",
                "Authorization", Login.authorization(Person.ADMINISTRATOR)).statusCode());
        browser = new Browser(origin() + '/', directory);
    }

    private static byte[] file(Protocol protocol, String name) {
        Attributes dataset = protocol.of("2.25." + (protocol.ordinal() + 1));
        dataset.setString(Tag.HangingProtocolName, VR.SH, name);
        return Site.file(dataset);
    }

    private static HttpServer serve(Path root) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> answer(exchange, root.resolve(exchange.getRequestURI().getPath().substring(1))));
        http.start();
        return http;
    }

    private static void answer(HttpExchange exchange, Path file) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", file.toString().endsWith(".html") ? "text/html" : "text/javascript");
            if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, 0);
                Files.copy(file, exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static String origin() {
        return "http://127.0.0.1:" + pages.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        if (browser != null)
            browser.close();
        if (server != null)
            server.close();
        if (pages != null)
            pages.stop(0);
    }

    /** Opens the viewer with a chest X-ray and its prior. */
    private static void open(Person user) {
        browser.visit(origin() + "/page.html?server=" + URLEncoder.encode(web.service(), StandardCharsets.UTF_8)
                + "&user=" + user.userName() + "&password=" + URLEncoder.encode(Login.PASSWORD, StandardCharsets.UTF_8));
        browser.until("OHIF has started", () -> browser.script("return window.ohif") != null);
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(String what) {
        return (List<String>) browser.script("return window.ohif." + what + "()");
    }

    private static void assertActive(String name) {
        assertEquals(name, browser.script("return window.ohif.active()"));
    }

    @Test
    void aUserGetsTheProtocolsThatTheyMaySee() {
        open(Person.OWNER);
        assertEquals(List.of(OWN, SITE, DEFAULT), texts("protocols"));
        assertActive(OWN);
        assertEquals(List.of("PA current", "PA prior"), texts("shown"));

        open(Person.MEMBER);
        assertTrue(texts("protocols").containsAll(List.of(GROUP, SITE, DEFAULT)), () -> texts("protocols").toString());
        assertFalse(texts("protocols").contains(OWN));
    }

    @Test
    void ohifGoesOnWithoutTheServer() {
        // whom the server does not know
        open(Person.OTHER);
        assertEquals(List.of(DEFAULT), texts("protocols"));
        assertActive(DEFAULT);
        assertTrue(texts("said").stream().anyMatch(line -> line.startsWith("error: hp-qr-ohif: the hanging protocols were not loaded")
                && line.contains("401")), () -> texts("said").toString());
    }

    @Test
    void whatIsLostIsOnTheConsole() {
        open(Person.OWNER);
        List<String> said = texts("said");
        assertTrue(said.contains("info: hp-qr-ohif: 2 hanging protocols from " + web.service()), said::toString);
        assertTrue(said.stream().anyMatch(line -> line.matches("groupCollapsed: hp-qr-ohif: " + SITE + ": [0-9]+ differences")), said::toString);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("info: NumberOfScreens: ") && line.endsWith("(screens)")), said::toString);
    }

    @Test
    void aProtocolIsChosenFromTheList() {
        open(Person.OWNER);
        browser.click("button", "Choose protocol");
        assertEquals(3, browser.texts("dialog button").size());
        browser.click("dialog button", SITE);
        browser.until("the dialog is closed", () -> !browser.has("dialog"));
        assertActive(SITE);

        browser.click("button", "Choose protocol");
        browser.named("dialog button", DEFAULT);
        browser.press(Keys.ESCAPE);
        browser.until("the dialog is closed", () -> !browser.has("dialog"));
        assertActive(SITE);
    }

    @Test
    void theLayoutOnTheScreenIsSavedForItsUser() {
        open(Person.MEMBER);
        assertActive(GROUP);
        List<String> shown = texts("shown");
        // nothing more can be asked of the page until the question is answered
        browser.named("button", "Save current layout").click();
        browser.answer("My layout");
        browser.until("it is saved", () -> texts("protocols").contains("My layout"));

        List<Odil.Response> found = Odil.responses(server.port(), "find", "--name", "My layout");
        assertEquals(2, found.size(), found::toString);
        String uid = found.get(0).values("00080018").get(0);
        Attributes saved = Site.got(server.port(), uid, directory.resolve("received"));
        assertEquals("SINGLE_USER", saved.getString(Tag.HangingProtocolLevel));
        assertEquals("member", saved.getSequence(Tag.HangingProtocolUserIdentificationCodeSequence).get(0).getString(Tag.CodeValue));
        assertEquals(shown.size(), saved.getSequence(Tag.DisplaySetsSequence).size());
        String path = "/hanging-protocols/" + uid;
        assertEquals(404, get(path, Person.OWNER));
        assertEquals(200, get(path, Person.MEMBER));

        open(Person.MEMBER);
        assertActive("My layout");
        assertEquals(shown, texts("shown"));
        open(Person.OWNER);
        assertEquals(List.of(OWN, SITE, DEFAULT), texts("protocols"));
    }

    private static int get(String path, Person user) {
        return web.send("GET", path, null, "Accept", OHIF, "Authorization", Login.authorization(user)).statusCode();
    }
}
