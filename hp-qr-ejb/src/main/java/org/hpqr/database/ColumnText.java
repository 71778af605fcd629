package org.hpqr.database;

/** What the databases can hold in a text column. */
public final class ColumnText {

    private static final char REPLACEMENT = '\uFFFD';

    private ColumnText() {
    }

    /** {@code false} for text with NUL or half a surrogate pair, which PostgreSQL refuses. */
    public static boolean isRepresentable(String text) {
        return text.equals(representable(text));
    }

    /** {@code text} cut to {@code max} characters, with U+FFFD for what no column can hold. */
    public static String fitted(String text, int max) {
        String whole = representable(text);
        if (whole.length() <= max)
            return whole;
        return whole.substring(0, Character.isHighSurrogate(whole.charAt(max - 1)) ? max - 1 : max);
    }

    private static String representable(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                if (whole == null)
                    whole = new StringBuilder(text);
                whole.setCharAt(i, REPLACEMENT);
            }
        }
        return whole == null ? text : whole.toString();
    }
}
