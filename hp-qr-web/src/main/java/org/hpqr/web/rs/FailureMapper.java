package org.hpqr.web.rs;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import org.hpqr.status.CauseText;
import org.hpqr.status.HpFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers failed requests: a status and a sentence, never a stack trace, a path or the name of a class. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    /** Seconds after which a client may try again what lacked resources. */
    static final int RETRY_AFTER = 5;

    @Context
    private HttpServletResponse sent;

    @Override
    public Response toResponse(Throwable thrown) {
        if (!sent.isCommitted())
            // what has been written of an answer that failed is no part of this one
            sent.resetBuffer();
        if (thrown instanceof WebFailure failure)
            return answer(failure);
        if (thrown instanceof HpFailure failure)
            return answer(WebFailure.of(failure));
        if (thrown instanceof WebApplicationException refused)
            return answer(refused.getResponse());
        if (thrown instanceof IOException && thrown.getCause() instanceof HpFailure failure)
            // of an answer that has not been sent yet
            return answer(WebFailure.of(failure));
        LOG.error("A request over HTTP failed", thrown);
        return text(WebFailure.INTERNAL_ERROR, "The operation failed").build();
    }

    private static Response answer(WebFailure failure) {
        if (failure.status() == WebFailure.UNAVAILABLE && failure.getCause() != null)
            LOG.warn("A request over HTTP failed: {}", CauseText.of(failure));
        else if (failure.status() >= WebFailure.INTERNAL_ERROR && failure.getCause() != null)
            LOG.warn("A request over HTTP failed: {}", failure.getMessage(), failure.getCause());
        Response.ResponseBuilder response = text(failure.status(), failure.getMessage());
        if (failure.status() == WebFailure.UNAVAILABLE)
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        if (failure.status() == WebFailure.REQUEST_TIMEOUT || failure.status() == WebFailure.CONTENT_TOO_LARGE)
            // what is left of the request is not read
            response.header("Connection", "close");
        return response.build();
    }

    /** What Jakarta REST refuses by itself: no such resource (404), no such method (405, with Allow). */
    private static Response answer(Response refused) {
        Response.ResponseBuilder response = text(refused.getStatus(), refused.getStatusInfo().getReasonPhrase());
        String allow = refused.getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? response : response.header(HttpHeaders.ALLOW, allow)).build();
    }

    private static Response.ResponseBuilder text(int status, String message) {
        return Response.status(status).type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8")).entity(message + '\n');
    }
}
