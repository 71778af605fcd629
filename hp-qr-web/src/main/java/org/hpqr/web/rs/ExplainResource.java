package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.hpqr.spi.WebAccess;
import org.hpqr.status.HpFailure;

/** Why protocols match a query, or not. Beyond the standard. */
@ApplicationScoped
@Path(WebApplication.SERVICE + "/explain")
public class ExplainResource {

    @Inject
    private WebAccess access;

    @Inject
    private ExplainTransaction explain;

    @Inject
    private RecentFindsTransaction recent;

    /** Explains the answer to the query whose keys are sent. */
    @POST
    public Response explain(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure, HpFailure {
        return explain.run(ServiceRequest.of(http, aet, access));
    }

    /** The last C-FIND requests, of which one may be explained. */
    @GET
    @Path("recent")
    public Response recent(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure {
        return recent.run(ServiceRequest.of(http, aet, access));
    }
}
