package org.hpqr.selection;

/**
 * An image box of a display set, and what it shows: PS3.3 Table C.23.3-1, Image Boxes Sequence (0072,0300).
 *
 * @param number     Image Box Number (0072,0302); 0 if the protocol has none
 * @param layoutType Image Box Layout Type (0072,0304), {@code TILED} for example; {@code null} if the protocol has none
 * @param position   where it stands; {@code null} if the protocol does not say
 * @param columns    Image Box Tile Horizontal Dimension (0072,0306); 1 if it is not tiled
 * @param rows       Image Box Tile Vertical Dimension (0072,0308); 1 if it is not tiled
 * @param firstImage its first image, as index in the images of the display set; boxes of one display set go on where the one
 *                   before ends
 * @param images     how many images it has: as many as tiles or, of a box to step or play through, all that are left. 0: it
 *                   is empty
 */
public record ImageBox(int number, String layoutType, Position position, int columns, int rows, int firstImage, int images) {

    /**
     * Display Environment Spatial Position (0072,0108): two corners on the whole of the screens, on which the lower left corner is
     * 0, 0 and the upper right one 1, 1 (PS3.3 C.23.2.1.1).
     *
     * @param left   x of the upper left corner
     * @param top    y of the upper left corner
     * @param right  x of the lower right corner
     * @param bottom y of the lower right corner
     */
    public record Position(double left, double top, double right, double bottom) {
    }
}
