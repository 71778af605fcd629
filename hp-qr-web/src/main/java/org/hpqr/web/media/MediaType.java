package org.hpqr.web.media;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type or media range with its parameters (RFC 9110 8.3.1, 12.5.1).
 *
 * @param type       in lower case; {@code *} in a range
 * @param subtype    in lower case; {@code *} in a range
 * @param parameters names in lower case, values as they are; without the weight
 * @param weight     0 to 1; 1 where none was given
 */
public record MediaType(String type, String subtype, Map<String, String> parameters, double weight) {

    /** {@code type/subtype}. */
    public String name() {
        return type + '/' + subtype;
    }

    /** A parameter, or {@code null}. */
    public String parameter(String name) {
        return parameters.get(name);
    }

    /** The media type of the parts of multipart/related (RFC 2387 3.1), in lower case; empty if it says none. */
    public String partType() {
        return parameters.getOrDefault("type", "").toLowerCase(Locale.ROOT);
    }

    boolean isRange() {
        return subtype.equals("*");
    }

    /** Says whether this range, or this very type, covers the type {@code name}. */
    boolean covers(String name) {
        return isRange() ? type.equals("*") || name.startsWith(type + '/') : name().equals(name);
    }

    /** Reads the value of a Content-Type field; empty if it is no media type. */
    public static Optional<MediaType> parse(String text) {
        if (text == null)
            return Optional.empty();
        Scanner scanner = new Scanner(text);
        return scanner.mediaType().filter(type -> scanner.atEnd() && !type.isRange());
    }

    /** Reads the value of an Accept field; elements that are invalid are left out (PS3.18 8.7.8.1). */
    public static List<MediaType> parseList(String text) {
        List<MediaType> types = new ArrayList<>();
        Scanner scanner = new Scanner(text);
        while (!scanner.atEnd()) {
            scanner.mediaType().ifPresent(types::add);
            scanner.skipElement();
        }
        return types;
    }

    /** One pass over a list of media ranges. */
    private static final class Scanner {

        private final String text;
        private int at;

        private Scanner(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at >= text.length();
        }

        Optional<MediaType> mediaType() {
            String type = token();
            if (type.isEmpty() || !skip('/'))
                return Optional.empty();
            String subtype = token();
            if (subtype.isEmpty() || type.equals("*") && !subtype.equals("*"))
                return Optional.empty();
            Map<String, String> parameters = new LinkedHashMap<>();
            while (skip(';')) {
                String name = token();
                if (name.isEmpty() || !skip('=') || !parameter(name.toLowerCase(Locale.ROOT), parameters))
                    return Optional.empty();
            }
            skipSpace();
            if (!atEnd() && text.charAt(at) != ',')
                return Optional.empty();
            return withWeight(type.toLowerCase(Locale.ROOT), subtype.toLowerCase(Locale.ROOT), parameters);
        }

        private static Optional<MediaType> withWeight(String type, String subtype, Map<String, String> parameters) {
            String weight = parameters.remove("q");
            if (weight == null)
                return Optional.of(new MediaType(type, subtype, parameters, 1));
            if (!weight.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?"))
                return Optional.empty();
            return Optional.of(new MediaType(type, subtype, parameters, Double.parseDouble(weight)));
        }

        private boolean parameter(String name, Map<String, String> parameters) {
            skipSpace();
            String value = !atEnd() && text.charAt(at) == '"' ? quoted() : unquoted();
            return value != null && parameters.putIfAbsent(name, value) == null;
        }

        private String unquoted() {
            // many clients write type=application/dicom, which RFC 9110 wants quoted
            int begin = at;
            while (!atEnd() && (isTokenCharacter(text.charAt(at)) || text.charAt(at) == '/'))
                at++;
            return at == begin ? null : text.substring(begin, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (!atEnd()) {
                char c = text.charAt(at++);
                if (c == '"')
                    return value.toString();
                if (c == '\\' && !atEnd())
                    c = text.charAt(at++);
                value.append(c);
            }
            return null;
        }

        private String token() {
            skipSpace();
            int begin = at;
            while (!atEnd() && isTokenCharacter(text.charAt(at)))
                at++;
            String token = text.substring(begin, at);
            skipSpace();
            return token;
        }

        /** RFC 9110 5.6.2. */
        private static boolean isTokenCharacter(char c) {
            return c > ' ' && c < 0x7F && "(),/:;<=>?@[\\]{}\"".indexOf(c) < 0;
        }

        private boolean skip(char c) {
            skipSpace();
            if (atEnd() || text.charAt(at) != c)
                return false;
            at++;
            return true;
        }

        private void skipSpace() {
            while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t'))
                at++;
        }

        /** Goes behind the next comma that is not in a quoted string. */
        void skipElement() {
            while (!atEnd() && text.charAt(at) != ',') {
                if (text.charAt(at) == '"')
                    quoted();
                else
                    at++;
            }
            at++;
        }
    }
}
