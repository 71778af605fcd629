package org.hpqr.picture;

import java.util.Locale;

/** Writes an SVG document: elements, attributes, text. Whatever is written as text or value is escaped. */
final class Svg {

    private static final int MAX_TEXT = 512;

    private final StringBuilder document = new StringBuilder(4096);

    /**
     * Begins an element.
     *
     * @param attributes name and value of each, in turn; a {@code double} is written with two decimals at most
     */
    Svg open(String element, Object... attributes) {
        start(element, attributes);
        document.append('>');
        return this;
    }

    /** Writes an element without content. */
    Svg empty(String element, Object... attributes) {
        start(element, attributes);
        document.append("/>");
        return this;
    }

    /** Writes an element with text. */
    Svg text(String element, String text, Object... attributes) {
        open(element, attributes);
        escape(text);
        return close(element);
    }

    Svg close(String element) {
        document.append("</").append(element).append('>');
        return this;
    }

    private void start(String element, Object... attributes) {
        document.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            document.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1] instanceof Double number ? number(number) : String.valueOf(attributes[i + 1]));
            document.append('"');
        }
    }

    /** A number as SVG has it: a point, no exponent. */
    static String number(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number);
        int end = text.length();
        while (text.charAt(end - 1) == '0')
            end--;
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** XML has no characters for most controls, for lone surrogates and for two non-characters (XML 1.0, 2.2). */
    private void escape(String text) {
        text.codePoints().limit(MAX_TEXT).forEach(c -> {
            switch (c) {
                case '<' -> document.append("&lt;");
                case '>' -> document.append("&gt;");
                case '&' -> document.append("&amp;");
                case '"' -> document.append("&quot;");
                case '\'' -> document.append("&#39;");
                default -> document.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
    }

    private static boolean isAllowed(int c) {
        return c >= ' ' && c < 0x7F || c > 0x9F && c < 0xD800 && !isBidiControl(c) || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF;
    }

    /** Embeddings, overrides and isolates: none may reach from one text into another. */
    private static boolean isBidiControl(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
