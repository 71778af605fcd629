package org.hpqr.web.rs;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.hpqr.service.Caller;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;
import org.hpqr.spi.WebAudit;
import org.hpqr.web.media.ContentNegotiation;
import org.hpqr.web.media.ResponseType;
import org.hpqr.web.search.InvalidQueryException;
import org.hpqr.web.search.QueryString;

/**
 * A request to the service of one AE title.
 *
 * @param calledAET the AE title in its path
 * @param query     its parameters
 */
record ServiceRequest(HttpServletRequest http, String calledAET, QueryString query) {

    private static final String AETS = "/aets/";

    /**
     * Takes a request, of which nothing has been read.
     *
     * @throws WebFailure 404: the AE title is not served; 400: its query component is malformed
     */
    static ServiceRequest of(HttpServletRequest http, String calledAET, WebAccess access) throws WebFailure {
        if (!access.serves(calledAET))
            throw new WebFailure(WebFailure.NOT_FOUND, "This AE title is not served here");
        HttpServletRequest passed = RequestFilter.passed(http);
        try {
            return new ServiceRequest(passed, calledAET, QueryString.parse(passed.getQueryString()));
        } catch (InvalidQueryException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
        }
    }

    /** URI of the service, without a slash at the end. */
    String serviceUrl() {
        // as the client wrote it, percent-encoding included
        String url = http.getRequestURL().toString();
        int aet = url.indexOf(AETS) + AETS.length();
        return url.substring(0, url.indexOf('/', aet)) + "/rs";
    }

    /** Who asks. */
    Caller caller() {
        return new Caller(calledAET, null, RequestFilter.user(http), http.getRemoteAddr());
    }

    /** Who asks, for the audit trail. */
    WebAudit.Requestor requestor() {
        return new WebAudit.Requestor(userName(), http.getRemoteAddr(), calledAET);
    }

    private String userName() {
        User user = RequestFilter.user(http);
        return user == null ? null : user.name();
    }

    /**
     * Chooses the media type of the response (PS3.18 8.7.8.1).
     *
     * @param supported by the resource, the default first
     * @throws WebFailure 406: none is acceptable; 400: DICOM and rendered media types are mixed
     */
    ResponseType negotiate(List<ResponseType> supported) throws WebFailure {
        List<String> accept = RequestFilter.accept(http);
        try {
            Optional<ResponseType> chosen = ContentNegotiation.choose(query.single("accept").orElse(null), accept, supported);
            if (chosen.isEmpty() && accept.isEmpty() && http.getMethod().equals("POST"))
                return supported.get(0);
            return chosen.orElseThrow(() -> new WebFailure(WebFailure.NOT_ACCEPTABLE, "None of the media types in Accept is supported here: "
                    + String.join(", ", supported.stream().map(ResponseType::toString).toList())));
        } catch (ContentNegotiation.MixedTypesException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, "DICOM and rendered media types are mixed in Accept");
        } catch (InvalidQueryException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
        }
    }
}
