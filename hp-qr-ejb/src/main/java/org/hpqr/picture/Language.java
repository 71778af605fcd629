package org.hpqr.picture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The languages that pictures and their words are made in. */
public enum Language {

    ENGLISH("en"),
    GERMAN("de");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The language tag (BCP 47), also part of the name of the file with its words. */
    public String tag() {
        return tag;
    }

    /**
     * Chooses a language.
     *
     * @param acceptLanguage value of an HTTP Accept-Language header (RFC 9110 12.5.4), or a language tag; may be {@code null}
     * @return the one asked for most; English if none of them, or nothing that can be understood, is asked for
     */
    public static Language of(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank())
            return ENGLISH;
        try {
            List<Locale> known = Stream.of(values()).map(language -> Locale.forLanguageTag(language.tag)).toList();
            Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), known);
            return best == null ? ENGLISH : values()[known.indexOf(best)];
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }
}
