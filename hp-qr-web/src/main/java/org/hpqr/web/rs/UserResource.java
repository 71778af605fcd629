package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hpqr.access.Permissions;
import org.hpqr.selection.Code;
import org.hpqr.selection.Reader;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;

/** Who sends the request, and what that user may do, so that a page offers nothing else. Beyond the standard. */
@ApplicationScoped
@Path("{aet}/user")
public class UserResource {

    @Inject
    private WebAccess access;

    @Inject
    private WebOperations operations;

    /**
     * What is known of the user.
     *
     * @param name   {@code null} if there is no login
     * @param code   by which hanging protocols name the user; {@code null}, as the groups, if they name none
     * @param groups of which the user is a member
     */
    private record Answer(String name, boolean administrator, Code code, List<String> groups, List<String> managedGroups) {
    }

    /** Name, code, groups. */
    @GET
    @Produces("application/json")
    public String user(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure {
        ServiceRequest request = ServiceRequest.of(http, aet, access);
        Permissions permissions = operations.permissions(request);
        User user = RequestFilter.user(http);
        Optional<Reader> reader = permissions.reader();
        return RecordJson.text(new Answer(user == null ? null : user.name(), permissions.areUnlimited(),
                reader.map(Reader::user).orElse(null), reader.map(known -> sorted(known.groups())).orElse(null),
                sorted(permissions.managedGroups())));
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }
}
