package org.hpqr.picture;

import java.util.Comparator;
import java.util.List;

import org.hpqr.picture.DisplaySet.ImageBox;

/** Says in words where an image box is: on which screen, and in which part of it. */
final class Place {

    /** A box that covers this part of its screen's width or height is said to fill it. */
    private static final double FILLS = 0.8;
    /** The row (top, middle, bottom) or column of a center, in thirds of the screen. */
    private static final double LOW = 0.42;
    private static final double HIGH = 0.58;

    private final List<Screen> screens;
    private final boolean sideBySide;
    private final Phrases phrases;

    Place(Layout layout, Phrases phrases) {
        sideBySide = layout.screens().stream().allMatch(screen -> layout.screens().stream()
                .allMatch(other -> areSideBySide(screen.position(), other.position())));
        Comparator<Screen> fromLeft = Comparator.comparingDouble(screen -> screen.position().centerX());
        // as they are counted in words: from the left, or else rows from above, each from the left
        screens = layout.screens().stream().sorted(sideBySide ? fromLeft : Comparator
                .comparingDouble((Screen screen) -> -screen.position().top()).thenComparing(fromLeft)).toList();
        this.phrases = phrases;
    }

    /** The words for the place of a box. */
    String of(ImageBox box) {
        if (box.position() == null)
            return phrases.say("place.none");
        List<Screen> covered = screens.stream().filter(screen -> covers(box.position(), screen.position())).toList();
        if (covered.size() > 1)
            return covered.size() == screens.size() ? phrases.say("place.all")
                    : phrases.say("place.across", "first", 1 + screens.indexOf(covered.get(0)),
                            "last", 1 + screens.indexOf(covered.get(covered.size() - 1)));
        return screens.stream().filter(screen -> screen.position().overlap(box.position()) > 0)
                .max(Comparator.comparingDouble(screen -> screen.position().overlap(box.position())))
                .map(screen -> on(screen, box.position())).orElseGet(() -> phrases.say("place.outside"));
    }

    private static boolean areSideBySide(Rectangle screen, Rectangle other) {
        return screen.bottom() < other.top() && other.bottom() < screen.top();
    }

    private static boolean covers(Rectangle box, Rectangle screen) {
        return box.contains(screen.centerX(), screen.centerY());
    }

    private String on(Screen screen, Rectangle box) {
        Rectangle area = screen.position();
        String row = part(box.height() / area.height(), (box.centerY() - area.bottom()) / area.height(), "bottom", "top");
        String column = part(box.width() / area.width(), (box.centerX() - area.left()) / area.width(), "left", "right");
        String within = row.isEmpty() && column.isEmpty() ? "" : phrases.say("part." + row + column);
        if (screens.size() == 1)
            return within.isEmpty() ? name(screen) : within;
        return within.isEmpty() ? name(screen) : phrases.say("place.part", "screen", name(screen), "part", within);
    }

    private static String part(double extent, double center, String low, String high) {
        if (extent >= FILLS)
            return "";
        if (center < LOW)
            return low;
        return center > HIGH ? high : "middle";
    }

    /** All of them, as they are counted. */
    List<Screen> screens() {
        return screens;
    }

    /** What a screen is called. */
    String name(Screen screen) {
        if (screens.size() == 1)
            return phrases.say("screen.only");
        int number = screens.indexOf(screen);
        if (sideBySide && screens.size() <= 3) {
            if (number == 0)
                return phrases.say("screen.left");
            return phrases.say(number == screens.size() - 1 ? "screen.right" : "screen.middle");
        }
        return phrases.say("screen.number", "number", number + 1);
    }
}
