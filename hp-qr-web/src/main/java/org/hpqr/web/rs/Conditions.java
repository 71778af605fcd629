package org.hpqr.web.rs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Conditions of a request (RFC 9110 13), for methods that Jakarta REST itself does not know to be safe, too. */
final class Conditions {

    private Conditions() {
    }

    /**
     * Checks the conditions of a request that reads: a 304 response if the client has what is tagged so (If-None-Match), else {@code null}.
     *
     * @throws WebFailure 412: the client asks for another version (If-Match)
     */
    static Response.ResponseBuilder notModified(HttpServletRequest request, EntityTag tag) throws WebFailure {
        List<String> meant = ifMatch(request, false);
        if (!meant.isEmpty() && !meant.contains(tag.getValue()))
            throw WebFailure.conflict();
        List<String> known = tags(request, HttpHeaders.IF_NONE_MATCH);
        boolean isKnown = known.stream().map(Conditions::strong).anyMatch(value -> value.equals("*") || value.equals('"' + tag.getValue() + '"'));
        return isKnown ? Response.notModified() : null;
    }

    /**
     * The tags that an If-Match field names.
     *
     * @return empty if any is meant
     * @throws WebFailure 428: there is no such field, and it is required
     *                    412: it names weak ones only, or none, which match nothing
     */
    static List<String> ifMatch(HttpServletRequest request, boolean required) throws WebFailure {
        if (request.getHeader(HttpHeaders.IF_MATCH) == null) {
            if (required)
                throw new WebFailure(WebFailure.PRECONDITION_REQUIRED, "This request needs an If-Match field with the ETag of the instance");
            return List.of();
        }
        List<String> values = tags(request, HttpHeaders.IF_MATCH);
        if (values.equals(List.of("*")))
            return List.of();
        List<String> strong = values.stream().filter(value -> value.length() > 2 && value.startsWith("\"") && value.endsWith("\""))
                .map(value -> value.substring(1, value.length() - 1)).toList();
        if (strong.isEmpty())
            throw new WebFailure(WebFailure.PRECONDITION_FAILED, "If-Match does not name an ETag");
        return strong;
    }

    /** Whether the instance is to be stored only if there is none with its UID (If-None-Match: *). */
    static boolean isForNew(HttpServletRequest request) {
        return tags(request, HttpHeaders.IF_NONE_MATCH).contains("*");
    }

    /** No tag of this server has a comma. */
    private static List<String> tags(HttpServletRequest request, String field) {
        if (request.getHeader(field) == null)
            return List.of();
        return Collections.list(request.getHeaders(field)).stream().flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
                .filter(value -> !value.isEmpty()).toList();
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
