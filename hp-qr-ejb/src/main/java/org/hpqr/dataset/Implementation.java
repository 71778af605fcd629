package org.hpqr.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * How hp-qr names itself to other software: in the file meta information of objects (PS3.10 7.1) and, standalone, in
 * association requests and answers (PS3.7 D.3.3.2). In the archive, associations have the archive's names.
 */
public final class Implementation {

    /** Implementation Class UID: of a random UUID (PS3.5 B.2), the same for all versions. */
    public static final String CLASS_UID = "2.25.26279645540116831585309806612983579348";

    /** Implementation Version Name, 1 to 16 characters: {@code HPQR_} and the version. */
    public static final String VERSION_NAME = "HPQR_" + version();

    private Implementation() {
    }

    /** As Maven has it, but for what makes it one that is not released yet. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Implementation.class.getResourceAsStream("implementation.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version").replace("-SNAPSHOT", "");
    }
}
