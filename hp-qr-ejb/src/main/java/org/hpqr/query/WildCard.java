package org.hpqr.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Wild card matching (PS3.4 C.2.2.2.4): {@code *} stands for any run of characters, the empty one too, {@code ?} for
 * exactly one; all others stand for themselves. A character is a Unicode code point.
 *
 * <p>The pattern comes from the peer, so its cost must not explode: all places in the pattern where the text read so far
 * may have led to are kept as a set of bits, which is moved on by each character. Each character is looked at once and
 * nothing is ever tried again.
 */
final class WildCard {

    private static final int STAR = '*';
    private static final int ANY = '?';

    /** Number of characters in the pattern, runs of {@code *} not counted; place {@code length} is its end. */
    private final int length;
    /** Places at which there is a {@code *}: reading a character there may lead to where it was read. */
    private final long[] stay;
    /** Places at which there is a {@code ?}. */
    private final long[] any;
    /** For each character of the pattern, the places that it leads on from, those of {@code ?} included. */
    private final Map<Integer, long[]> leadOn = new HashMap<>();

    WildCard(String pattern) {
        int[] characters = pattern.codePoints().toArray();
        int places = (int) Arrays.stream(characters).filter(c -> c != STAR).count() + 1;
        length = places - 1;
        stay = new long[(places + 63) / 64];
        any = new long[stay.length];
        int place = 0;
        for (int c : characters) {
            if (c == STAR)
                add(stay, place);
            else if (c == ANY)
                add(any, place++);
            else
                add(leadOn.computeIfAbsent(c, key -> new long[stay.length]), place++);
        }
        for (long[] places2 : leadOn.values())
            for (int i = 0; i < any.length; i++)
                places2[i] |= any[i];
    }

    /** Says whether this text is a wild card pattern. */
    static boolean isIn(String text) {
        return text.indexOf(STAR) >= 0 || text.indexOf(ANY) >= 0;
    }

    boolean matches(String text) {
        return matches(text.codePoints().iterator());
    }

    /** As {@link #matches(String)}; takes each character once. */
    boolean matches(PrimitiveIterator.OfInt characters) {
        long[] places = new long[stay.length];
        add(places, 0);
        while (characters.hasNext())
            if (!moveOn(places, leadOn.getOrDefault(characters.nextInt(), any)))
                return false;
        return contains(places, length);
    }

    /**
     * Replaces the places by those that one more character leads to.
     *
     * @return {@code false} if there are none
     */
    private boolean moveOn(long[] places, long[] leading) {
        long carry = 0;
        long all = 0;
        for (int i = 0; i < places.length; i++) {
            long led = places[i] & leading[i];
            places[i] = places[i] & stay[i] | led << 1 | carry;
            carry = led >>> 63;
            all |= places[i];
        }
        return all != 0;
    }

    private static void add(long[] places, int place) {
        places[place / 64] |= 1L << place;
    }

    private static boolean contains(long[] places, int place) {
        return (places[place / 64] >>> place & 1) != 0;
    }
}
