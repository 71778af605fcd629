package org.hpqr.database;

import java.util.Optional;

/**
 * Makes the pattern of a LIKE of a wild card pattern. What it lets pass is never less than the wild card pattern does,
 * and may be more:
 *
 * <ul>
 * <li>{@code ?} becomes "one character or more", as some databases count a character outside the Basic Multilingual
 * Plane as two;
 * <li>{@code [} becomes "one character", as SQL Server takes it for the beginning of a set of characters, and others refuse
 * to have it escaped;
 * <li>of a pattern with many {@code *} only what stands before the first and after the last is kept: databases try
 * every way to divide a text between them.
 * </ul>
 */
final class LikePattern {

    /** To be named in the ESCAPE clause: the backslash means different things to different databases. */
    static final char ESCAPE = '!';

    private static final int MAX_STARS = 2;

    private LikePattern() {
    }

    /**
     * The pattern for a LIKE.
     *
     * @return empty if every text would pass
     */
    static Optional<String> of(String wildCards) {
        String pattern = wildCards.replace('?', '*').chars().filter(c -> c == '*').count() > MAX_STARS
                ? endsOf(wildCards) : wildCards;
        StringBuilder like = new StringBuilder(pattern.length() + 8);
        pattern.chars().forEach(c -> append(like, (char) c));
        return like.chars().allMatch(c -> c == '%') ? Optional.empty() : Optional.of(like.toString());
    }

    private static String endsOf(String wildCards) {
        String stars = wildCards.replace('?', '*');
        return wildCards.substring(0, stars.indexOf('*')) + '*' + wildCards.substring(stars.lastIndexOf('*') + 1);
    }

    private static void append(StringBuilder like, char c) {
        switch (c) {
            case '*' -> like.append('%');
            case '?' -> like.append("_%");
            case '[' -> like.append('_');
            case '%', '_', ESCAPE -> like.append(ESCAPE).append(c);
            default -> like.append(c);
        }
    }
}
