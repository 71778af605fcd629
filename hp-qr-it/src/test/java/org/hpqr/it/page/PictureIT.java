package org.hpqr.it.page;

import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.hpqr.dataset.Implementation;
import org.hpqr.it.web.WebClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures and words over HTTP. */
@ExtendWith(WithSite.class)
@Execution(ExecutionMode.SAME_THREAD)
class PictureIT {

    private static final String CHEST = "/hanging-protocols/1.2.840.123456.20030822.223344.1";

    private final WebClient web;

    PictureIT(Site site) {
        web = site.web();
    }

    @BeforeAll
    static void store(Site site) {
        site.storeSamples();
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

    /** Another version may draw it differently. */
    @Test
    void aPictureThatTheClientHasIsNotSentAgain() {
        String tag = header(web.get(CHEST + "/layout.svg", "image/svg+xml"), "etag");

        assertTrue(tag.contains(Implementation.VERSION_NAME), tag);
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
}
