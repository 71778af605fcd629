package org.hpqr.dataset;

/** The syntax of a UID (PS3.5 9.1). */
public final class SopInstanceUid {

    private static final int MAX_LENGTH = 64;

    private SopInstanceUid() {
    }

    /**
     * Says whether a text is a UID: components of digits with dots between them, at most 64 characters, no component
     * with a leading zero.
     *
     * @param uid without padding; {@code null} is none
     */
    public static boolean isValid(String uid) {
        if (uid == null || uid.isEmpty() || uid.length() > MAX_LENGTH)
            return false;
        int componentStart = 0;
        for (int i = 0; i <= uid.length(); i++) {
            char c = i < uid.length() ? uid.charAt(i) : '.';
            if (c == '.') {
                int length = i - componentStart;
                if (length == 0 || length > 1 && uid.charAt(componentStart) == '0')
                    return false;
                componentStart = i + 1;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return uid.indexOf('.') > 0;
    }
}
