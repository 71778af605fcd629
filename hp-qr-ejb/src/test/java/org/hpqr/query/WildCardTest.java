package org.hpqr.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wild card matching, PS3.4 C.2.2.2.4. */
class WildCardTest {

    @ParameterizedTest(name = "{0} finds {1}: {2}")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
            "*,'',true", "*,a,true", "**,abc,true", "?,a,true", "?,'',false", "?,ab,false", "??,ab,true", "??,a,false",
            "a*,a,true", "a*,ab,true", "a*,ba,false", "*a,a,true", "*a,ba,true", "*a,ab,false", "*a*,bab,true", "*a*,bb,false",
            "a?c,abc,true", "a?c,ac,false", "a?c,abbc,false", "a*c,ac,true", "a*c,abbc,true", "a*c,abcd,false",
            "?*,a,true", "?*,'',false", "*?,a,true", "*?,'',false", "?*?,a,false", "?*?,ab,true", "a**b,ab,true",
            "a*b*c,aXbYc,true", "a*b*c,acb,false", "*ab*ab,abab,true", "*ab*ab,ab,false", "*ab*ab,abXab,true", "*aab,aaab,true",
            "ab*bc,abc,false", "abc,abc,true", "abc,ab,false", "ab,abc,false", "'',a,false", "'','',true",
            "A*,a,false", ".*,abc,false", "[a-z]*,abc,false", "a+*,aab,false", "C?T,C\uD83D\uDE00T,true", "C??T,C\uD83D\uDE00T,false",
            "*\uD83D\uDE00,a\uD83D\uDE00,true", "*\uD83D\uDE00,a\uD83D\uDE01,false"})
    void finds(String pattern, String text, boolean found) {
        assertEquals(found, new WildCard(pattern).matches(text));
    }

    @Test
    void onlyStarsAndQuestionMarksAreWildCards() {
        assertTrue(WildCard.isIn("a*"));
        assertTrue(WildCard.isIn("*"));
        assertTrue(WildCard.isIn("?a"));
        assertFalse(WildCard.isIn("a%_.+[b]\\"));
    }

    @ParameterizedTest
    @CsvSource({"62", "63", "64", "65", "127", "128", "129", "200"})
    void longPatterns(int length) {
        String text = IntStream.range(0, length).mapToObj(i -> String.valueOf((char) ('a' + i % 26))).collect(Collectors.joining());
        assertTrue(new WildCard(text).matches(text));
        assertFalse(new WildCard(text).matches(text + "!"));
        assertFalse(new WildCard(text + "!").matches(text));
        assertTrue(new WildCard("?".repeat(length)).matches(text));
        assertFalse(new WildCard("?".repeat(length)).matches(text + "!"));
        assertTrue(new WildCard(text + "*").matches(text + "!!"));
        assertTrue(new WildCard("*" + text).matches("!!" + text));
        assertTrue(new WildCard(text.substring(0, length - 1) + "*?").matches(text));
        assertFalse(new WildCard(text.substring(0, length - 1) + "*??").matches(text));
    }

    /** A backtracking matcher would try some 10 to the power of 60 ways here. */
    @Test
    void eachCharacterIsReadOnceHoweverManyWildCardsThereAre() {
        WildCard pattern = new WildCard("*a".repeat(30) + "*b");
        Reads text = new Reads("a".repeat(2_000));
        assertFalse(pattern.matches(text));
        assertEquals(2_000, text.reads);
    }

    @Test
    void readingStopsWhereNothingCanMatchAnyMore() {
        Reads text = new Reads("a".repeat(2_000));
        assertFalse(new WildCard("b*").matches(text));
        assertEquals(1, text.reads);
    }

    @Property(tries = 5_000)
    void agreesWithARegularExpression(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        String regex = pattern.codePoints().mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        assertEquals(Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches(), new WildCard(pattern).matches(text));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("aab*?").ofMaxLength(9);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("aab").ofMaxLength(9);
    }

    private static final class Reads implements PrimitiveIterator.OfInt {

        private final int[] characters;
        private int reads;

        private Reads(String text) {
            characters = text.codePoints().toArray();
        }

        @Override
        public int nextInt() {
            if (!hasNext())
                throw new NoSuchElementException();
            return characters[reads++];
        }

        @Override
        public boolean hasNext() {
            return reads < characters.length;
        }
    }
}
