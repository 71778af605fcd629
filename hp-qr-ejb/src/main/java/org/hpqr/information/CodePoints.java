package org.hpqr.information;

/** The order of texts by their Unicode code points, which is that of their UTF-8 bytes. */
public final class CodePoints {

    private CodePoints() {
    }

    /** Compares two texts; {@link String#compareTo} takes surrogates for less than U+E000. */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y)
                return Character.isSurrogate(x) == Character.isSurrogate(y) ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
        }
        return Integer.compare(a.length(), b.length());
    }
}
