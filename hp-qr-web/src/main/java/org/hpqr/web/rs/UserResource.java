package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.io.StringWriter;
import java.util.Collection;
import org.hpqr.access.Permissions;
import org.hpqr.selection.Reader;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;

/** Who sends the request, and what that user may do, so that a page offers nothing else. Beyond the standard. */
@ApplicationScoped
@Path("{aet}/user")
public class UserResource {

    private static final JsonProvider JSON = JsonProvider.provider();

    @Inject
    private WebAccess access;

    @Inject
    private WebOperations operations;

    /** Name, code, groups. */
    @GET
    @Produces("application/json")
    public String user(@PathParam("aet") String aet, @Context HttpServletRequest http) throws WebFailure {
        ServiceRequest request = ServiceRequest.of(http, aet, access);
        Permissions permissions = operations.permissions(request);
        User user = RequestFilter.user(http);
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            if (user != null)
                out.write("name", user.name());
            out.write("administrator", permissions.areUnlimited());
            permissions.reader().ifPresent(reader -> write(reader, out));
            writeTexts("managedGroups", permissions.managedGroups(), out);
            out.writeEnd();
        }
        return json.toString();
    }

    private static void write(Reader reader, JsonGenerator out) {
        out.writeStartObject("code").write("value", reader.user().value());
        if (reader.user().scheme() != null)
            out.write("scheme", reader.user().scheme());
        out.writeEnd();
        writeTexts("groups", reader.groups(), out);
    }

    private static void writeTexts(String name, Collection<String> texts, JsonGenerator out) {
        out.writeStartArray(name);
        texts.stream().sorted().forEach(out::write);
        out.writeEnd();
    }
}
