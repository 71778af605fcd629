package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.hpqr.spi.WebAccess;

/** The AE titles that have a service, in the form in which the archive names its own ({@code dicomAETitle}). */
@ApplicationScoped
@Path("")
public class AeTitlesResource {

    @Inject
    private WebAccess access;

    private record AeTitle(String dicomAETitle) {
    }

    /** Lists them. */
    @GET
    @Produces("application/json")
    public String aeTitles() {
        return RecordJson.text(access.aeTitles().stream().map(AeTitle::new).toList());
    }
}
