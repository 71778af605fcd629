package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ColumnTextTest {

    private static final String SMILE = "\uD83D\uDE00";

    @Test
    void textIsCutButNoPairTornApart() {
        assertEquals("abc", ColumnText.fitted("abc", 3));
        assertEquals("abc", ColumnText.fitted("abcd", 3));
        assertEquals("ab" + SMILE, ColumnText.fitted("ab" + SMILE + "c", 4));
        assertEquals("ab", ColumnText.fitted("ab" + SMILE + "c", 3));
    }

    @Test
    void whatNoColumnCanHold() {
        assertTrue(ColumnText.isRepresentable("a" + SMILE + "ä\t\uFFFD"));
        for (String text : new String[] {"a\0b", "\uD83Da", "a\uD83D", "\uDE00", "\uDE00\uD83D"})
            assertFalse(ColumnText.isRepresentable(text), text);
        assertEquals("a\uFFFDb\uFFFD" + SMILE, ColumnText.fitted("a\0b\uD83D" + SMILE, 9));
    }
}
