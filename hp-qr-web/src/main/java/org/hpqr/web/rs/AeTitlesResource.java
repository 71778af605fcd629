package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.StringWriter;
import org.hpqr.spi.WebAccess;

/** The AE titles that have a service, in the form in which the archive names its own ({@code dicomAETitle}). */
@ApplicationScoped
@Path("")
public class AeTitlesResource {

    private static final JsonProvider JSON = JsonProvider.provider();

    @Inject
    private WebAccess access;

    /** Lists them. */
    @GET
    @Produces("application/json")
    public String aeTitles() {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartArray();
            for (String title : access.aeTitles())
                out.writeStartObject().write("dicomAETitle", title).writeEnd();
            out.writeEnd();
        }
        return json.toString();
    }
}
