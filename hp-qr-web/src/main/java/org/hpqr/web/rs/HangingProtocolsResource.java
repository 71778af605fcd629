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

/** All hanging protocols of an AE title: Search (PS3.18 12.6), Store (12.5). */
@ApplicationScoped
@Path(WebApplication.SERVICE + WebApplication.HANGING_PROTOCOLS)
public class HangingProtocolsResource {

    @Inject
    private WebAccess access;

    @Inject
    private SearchTransaction search;

    @Inject
    private StoreTransaction store;

    /** Search. */
    @GET
    public Response search(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure {
        return search.run(ServiceRequest.of(http, aet, access), false);
    }

    /** Store any number of instances. */
    @POST
    public Response store(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure, HpFailure {
        return store.run(ServiceRequest.of(http, aet, access), null);
    }
}
