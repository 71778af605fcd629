package org.hpqr.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpqr.it.Odil.Response;

/** The C-FIND SCUs that nobody here wrote. */
enum FindPeer {
    ODIL {
        @Override
        List<Response> find(int port, List<String> keys) {
            return Odil.responses(port, "find", "--identifier", escaped(json(keys)));
        }
    },
    PIXELMED {
        @Override
        List<Response> find(int port, List<String> keys) {
            return Pixelmed.find(port, keys.stream().map(FindPeer::escaped).toList());
        }
    };

    private static final Map<String, String> VR = Map.ofEntries(Map.entry("00080005", "CS"), Map.entry("00080018", "UI"),
            Map.entry("00080060", "CS"), Map.entry("00080100", "SH"), Map.entry("00080102", "SH"), Map.entry("00082218", "SQ"),
            Map.entry("00100020", "LO"), Map.entry("00200060", "CS"), Map.entry("00720002", "SH"), Map.entry("00720006", "CS"),
            Map.entry("0072000C", "SQ"), Map.entry("0072000E", "SQ"), Map.entry("00720010", "LO"), Map.entry("00720014", "US"));

    /**
     * Invokes a C-FIND.
     *
     * @param keys such as {@code 0072000C.00080060=CT}; a Specific Character Set has to be the first
     */
    abstract List<Response> find(int port, List<String> keys);

    /** What is no ASCII would not get through a command line in every locale: as JSON escapes it. */
    private static String escaped(String text) {
        return text.chars().mapToObj(c -> c < 0x7F ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    /** DICOM JSON (PS3.18 Annex F) of such keys. */
    private static String json(List<String> keys) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String key : keys) {
            int end = key.indexOf('=');
            int dot = key.indexOf('.');
            boolean nested = dot >= 0 && dot < end;
            values.computeIfAbsent(key.substring(0, nested ? dot : end), tag -> new ArrayList<>())
                    .add(key.substring((nested ? dot : end) + 1));
        }
        return values.entrySet().stream().map(each -> attribute(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String attribute(String tag, List<String> values) {
        String vr = VR.get(tag);
        String value = switch (vr) {
            case "SQ" -> values.equals(List.of("")) ? "" : json(values);
            case "US" -> values.get(0);
            default -> values.get(0).isEmpty() ? ""
                    : '"' + values.get(0).replace("\\", "\", \"") + '"';
        };
        return '"' + tag + "\": {\"vr\": \"" + vr + '"' + (value.isEmpty() ? "" : ", \"Value\": [" + value + ']') + '}';
    }
}
