package org.hpqr.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** A wild card pattern matches what a slow and simple way of matching says. */
class MatchingFuzzTest {

    /** The simple way needs their product in memory. */
    private static final int MAX_LENGTH = 60;

    @FuzzTest(maxDuration = "5m")
    void wildCardsMatchAsDefined(FuzzedDataProvider input) {
        String pattern = input.consumeString(MAX_LENGTH);
        String text = input.consumeString(MAX_LENGTH);

        assertEquals(matches(pattern.codePoints().toArray(), text.codePoints().toArray()), new WildCard(pattern).matches(text));
    }

    /** The definition, line by line: {@code row[j]} says whether the pattern so far matches the first j characters. */
    private static boolean matches(int[] pattern, int[] text) {
        boolean[] row = new boolean[text.length + 1];
        row[0] = true;
        for (int p : pattern) {
            boolean[] next = new boolean[text.length + 1];
            for (int j = 0; j <= text.length; j++)
                next[j] = p == '*' ? row[j] || j > 0 && next[j - 1]
                        : j > 0 && row[j - 1] && (p == '?' || p == text[j - 1]);
            row = Arrays.copyOf(next, next.length);
        }
        return row[text.length];
    }
}
