package org.hpqr.arc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The EAR that this module was deployed in. */
final class ArchiveEar {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveEar.class);
    /** How the file name of the archive's own web services ends in an EAR that was not secured. */
    private static final String UNSECURED = "-unsecure.war<";

    private ArchiveEar() {
    }

    /** Says whether the web services of the archive want a login. If that cannot be told, they do. */
    static boolean isSecured() {
        try {
            return isSecured(ArchiveEar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            LOG.warn("The archive is assumed to be secured: the location of its EAR is unknown", e);
            return true;
        }
    }

    /** @param module location of a module in the root of the EAR */
    static boolean isSecured(URI module) {
        try (InputStream in = module.resolve("META-INF/application.xml").toURL().openStream()) {
            return !new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(UNSECURED);
        } catch (IOException e) {
            LOG.warn("The archive is assumed to be secured: the application descriptor of its EAR cannot be read", e);
            return true;
        }
    }
}
