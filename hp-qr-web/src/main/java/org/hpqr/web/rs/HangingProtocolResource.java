package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.spi.WebAccess;
import org.hpqr.spi.WebAudit;
import org.hpqr.status.HpFailure;

/** One hanging protocol: Retrieve (PS3.18 12.4), Store (12.5), and beyond the standard its life cycle and its picture. */
@ApplicationScoped
@Path(WebApplication.SERVICE + WebApplication.HANGING_PROTOCOLS + WebApplication.INSTANCE)
public class HangingProtocolResource {

    @Inject
    private WebAccess access;

    @Inject
    private RetrieveTransaction retrieve;

    @Inject
    private StoreTransaction store;

    @Inject
    private StateChange changes;

    @Inject
    private CopyTransaction copies;

    @Inject
    private LayoutTransaction layout;

    @Inject
    private ValidationTransaction validation;

    /** Retrieve. */
    @GET
    public Response retrieve(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure {
        return retrieve.run(ServiceRequest.of(http, aet, access), checked(uid), null);
    }

    /** Store this instance. */
    @POST
    public Response store(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return store.run(ServiceRequest.of(http, aet, access), checked(uid));
    }

    /** Retires it: no search or find matches it, no retrieve sends it, and all of it is kept. */
    @POST
    @Path("retire")
    public Response retire(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return changes.run(ServiceRequest.of(http, aet, access), WebAudit.Change.RETIRED, checked(uid));
    }

    /** Stores a copy of it under a UID of its own. */
    @POST
    @Path("copy")
    public Response copy(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return copies.run(ServiceRequest.of(http, aet, access), checked(uid));
    }

    /** Undoes {@link #retire}. */
    @POST
    @Path("restore")
    public Response restore(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return changes.run(ServiceRequest.of(http, aet, access), WebAudit.Change.RESTORED, checked(uid));
    }

    /** Deletes what is retired, for good. */
    @DELETE
    public Response delete(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return changes.run(ServiceRequest.of(http, aet, access), WebAudit.Change.DELETED, checked(uid));
    }

    /** The picture of a presentation group. */
    @GET
    @Path("layout.svg")
    public Response picture(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return layout.picture(ServiceRequest.of(http, aet, access), checked(uid), null);
    }

    /** What is shown where, in words. */
    @GET
    @Path("layout")
    public Response words(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return layout.words(ServiceRequest.of(http, aet, access), checked(uid), null);
    }

    /** Which rules of the IOD it breaks. */
    @GET
    @Path("validation")
    public Response validation(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return validation.run(ServiceRequest.of(http, aet, access), checked(uid));
    }

    static String checked(String uid) throws WebFailure {
        if (!SopInstanceUid.isValid(uid))
            throw new WebFailure(WebFailure.BAD_REQUEST, "The path names no SOP Instance UID");
        return uid;
    }
}
