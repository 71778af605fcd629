package org.hpqr.picture;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;

/**
 * Breaks text into lines that fit a width. What a text really takes is known to whoever draws it only, so widths are
 * estimated: wide characters (CJK, emoji) take one em, all others a little more than half of one.
 */
final class TextBlock {

    private static final double NARROW = 0.56;
    private static final String CUT = "…";

    private TextBlock() {
    }

    /** The estimated width of a text, in em. */
    static double width(String text) {
        return text.codePoints().mapToDouble(TextBlock::width).sum();
    }

    private static double width(int c) {
        boolean wide = c >= 0x1100 && c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE4F || c >= 0xFF00 && c <= 0xFF60 || c >= 0x1F300;
        return wide ? 1 : NARROW;
    }

    /**
     * Breaks a text, between words where it has any.
     *
     * @param width of a line, in em
     * @param lines most lines; what does not fit is cut, which the last line shows
     */
    static List<String> lines(String text, double width, int lines) {
        List<String> broken = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty() && broken.size() < lines) {
            int end = fitting(rest, width);
            if (end < rest.length() && broken.size() == lines - 1) {
                broken.add(cut(rest, width));
                return broken;
            }
            int blank = end < rest.length() ? rest.lastIndexOf(' ', end) : -1;
            int breakAt = blank > 0 ? blank : end;
            broken.add(rest.substring(0, breakAt).strip());
            rest = rest.substring(breakAt).strip();
        }
        return broken;
    }

    /** A text, cut to a width. */
    static String cut(String text, double width) {
        if (width(text) <= width)
            return text;
        return text.substring(0, fitting(text, width - width(CUT))).strip() + CUT;
    }

    /** How many characters fit; at least one, or nothing would ever be written. */
    private static int fitting(String text, double width) {
        double used = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            used += width(c);
            if (used > width && end > 0)
                break;
            end += Character.charCount(c);
        }
        return end;
    }

    /** {@code true} if the text is read from right to left: its first letter with a direction is. */
    static boolean isRightToLeft(String text) {
        return !text.isEmpty() && !new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
    }
}
