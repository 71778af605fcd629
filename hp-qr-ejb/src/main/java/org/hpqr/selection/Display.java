package org.hpqr.selection;

import java.util.List;

/**
 * The screens that there are.
 *
 * @param screens none: they are not known, and no protocol is preferred for its screens
 */
public record Display(List<Screen> screens) {

    /** No workstation has more; it bounds the work of comparing. */
    public static final int MOST_SCREENS = 64;

    /**
     * A screen.
     *
     * @param columns Number of Horizontal Pixels (0072,0106); positive
     * @param rows    Number of Vertical Pixels (0072,0104); positive
     */
    public record Screen(int columns, int rows) {

        public Screen {
            if (columns <= 0 || rows <= 0)
                throw new IllegalArgumentException("a screen of " + columns + " x " + rows + " pixels");
        }

        boolean fitsInto(Screen other) {
            return columns <= other.columns && rows <= other.rows;
        }

        @Override
        public String toString() {
            return columns + " x " + rows;
        }
    }

    /** The screens are not known. */
    public static final Display UNKNOWN = new Display(List.of());

    public Display {
        screens = List.copyOf(screens);
        if (screens.size() > MOST_SCREENS)
            throw new IllegalArgumentException("more than " + MOST_SCREENS + " screens");
    }
}
