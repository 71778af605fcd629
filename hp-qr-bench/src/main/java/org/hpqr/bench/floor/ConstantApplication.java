package org.hpqr.bench.floor;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The web application of {@link ConstantResource}. */
@ApplicationPath("/")
public class ConstantApplication extends Application {
}
