package org.hpqr.picture;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The languages that pictures and their words are made in. */
public enum Language {

    ENGLISH("en", "MMM d, uuuu"),
    GERMAN("de", "dd.MM.uuuu");

    private final String tag;
    private final DateTimeFormatter dates;

    Language(String tag, String dates) {
        this.tag = tag;
        this.dates = DateTimeFormatter.ofPattern(dates, Locale.forLanguageTag(tag));
    }

    /** A date (DA, PS3.5 6.2) as the reader writes it; as it stands if it is none. */
    public String date(String value) {
        try {
            return dates.format(LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException e) {
            return value;
        }
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
