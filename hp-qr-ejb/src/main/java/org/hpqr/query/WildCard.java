package org.hpqr.query;

import java.util.PrimitiveIterator;

/**
 * Wild card matching (PS3.4 C.2.2.2.4): {@code *} stands for any run of characters, the empty one too, {@code ?} for
 * exactly one; all others stand for themselves. A character is a Unicode code point.
 *
 * <p>The pattern comes from the peer, so its cost must not explode: all places in the pattern where the text read so far
 * may have led to are kept together and moved on by each character. Each character is looked at once and nothing is
 * ever tried again; the work is at most the product of both lengths, whatever the pattern is.
 */
final class WildCard {

    private static final int STAR = '*';
    private static final int ANY = '?';

    /** What stands at each place of the pattern, {@code *} left out; the place after the last is its end. */
    private final int[] characters;
    /** Places before which there is a {@code *}: any character leads from such a place back to it. */
    private final boolean[] stay;

    WildCard(String pattern) {
        characters = pattern.codePoints().filter(c -> c != STAR).toArray();
        stay = new boolean[characters.length + 1];
        int place = 0;
        for (int c : pattern.codePoints().toArray()) {
            if (c == STAR)
                stay[place] = true;
            else
                place++;
        }
    }

    /** Says whether this text is a wild card pattern. */
    static boolean isIn(String text) {
        return text.indexOf(STAR) >= 0 || text.indexOf(ANY) >= 0;
    }

    /** What every text begins with that matches a pattern. */
    static String prefix(String pattern) {
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != STAR && pattern.charAt(end) != ANY)
            end++;
        return pattern.substring(0, end);
    }

    boolean matches(String text) {
        return matches(text.codePoints().iterator());
    }

    /** As {@link #matches(String)}; takes each character once. */
    boolean matches(PrimitiveIterator.OfInt text) {
        boolean[] places = new boolean[stay.length];
        places[0] = true;
        while (text.hasNext())
            if (!moveOn(places, text.nextInt()))
                return false;
        return places[characters.length];
    }

    /**
     * Replaces the places by those that one more character leads to.
     *
     * @return {@code false} if there are none
     */
    private boolean moveOn(boolean[] places, int character) {
        boolean any = false;
        // from the end, as each place is reached from the one before it
        for (int place = characters.length; place >= 0; place--) {
            places[place] = places[place] && stay[place] || place > 0 && places[place - 1] && leadsOn(place - 1, character);
            any |= places[place];
        }
        return any;
    }

    private boolean leadsOn(int place, int character) {
        return characters[place] == ANY || characters[place] == character;
    }
}
