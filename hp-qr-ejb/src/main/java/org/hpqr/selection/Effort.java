package org.hpqr.selection;

/** Bounds the work that a protocol can make: how many rules are asked of images. */
final class Effort {

    /** Rules times images; the largest protocol and study that make sense stay far below. */
    private static final int MOST = 2_000_000;

    private int left = MOST;

    /** Takes one; {@code false} if none is left. */
    boolean spend() {
        if (left == 0)
            return false;
        left--;
        return true;
    }
}
