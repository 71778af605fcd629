package org.hpqr.picture;

/**
 * A nominal screen (PS3.3 C.23.2).
 *
 * @param position         its part of the display environment
 * @param horizontalPixels pixels in a row; 0 if unknown
 * @param verticalPixels   pixels in a column; 0 if unknown
 * @param bitDepth         fewest bits of gray, or of color, a pixel has; 0 if unknown
 * @param color            {@code true} if {@code bitDepth} is of color
 */
record Screen(Rectangle position, int horizontalPixels, int verticalPixels, int bitDepth, boolean color) {

    boolean hasPixels() {
        return horizontalPixels > 0 && verticalPixels > 0;
    }
}
