package org.hpqr.selection;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates and times (PS3.5 6.2, DA, TM, DT). A value that is none, or that no calendar has, is empty. */
final class Times {

    private static final Pattern DATE = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)|(\\d{4})\\.(\\d\\d)\\.(\\d\\d)");
    private static final Pattern TIME = Pattern.compile("(\\d\\d):?(?:(\\d\\d):?(?:(\\d\\d)(?:\\.(\\d{1,6}))?)?)?");
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4})(?:(\\d\\d)(?:(\\d\\d)(\\d[\\d.]*)?)?)?([+-]\\d{4})?");
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d\\d)(\\d\\d)");

    private Times() {
    }

    /** A date; also in the form that older objects have, with dots. */
    static Optional<LocalDate> date(String da) {
        Matcher m = DATE.matcher(da);
        return !m.matches() ? Optional.empty() : m.group(1) != null ? date(m.group(1), m.group(2), m.group(3))
                : date(m.group(4), m.group(5), m.group(6));
    }

    /** A time of day; what is left out counts as zero. */
    static Optional<LocalTime> time(String tm) {
        Matcher m = TIME.matcher(tm);
        if (!m.matches())
            return Optional.empty();
        try {
            // a leap second has no place on a day of 86,400
            return Optional.of(LocalTime.of(number(m.group(1)), number(m.group(2)), Math.min(number(m.group(3)), 59),
                    nanoseconds(m.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * A point in time; what is left out counts as the first month, day, or zero.
     *
     * @param zone the offset of a value without one of its own
     */
    static Optional<OffsetDateTime> dateTime(String dt, ZoneOffset zone) {
        Matcher m = DATE_TIME.matcher(dt);
        if (!m.matches())
            return Optional.empty();
        Optional<LocalDate> date = date(m.group(1), m.group(2) == null ? "01" : m.group(2), m.group(3) == null ? "01" : m.group(3));
        Optional<LocalTime> time = m.group(4) == null ? Optional.of(LocalTime.MIN) : time(m.group(4));
        Optional<ZoneOffset> offset = m.group(5) == null ? Optional.of(zone) : offset(m.group(5));
        return date.flatMap(d -> time.flatMap(t -> offset.map(o -> OffsetDateTime.of(d, t, o))));
    }

    /** An offset from UTC, as Timezone Offset From UTC (0008,0201) has it. */
    static Optional<ZoneOffset> offset(String text) {
        Matcher m = OFFSET.matcher(text);
        if (!m.matches())
            return Optional.empty();
        int sign = m.group(1).equals("-") ? -1 : 1;
        try {
            return Optional.of(ZoneOffset.ofHoursMinutes(sign * number(m.group(2)), sign * number(m.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(number(year), number(month), number(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanoseconds(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }
}
