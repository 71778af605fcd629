package org.hpqr.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and times as PS3.5 6.2 writes them. */
class TimesTest {

    @Test
    void datesOfBothForms_DA() {
        assertEquals(Optional.of(LocalDate.of(2024, 2, 29)), Times.date("20240229"));
        assertEquals(Optional.of(LocalDate.of(1996, 12, 1)), Times.date("1996.12.01"));
    }

    @ParameterizedTest
    @CsvSource({"10, 10:00", "1030, 10:30", "103015, 10:30:15", "103015.5, 10:30:15.5", "10:30:15, 10:30:15",
        "235960, 23:59:59", "000000.000001, 00:00:00.000001"})
    void timesOfAnyPrecision_TM(String tm, LocalTime time) {
        assertEquals(Optional.of(time), Times.time(tm));
    }

    @ParameterizedTest
    @CsvSource({"2024, 2024-01-01T00:00+01:00", "20240229, 2024-02-29T00:00+01:00", "202402291030, 2024-02-29T10:30+01:00",
        "20240229103015.25-0500, 2024-02-29T10:30:15.25-05:00", "2024+0000, 2024-01-01T00:00Z"})
    void pointsInTimeOfAnyPrecision_DT(String dt, OffsetDateTime time) {
        assertEquals(Optional.of(time), Times.dateTime(dt, ZoneOffset.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024022", "20240230", "20241301", "2024-02-29", "tomorrow", "20240229-20240301"})
    void whatIsNoDateIsNone(String da) {
        assertEquals(Optional.empty(), Times.date(da));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20240229103015.25+9900", "2024022925", "202413", "20240229.", "10:30"})
    void whatIsNoPointInTimeIsNone(String dt) {
        assertEquals(Optional.empty(), Times.dateTime(dt, ZoneOffset.UTC));
    }

    @Property
    void noTextIsAnError(@ForAll String text) {
        Times.date(text);
        Times.time(text);
        Times.dateTime(text, ZoneOffset.UTC);
        Times.offset(text);
    }
}
