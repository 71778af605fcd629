package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code hp-qr-ohif/mapping.js}: the facts that the server and the browser share. */
final class Mapping {

    private static final String FILE = "mapping.js";
    /** What stands before the JSON, so that browsers can import the file. */
    private static final String PREFIX = "export default ";

    private static final JsonObject ALL = read();
    private static final Map<Integer, Attribute> ATTRIBUTES = new LinkedHashMap<>();
    private static final Map<String, Integer> ATTRIBUTE_TAGS = new HashMap<>();
    private static final Map<Integer, String> KEYWORDS = new HashMap<>();
    private static final Map<String, Integer> TAGS = new HashMap<>();

    static {
        ALL.getJsonObject("attributes").forEach((tag, value) -> {
            JsonObject attribute = value.asJsonObject();
            String keyword = attribute.getString("keyword");
            ATTRIBUTES.put(parse(tag), new Attribute(parse(tag), keyword, attribute.getString("vr"),
                    attribute.getBoolean("severalValues", false)));
            ATTRIBUTE_TAGS.put(keyword, parse(tag));
        });
        ALL.getJsonObject("keywords").forEach((tag, keyword) -> {
            KEYWORDS.put(parse(tag), ((JsonString) keyword).getString());
            TAGS.put(((JsonString) keyword).getString(), parse(tag));
        });
    }

    static final Map<String, String> OPERATORS = texts("operators");
    static final Map<String, String> ORIENTATIONS = texts("orientations");
    static final Map<String, String> COLORMAPS = texts("colormaps");
    static final List<String> DEFINITION_TEXTS = strings(ALL, "definitionTexts");
    static final Set<String> NUMBERS = Set.copyOf(strings(ALL, "numbers"));
    static final Set<String> TEXTS = Set.copyOf(strings(ALL, "texts"));

    private Mapping() {
    }

    /**
     * An attribute of images that a rule of OHIF can test.
     *
     * @param severalValues its value multiplicity allows several
     */
    record Attribute(int tag, String keyword, String vr, boolean severalValues) {
    }

    static Optional<Attribute> attribute(int tag) {
        return Optional.ofNullable(ATTRIBUTES.get(tag));
    }

    static Optional<Attribute> attribute(String keyword) {
        return Optional.ofNullable(ATTRIBUTE_TAGS.get(keyword)).map(ATTRIBUTES::get);
    }

    /** The keyword; of an attribute that has none here, the tag. */
    static String keyword(int tag) {
        String keyword = KEYWORDS.get(tag);
        return keyword != null ? keyword : attribute(tag).map(Attribute::keyword).orElseGet(() -> String.format("%08X", tag));
    }

    /** @return empty if it is no keyword of a Hanging Protocol */
    static Optional<Integer> tag(String keyword) {
        return Optional.ofNullable(TAGS.get(keyword));
    }

    /** The codes of all diagnostics. */
    static Set<String> messages() {
        return ALL.getJsonObject("messages").keySet();
    }

    static String message(String code) {
        return ALL.getJsonObject("messages").getString(code);
    }

    /** Keywords of an item that the conversion to OHIF treats. */
    static List<String> treated(String level) {
        return strings(ALL.getJsonObject("treated"), level);
    }

    /** What the rules of a protocol of this level weigh; 1 if it has none. */
    static int weight(String level) {
        return ALL.getJsonObject("weights").getInt(String.valueOf(level), 1);
    }

    /** The numbers of hp-qr for a VOI Type (0072,0702). */
    static Optional<JsonObject> window(String voiType) {
        return Optional.ofNullable(ALL.getJsonObject("windows").getJsonObject(voiType));
    }

    /** The VOI Type that has these numbers. */
    static Optional<String> voiType(JsonValue width, JsonValue center) {
        return ALL.getJsonObject("windows").entrySet().stream()
                .filter(window -> isSame(window.getValue().asJsonObject().get("windowWidth"), width)
                        && isSame(window.getValue().asJsonObject().get("windowCenter"), center))
                .map(Map.Entry::getKey).findFirst();
    }

    private static boolean isSame(JsonValue a, JsonValue b) {
        return a instanceof JsonNumber one && b instanceof JsonNumber other
                && one.bigDecimalValue().compareTo(other.bigDecimalValue()) == 0;
    }

    private static Map<String, String> texts(String table) {
        return ALL.getJsonObject(table).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ((JsonString) entry.getValue()).getString()));
    }

    private static List<String> strings(JsonObject object, String name) {
        return object.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private static int parse(String tag) {
        return Integer.parseUnsignedInt(tag, 16);
    }

    private static JsonObject read() {
        try (InputStream in = Mapping.class.getResourceAsStream(FILE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            try (JsonReader json = Json.createReader(new StringReader(text.substring(PREFIX.length(), text.lastIndexOf(';'))))) {
                return json.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
