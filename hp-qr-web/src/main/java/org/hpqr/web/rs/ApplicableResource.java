package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.hpqr.spi.WebAccess;
import org.hpqr.status.HpFailure;

/** Which protocols apply to a study, and why. Beyond the standard. */
@ApplicationScoped
@Path(WebApplication.SERVICE + "/applicable")
public class ApplicableResource {

    @Inject
    private WebAccess access;

    @Inject
    private ApplicableTransaction applicable;

    /** Applies the protocols to the study whose metadata are sent, or that the server has. */
    @POST
    public Response applicable(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure, HpFailure {
        return applicable.run(ServiceRequest.of(http, aet, access));
    }
}
