package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import org.hpqr.spi.WebAccess;
import org.hpqr.web.media.ResponseType;

/** Retrieve Capabilities (PS3.18 8.9). */
@ApplicationScoped
@Path(WebApplication.SERVICE)
public class CapabilitiesResource {

    @Inject
    private WebAccess access;

    /** Describes the service. */
    @OPTIONS
    public Response capabilities(@PathParam("aet") String aet, @Context HttpServletRequest http)
            throws WebFailure {
        ServiceRequest request = ServiceRequest.of(http, aet, access);
        ResponseType type = request.negotiate(SupportedTypes.CAPABILITIES);
        Capabilities capabilities = new Capabilities(request.serviceUrl());
        EntityTag tag = new EntityTag(capabilities.etag() + '-' + type.ordinal());
        Response.ResponseBuilder response = Conditions.notModified(http, tag);
        if (response == null)
            response = Response.ok(type == ResponseType.WADL ? capabilities.toWadl() : capabilities.toJson(), type.mediaType());
        return response.tag(tag).header("Allow", "OPTIONS").build();
    }
}
