package org.hpqr.dimse;

import java.util.regex.Pattern;
import org.dcm4che3.net.Association;

/**
 * How peers and their associations are named in the log: as the toolkit does, by AE titles, but in one line. In the archive, an AE
 * title is whatever a peer has sent, and with a line break in it could look like a line of its own.
 */
public final class LogName {

    /** Of ASCII and Latin-1: an AE title has no other characters. */
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F]+");

    private LogName() {
    }

    /** The name of an association; control characters are spaces. */
    public static String of(Association association) {
        return of(association.toString());
    }

    /** An AE title; control characters are spaces. */
    static String of(String aeTitle) {
        return aeTitle.chars().anyMatch(Character::isISOControl) ? CONTROLS.matcher(aeTitle).replaceAll(" ") : aeTitle;
    }
}
