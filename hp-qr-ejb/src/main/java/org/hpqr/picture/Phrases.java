package org.hpqr.picture;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The words of one language, from the file {@code words_<language>.properties}. A phrase has places for others, each a name
 * in braces; what an empty place leaves behind (blanks, a comma) goes.
 */
final class Phrases {

    private static final Map<Language, Phrases> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values())
            ALL.put(language, new Phrases(language));
    }

    private final Properties phrases = new Properties();

    private Phrases(Language language) {
        String file = "words_" + language.tag() + ".properties";
        try (Reader in = new InputStreamReader(Phrases.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            phrases.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    static Phrases of(Language language) {
        return ALL.get(language);
    }

    /** All keys, so that a test can compare languages. */
    Set<String> keys() {
        return phrases.stringPropertyNames();
    }

    boolean has(String key) {
        return phrases.containsKey(key);
    }

    /**
     * Makes a phrase.
     *
     * @param key   names it
     * @param parts name and value of each place, in turn; values are put in as they are
     */
    String say(String key, Object... parts) {
        String pattern = phrases.getProperty(key);
        if (pattern == null)
            throw new IllegalArgumentException("no phrase " + key);
        StringBuilder said = new StringBuilder();
        int from = 0;
        for (int open; (open = pattern.indexOf('{', from)) >= 0;) {
            int close = pattern.indexOf('}', open);
            said.append(pattern, from, open).append(value(pattern.substring(open + 1, close), parts));
            from = close + 1;
        }
        return said.append(pattern.substring(from)).toString().replaceAll(" {2,}", " ").strip();
    }

    private static Object value(String name, Object... parts) {
        for (int i = 0; i < parts.length; i += 2)
            if (parts[i].equals(name))
                return parts[i + 1];
        throw new IllegalArgumentException("nothing for {" + name + '}');
    }
}
