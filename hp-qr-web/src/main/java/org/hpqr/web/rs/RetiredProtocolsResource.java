package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.hpqr.spi.WebAccess;

/** The retired hanging protocols of an AE title: what there is to restore or to delete. Beyond the standard. */
@ApplicationScoped
@Path(WebApplication.SERVICE + "/retired-hanging-protocols")
public class RetiredProtocolsResource {

    @Inject
    private WebAccess access;

    @Inject
    private SearchTransaction search;

    /** Searches them, as {@link HangingProtocolsResource#search} does the others. */
    @GET
    public Response search(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure {
        return search.run(ServiceRequest.of(http, aet, access), true);
    }
}
