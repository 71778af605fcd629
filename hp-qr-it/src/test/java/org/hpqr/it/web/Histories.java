package org.hpqr.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a server says of the past of its objects. */
public final class Histories {

    private Histories() {
    }

    /**
     * Fetches every content that the histories of some objects name. The server proves each by its digest.
     *
     * @param service its URI, without a slash at the end
     * @return how many there are that are not the one that is stored
     */
    public static int fetch(String service, Collection<String> uids) {
        WebClient web = new WebClient(service);
        int replaced = 0;
        for (String uid : uids) {
            String path = "/hanging-protocols/" + uid;
            JsonNode history = of(web, path);
            assertEquals(WebClient.header(web.get(path, WebClient.JSON), "etag"), '"' + digest(history, history.get("current").asInt()) + '"');
            for (JsonNode event : history.get("events"))
                if (event.get("content").asBoolean()) {
                    HttpResponse<byte[]> content = web.get(path + "/history/" + event.get("number").asInt(), WebClient.DICOM);
                    assertEquals(200, content.statusCode(), () -> event + ": " + WebClient.text(content));
                    assertEquals('"' + event.get("digest").asText() + '"', WebClient.header(content, "etag"));
                    replaced += event.get("number").asInt() == history.get("current").asInt() ? 0 : 1;
                }
        }
        return replaced;
    }

    /** The history of an object, as the server tells it. */
    static JsonNode of(WebClient web, String path) {
        HttpResponse<byte[]> response = web.get(path + "/history", "application/json");
        assertEquals(200, response.statusCode(), () -> WebClient.text(response));
        assertTrue(WebClient.header(response, "content-type").startsWith("application/json"));
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The digest of a content. */
    static String digest(JsonNode history, int number) {
        for (JsonNode event : history.get("events"))
            if (event.get("number").asInt() == number)
                return event.get("digest").asText();
        throw new AssertionError(number + " is not in " + history);
    }

    /** The values of a field in each element of an array. */
    static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.get(field).asText()));
        return texts;
    }
}
