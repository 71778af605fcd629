package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hpqr.it.Dcmtk;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures and words over HTTP, and what a browser makes of the page. */
class PageIT {

    private static final Path SAMPLES = Path.of("../src/samples");
    private static final String CHEST = "/hanging-protocols/1.2.840.123456.20030822.223344.1";

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static WebClient web;

    @BeforeAll
    static void startAndStore() throws IOException {
        server = StandaloneServer.start(directory.resolve("data"), Map.of());
        web = new WebClient(server.awaitWeb());
        try (Stream<Path> files = Files.list(SAMPLES)) {
            Dcmtk.store(server.port(), "-xe", files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList());
        }
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    @Test
    void aPictureMayDoNothingByItself() {
        HttpResponse<byte[]> response = web.get(CHEST + "/layout.svg?group=2", "image/svg+xml");

        assertEquals(200, response.statusCode());
        assertEquals("image/svg+xml;charset=UTF-8", header(response, "content-type"));
        assertTrue(response.headers().allValues("content-security-policy").contains("default-src 'none'; sandbox"));
        assertTrue(text(response).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""), text(response));
        assertTrue(text(response).contains("Current DX"));
    }

    @Test
    void aPictureThatTheClientHasIsNotSentAgain() {
        String tag = header(web.get(CHEST + "/layout.svg", "image/svg+xml"), "etag");

        assertEquals(304, web.send("GET", CHEST + "/layout.svg", null, "Accept", "image/svg+xml", "If-None-Match", tag).statusCode());
        assertEquals(200, web.send("GET", CHEST + "/layout.svg?thumbnail=true", null, "Accept", "*/*", "If-None-Match", tag).statusCode());
    }

    @ParameterizedTest
    @CsvSource({"/layout.svg?group=9,404", "/layout.svg?group=two,400", "/layout.svg?group=1&group=2,400"})
    void aPictureThatIsNotThere(String path, int status) {
        assertEquals(status, web.get(CHEST + path, "*/*").statusCode());
    }

    @Test
    void noPictureOfWhatIsNotStored() {
        assertEquals(404, web.get("/hanging-protocols/1.2.3/layout.svg", "*/*").statusCode());
    }

    @Test
    void theWordsHaveTheLanguageAskedFor() {
        String words = text(web.get(CHEST + "/layout?lang=de", "application/json"));

        assertTrue(words.contains("Rechter Bildschirm: „Prior CR“, CR Voraufnahme, Stapel."), words);
    }

    @Test
    void theAeTitlesAreNamedAsTheArchiveDoes() {
        WebClient root = new WebClient(web.service().replace("/HPQR/rs", ""));

        assertEquals("[{\"dicomAETitle\":\"HPQR\"}]", text(root.get("", "application/json")));
    }

    @Test
    void theListShowsWhatIsStored() throws Exception {
        String page = browse("");

        for (String name : List.of("CT 1 prior", "Chest X-ray", "MG Screening", "胸部 CT 1 prior"))
            assertTrue(page.contains(">" + name + "</a>"), name + " in " + page);
        assertTrue(page.contains("src=\"aets/HPQR/rs" + CHEST + "/layout.svg?thumbnail=true&amp;lang=en\""), page);
    }

    @Test
    void theAddressIsTheSearch() throws Exception {
        String page = browse("?modality=MG");

        assertTrue(page.contains(">MG Screening</a>"), page);
        assertFalse(page.contains(">CT 1 prior</a>"), page);
    }

    @Test
    void aProtocolIsShownInPicturesAndWords() throws Exception {
        String page = browse("?lang=de&uid=" + CHEST.substring(CHEST.lastIndexOf('/') + 1));

        assertTrue(page.contains("<html lang=\"de\">"), page);
        assertTrue(page.contains("<h1>Chest X-ray</h1>"), page);
        assertTrue(page.contains("layout.svg?group=2&amp;lang=de"), page);
        assertTrue(page.contains("<li>Linker Bildschirm: „Current CR“, CR aktuell, Stapel.</li>"), page);
    }

    @Test
    void whatIsNotStoredIsSaidSo() throws Exception {
        assertTrue(browse("?uid=1.2.3").contains("This protocol is not here (any more), or you may not see it."));
    }

    /** The page as it is when its scripts have run. */
    private static String browse(String query) throws Exception {
        Path output = Files.createTempFile(directory, "page", ".html");
        List<String> command = new ArrayList<>(List.of("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--lang=en-US",
                "--user-data-dir=" + directory.resolve("chromium"), "--virtual-time-budget=20000", "--dump-dom",
                web.service().replace("aets/HPQR/rs", "") + query));
        Process chromium = new ProcessBuilder(command).redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertTrue(chromium.waitFor(120, TimeUnit.SECONDS), "chromium does not end");
        } finally {
            chromium.destroyForcibly();
        }
        return Files.readString(output);
    }
}
