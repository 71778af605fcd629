package org.hpqr.web.rs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST services: below {@code /hp-qr/aets}, after the paths of the archive's own. */
@ApplicationPath(WebApplication.PATH)
public class WebApplication extends Application {

    static final String PATH = "/aets";

    /** Path of the service of an AE title. Possessive, as no shorter name matches if the whole one does not. */
    static final String SERVICE = "{aet: [^/]++}/rs";

    /** Path of its hanging protocols, relative to that of the service. */
    static final String HANGING_PROTOCOLS = "/hanging-protocols";

    /** Path of one of them, relative to that of all. */
    static final String INSTANCE = "/{uid: [^/]++}";
}
