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

/** What became of a hanging protocol, and what it was before; beyond the standard. */
@ApplicationScoped
@Path(WebApplication.SERVICE + WebApplication.HANGING_PROTOCOLS + WebApplication.INSTANCE + "/history")
public class HistoryResource {

    /** More digits than a number of the history has. */
    private static final int MAX_DIGITS = 18;

    @Inject
    private WebAccess access;

    @Inject
    private HistoryTransaction history;

    @Inject
    private RetrieveTransaction retrieve;

    @Inject
    private LayoutTransaction layout;

    @Inject
    private StateChange changes;

    /** Events, what it was made from, and what was made from it. */
    @GET
    public Response history(@PathParam("aet") String aet, @PathParam("uid") String uid, @Context HttpServletRequest http)
            throws WebFailure, HpFailure {
        return history.run(ServiceRequest.of(http, aet, access), HangingProtocolResource.checked(uid));
    }

    /** A content that it has or had, as a retrieve sends the one that it has. */
    @GET
    @Path("{number}")
    public Response retrieve(@PathParam("aet") String aet, @PathParam("uid") String uid, @PathParam("number") String number,
                             @Context HttpServletRequest http) throws WebFailure {
        return retrieve.run(ServiceRequest.of(http, aet, access), HangingProtocolResource.checked(uid), parsed(number));
    }

    /** Its picture. */
    @GET
    @Path("{number}/layout.svg")
    public Response picture(@PathParam("aet") String aet, @PathParam("uid") String uid, @PathParam("number") String number,
                            @Context HttpServletRequest http) throws WebFailure, HpFailure {
        return layout.picture(ServiceRequest.of(http, aet, access), HangingProtocolResource.checked(uid), parsed(number));
    }

    /** It in words. */
    @GET
    @Path("{number}/layout")
    public Response words(@PathParam("aet") String aet, @PathParam("uid") String uid, @PathParam("number") String number,
                          @Context HttpServletRequest http) throws WebFailure, HpFailure {
        return layout.words(ServiceRequest.of(http, aet, access), HangingProtocolResource.checked(uid), parsed(number));
    }

    /** Stores it again, in the place of the one that is stored now. */
    @POST
    @Path("{number}/restore")
    public Response restore(@PathParam("aet") String aet, @PathParam("uid") String uid, @PathParam("number") String number,
                            @Context HttpServletRequest http) throws WebFailure, HpFailure {
        return changes.undo(ServiceRequest.of(http, aet, access), HangingProtocolResource.checked(uid), parsed(number));
    }

    private static long parsed(String number) throws WebFailure {
        if (number.isEmpty() || number.length() > MAX_DIGITS || !number.chars().allMatch(c -> c >= '0' && c <= '9'))
            throw WebFailure.noSuchContent();
        return Long.parseLong(number);
    }
}
