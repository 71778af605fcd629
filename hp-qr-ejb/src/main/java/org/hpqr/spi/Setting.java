package org.hpqr.spi;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One setting: its name, its default, what values it takes and how a text becomes one. The table in
 * {@code docs/settings.md} is checked against these.
 *
 * @param <T>          type of the value
 * @param name         as an administrator writes it, for example {@code duplicate-policy}
 * @param defaultValue in force where nothing is configured
 * @param allowed      the values it takes, in words, for messages and documentation
 * @param description  what it does, in one sentence
 * @param parser       makes a value of a text; throws {@link IllegalArgumentException} for what is not allowed
 */
public record Setting<T>(String name, T defaultValue, String allowed, String description, Function<String, T> parser) {

    /**
     * Makes a value of what an administrator wrote.
     *
     * @throws IllegalArgumentException the text is not allowed; the message names the setting, the text and what is
     *                                  allowed
     */
    public T parse(String text) {
        try {
            return parser.apply(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": \"" + text + "\" is not allowed; allowed is " + allowed, e);
        }
    }

    /** The default as an administrator would write it. */
    public String defaultText() {
        return textOf(defaultValue);
    }

    /** A value of a setting as an administrator would write it. */
    public static String textOf(Object value) {
        if (value instanceof Enum<?> constant)
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (value instanceof Collection<?> values)
            return values.stream().map(String::valueOf).collect(Collectors.joining(","));
        if (value instanceof Map<?, ?> map)
            return map.entrySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        return String.valueOf(value);
    }

    /** A setting whose values are any texts but an empty one. */
    public static Setting<String> text(String name, String defaultValue, String allowed, String description) {
        return new Setting<>(name, defaultValue, allowed, description, Setting::notEmpty);
    }

    /** A setting whose values are lists of texts, separated by commas. */
    public static Setting<List<String>> texts(String name, List<String> defaultValue, String what, String description) {
        return new Setting<>(name, defaultValue, what + ", separated by commas", description,
                text -> Arrays.stream(text.split(",", -1)).map(Setting::notEmpty).toList());
    }

    /** A setting whose values are names with a text each; by default there are none. */
    public static Setting<Map<String, String>> map(String name, String form, String description) {
        return new Setting<>(name, Map.of(), form + ", separated by commas; none for none", description,
                text -> Arrays.stream(text.split(",", -1)).map(entry -> entry.split("=", 2)).collect(Collectors.toMap(
                        entry -> notEmpty(entry[0]), entry -> notEmpty(entry.length < 2 ? "" : entry[1]), (one, other) -> {
                            throw new IllegalArgumentException("a name occurs twice");
                        })));
    }

    private static String notEmpty(String text) {
        if (text.isBlank())
            throw new IllegalArgumentException("empty");
        return text.strip();
    }

    /** A setting whose values are whole numbers from {@code min} to {@code max}, both included. */
    public static Setting<Integer> number(String name, int defaultValue, int min, int max, String description) {
        return new Setting<>(name, defaultValue, min + " to " + max, description, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max)
                throw new IllegalArgumentException("out of range");
            return value;
        });
    }

    /** A setting whose values are words in lower case, separated by commas; upper case is read as lower case. */
    public static Setting<List<String>> words(String name, List<String> defaultValue, String allowed, String description) {
        return new Setting<>(name, defaultValue, allowed, description, text -> {
            List<String> words = Stream.of(text.split(",")).map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
            if (words.stream().anyMatch(word -> word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)))
                throw new IllegalArgumentException("not a list of words");
            return words;
        });
    }

    /** A setting whose values are {@code true} and {@code false}. */
    public static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
        return new Setting<>(name, defaultValue, "true, false", description, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        });
    }

    /** A setting whose values are the constants of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(String name, E defaultValue, String description) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        String allowed = Arrays.stream(constants).map(Setting::textOf).collect(Collectors.joining(", "));
        return new Setting<>(name, defaultValue, allowed, description, text -> Arrays.stream(constants)
                .filter(constant -> textOf(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of them")));
    }
}
