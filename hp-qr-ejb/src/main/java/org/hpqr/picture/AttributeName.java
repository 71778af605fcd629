package org.hpqr.picture;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name of an attribute (PS3.6 chapter 6), made of its keyword, which is all that the dictionary has. */
final class AttributeName {

    /** Before a capital letter that follows a small one, or that begins a word after an abbreviation. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern SMALL_WORD = Pattern.compile("(?<= )(And|By|For|In|Of|Or|The|To|With)(?= )");

    private AttributeName() {
    }

    static String of(String keyword) {
        String words = BETWEEN_WORDS.matcher(keyword).replaceAll(" ");
        return SMALL_WORD.matcher(words).replaceAll(word -> word.group().toLowerCase(Locale.ROOT))
                .replace("Date Time", "DateTime").replace("Pseudo Color", "Pseudo-Color").replace("Real Time", "Real-Time")
                .replace("Three D ", "3D ").replaceFirst("^(Filter|Sort) by ", "$1-by ");
    }
}
