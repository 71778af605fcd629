package org.hpqr.standalone;

import java.util.Arrays;
import java.util.List;

/** The rules of value representation AE (PS3.5 Table 6.2-1). */
final class AeTitle {

    static final String ALLOWED = "1 to 16 characters of ASCII without backslash and comma";

    private static final int MAX_LENGTH = 16;

    private AeTitle() {
    }

    /**
     * Checks an AE title; leading and trailing spaces are no part of it. A comma is legal in DICOM, but would make our
     * lists ambiguous.
     *
     * @throws IllegalArgumentException it is none
     */
    static String parse(String text) {
        String title = text.trim();
        if (title.isEmpty() || title.length() > MAX_LENGTH
                || title.chars().anyMatch(c -> c < ' ' || c > '~' || c == '\\' || c == ','))
            throw new IllegalArgumentException("not an AE title");
        return title;
    }

    /** Reads a comma-separated list of AE titles. */
    static List<String> parseList(String text) {
        return Arrays.stream(text.split(",", -1)).map(AeTitle::parse).toList();
    }
}
