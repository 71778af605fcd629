package org.hpqr.web.rs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST services: below {@code /hp-qr/aets}, after the paths of the archive's own. */
@ApplicationPath(WebApplication.PATH)
public class WebApplication extends Application {

    static final String PATH = "/aets";
}
