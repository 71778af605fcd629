package org.hpqr.web.rs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.List;

/** Conditions of a request (RFC 9110 13), for methods that Jakarta REST itself does not know to be safe, too. */
final class Conditions {

    private Conditions() {
    }

    /** A 304 response if the client has what is tagged so (If-None-Match), else {@code null}. */
    static Response.ResponseBuilder notModified(HttpServletRequest request, EntityTag tag) {
        return names(request, HttpHeaders.IF_NONE_MATCH, tag) ? Response.notModified() : null;
    }

    /**
     * The tag that an If-Match field names.
     *
     * @return {@code null} if it names any
     * @throws WebFailure 428: there is no such field, and it is required
     *                    412: it names several, or a weak one, which match nothing here
     */
    static String ifMatch(HttpServletRequest request, boolean required) throws WebFailure {
        List<String> values = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
        if (values.isEmpty() && required)
            throw new WebFailure(WebFailure.PRECONDITION_REQUIRED, "This request needs an If-Match field with the ETag of the instance");
        if (values.isEmpty() || values.equals(List.of("*")))
            return null;
        String value = values.get(0).strip();
        if (values.size() > 1 || value.length() < 2 || !value.startsWith("\"") || value.indexOf('"', 1) != value.length() - 1)
            throw new WebFailure(WebFailure.PRECONDITION_FAILED, "If-Match does not name a single ETag");
        return value.substring(1, value.length() - 1);
    }

    private static boolean names(HttpServletRequest request, String field, EntityTag tag) {
        if (request.getHeader(field) == null)
            return false;
        List<String> values = Collections.list(request.getHeaders(field));
        return values.stream().flatMap(value -> List.of(value.split(",")).stream()).map(String::strip)
                .anyMatch(value -> value.equals("*") || value.equals('"' + tag.getValue() + '"')
                        || value.equals("W/\"" + tag.getValue() + '"'));
    }
}
