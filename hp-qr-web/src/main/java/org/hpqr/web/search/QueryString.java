package org.hpqr.web.search;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a query component, percent-decoded as UTF-8 (RFC 3986 2.1, PS3.18 8.3.1). A plus sign is a plus sign:
 * this is no form.
 */
public final class QueryString {

    private final List<Parameter> parameters;

    private QueryString(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** One of them, in the order in which they came. */
    public record Parameter(String name, String value) {
    }

    /**
     * Decodes a query component.
     *
     * @param raw as it came, without the question mark; {@code null} for none
     * @throws InvalidQueryException the encoding is broken
     */
    public static QueryString parse(String raw) throws InvalidQueryException {
        List<Parameter> parameters = new ArrayList<>();
        if (raw != null)
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                String name = decode(equals < 0 ? part : part.substring(0, equals));
                if (!name.isEmpty())
                    parameters.add(new Parameter(name, equals < 0 ? "" : decode(part.substring(equals + 1))));
            }
        return new QueryString(List.copyOf(parameters));
    }

    /** All of them. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The values of a parameter that may come any number of times. */
    public List<String> all(String name) {
        return parameters.stream().filter(parameter -> parameter.name().equals(name)).map(Parameter::value).toList();
    }

    /**
     * The value of a parameter that may come once.
     *
     * @throws InvalidQueryException it comes more often
     */
    public Optional<String> single(String name) throws InvalidQueryException {
        Parameter found = null;
        for (Parameter parameter : parameters) {
            if (!parameter.name().equals(name))
                continue;
            if (found != null)
                throw new InvalidQueryException("Parameter " + name + " occurs more than once");
            found = parameter;
        }
        return Optional.ofNullable(found).map(Parameter::value);
    }

    /** Decodes percent-encoded UTF-8. */
    static String decode(String encoded) throws InvalidQueryException {
        if (encoded.chars().allMatch(c -> c != '%' && c < 0x80))
            return encoded;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 <= encoded.length() - 1 ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = i + 2 <= encoded.length() - 1 ? Character.digit(encoded.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0)
                throw new InvalidQueryException("The percent-encoding is malformed");
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidQueryException("The percent-encoding is not UTF-8");
        }
    }
}
