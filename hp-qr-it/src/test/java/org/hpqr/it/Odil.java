package org.hpqr.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hpqr.testkit.server.ExternalProcess;

/** The walk's workstation (src/walk/hp.py), made of odil (Debian package python3-odil), as a peer. */
public final class Odil {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Odil() {
    }

    /**
     * One DIMSE response.
     *
     * @param json {@code status} (four hexadecimal digits), the counts, and the data set as {@code data}
     */
    public record Response(JsonNode json) {

        public String status() {
            return json.get("status").asText();
        }

        /** Completed, failed and warning sub-operations. */
        public List<Integer> counts() {
            return List.of(json.path("completed").asInt(-1), json.path("failed").asInt(-1), json.path("warning").asInt(-1));
        }

        /** Remaining sub-operations; -1 if they are not told. */
        public int remaining() {
            return json.path("remaining").asInt(-1);
        }

        /** The values of an attribute of the data set; {@code path} are tags, items are those of the first. */
        public List<String> values(String... path) {
            JsonNode attributes = json.path("data");
            for (int i = 0; i < path.length - 1; i++)
                attributes = attributes.path(path[i]).path("Value").path(0);
            List<String> values = new ArrayList<>();
            attributes.path(path[path.length - 1]).path("Value").forEach(value -> values.add(value.asText()));
            return values;
        }

        /** Error Comment, empty if there is none. */
        String comment() {
            return json.path("comment").asText();
        }

        /** Offending Elements. */
        List<String> offending() {
            List<String> tags = new ArrayList<>();
            json.path("offending").forEach(tag -> tags.add(tag.asText().toUpperCase(Locale.ROOT)));
            return tags;
        }

        public JsonNode attribute(String tag) {
            return json.path("data").path(tag);
        }
    }

    /** Invokes an operation and returns its responses; the last is the final one. */
    public static List<Response> responses(int port, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3",
                Path.of(System.getProperty("it.sources"), "walk", "hp.py").toString(), "--port", String.valueOf(port), "--json"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs a peer that prints each response as a line of JSON. */
    static List<Response> run(List<String> command) {
        try (ExternalProcess process = new ExternalProcess(Path.of("."), Map.of(), command)) {
            process.awaitEnd();
            List<Response> responses = new ArrayList<>();
            for (String line : process.lines())
                responses.add(new Response(JSON.readTree(line)));
            return responses;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
