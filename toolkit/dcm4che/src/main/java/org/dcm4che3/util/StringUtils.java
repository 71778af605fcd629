package org.dcm4che3.util;

/** The one member of dcm4che's class that the renamed classes use. */
public final class StringUtils {

    public static final String[] EMPTY_STRING = {};

    private StringUtils() {
    }
}
