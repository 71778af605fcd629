package org.hpqr.picture;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * Display Environment Spatial Position (0072,0108) of a screen or an image box (PS3.3 C.23.2.1.1). The unit is the extent of
 * the whole display environment: 0,0 is its bottom left corner and 1,1 its top right corner.
 *
 * @param left   smallest x
 * @param bottom smallest y
 * @param right  largest x
 * @param top    largest y
 */
record Rectangle(double left, double bottom, double right, double top) {

    /** What is farther away from the display environment than its own extent is drawn at that distance. */
    private static final double FARTHEST = 1;

    /** The whole display environment. */
    static final Rectangle ENVIRONMENT = new Rectangle(0, 0, 1, 1);

    /** Reads the position of an item; {@code null} if it has none that encloses an area. */
    static Rectangle of(Attributes item) {
        double[] corners = Elements.doubles(item, Tag.DisplayEnvironmentSpatialPosition);
        if (corners.length != 4)
            return null;
        Rectangle found = new Rectangle(
                near(Math.min(corners[0], corners[2])), near(Math.min(corners[1], corners[3])),
                near(Math.max(corners[0], corners[2])), near(Math.max(corners[1], corners[3])));
        // not so for a corner that is no number
        return found.width() > 0 && found.height() > 0 ? found : null;
    }

    private static double near(double coordinate) {
        return Math.max(-FARTHEST, Math.min(1 + FARTHEST, coordinate));
    }

    double width() {
        return right - left;
    }

    double height() {
        return top - bottom;
    }

    double area() {
        return width() * height();
    }

    double centerX() {
        return (left + right) / 2;
    }

    double centerY() {
        return (bottom + top) / 2;
    }

    /** The area that it has in common with another one. */
    double overlap(Rectangle other) {
        double commonWidth = Math.min(right, other.right) - Math.max(left, other.left);
        double commonHeight = Math.min(top, other.top) - Math.max(bottom, other.bottom);
        return commonWidth > 0 && commonHeight > 0 ? commonWidth * commonHeight : 0;
    }

    boolean contains(double x, double y) {
        return x >= left && x <= right && y >= bottom && y <= top;
    }

    Rectangle union(Rectangle other) {
        return new Rectangle(Math.min(left, other.left), Math.min(bottom, other.bottom), Math.max(right, other.right),
                Math.max(top, other.top));
    }
}
