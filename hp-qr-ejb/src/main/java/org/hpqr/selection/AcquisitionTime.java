package org.hpqr.selection;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * When an image was acquired (PS3.3 C.23.1, Relative Time; C.23.3.1.2, BY_ACQ_TIME): by the first of Frame Acquisition
 * DateTime, Acquisition DateTime, Acquisition Date and Time, Content Date and Time, Series Date and Time, Study Date and Time
 * that it has. A time without a date of its kind is of the day of the series or the study. Times without an offset from UTC are
 * of one time zone.
 *
 * @param precise {@code false}: only the day is known
 */
record AcquisitionTime(OffsetDateTime time, boolean precise) {

    private static final int[][] DATES_AND_TIMES = {
        {Tag.AcquisitionDate, Tag.AcquisitionTime}, {Tag.ContentDate, Tag.ContentTime},
        {Tag.SeriesDate, Tag.SeriesTime}, {Tag.StudyDate, Tag.StudyTime}};

    static Optional<AcquisitionTime> of(Image image) {
        Attributes instance = image.instance();
        ZoneOffset zone = Elements.text(instance, Tag.TimezoneOffsetFromUTC).flatMap(Times::offset).orElse(ZoneOffset.UTC);
        for (Attributes group : image.functionalGroups()) {
            Optional<AcquisitionTime> time = Elements.firstItem(group, Tag.FrameContentSequence)
                    .flatMap(content -> dateTime(content, Tag.FrameAcquisitionDateTime, zone));
            if (time.isPresent())
                return time;
        }
        return dateTime(instance, Tag.AcquisitionDateTime, zone).or(() -> ofDateAndTime(instance, zone));
    }

    /** When the study began, if it says so: Study Date and Study Time. */
    static Optional<AcquisitionTime> ofStudy(Attributes instance) {
        ZoneOffset zone = Elements.text(instance, Tag.TimezoneOffsetFromUTC).flatMap(Times::offset).orElse(ZoneOffset.UTC);
        return date(instance, Tag.StudyDate).map(date -> of(date, time(instance, Tag.StudyTime), zone));
    }

    private static Optional<AcquisitionTime> dateTime(Attributes item, int tag, ZoneOffset zone) {
        return Elements.text(item, tag).flatMap(text -> Times.dateTime(text, zone)
                .map(time -> new AcquisitionTime(time, text.length() > "YYYYMMDD".length())));
    }

    private static Optional<AcquisitionTime> ofDateAndTime(Attributes instance, ZoneOffset zone) {
        Optional<LocalDate> day = date(instance, Tag.SeriesDate).or(() -> date(instance, Tag.StudyDate));
        for (int[] pair : DATES_AND_TIMES) {
            Optional<LocalTime> time = time(instance, pair[1]);
            Optional<LocalDate> date = date(instance, pair[0]);
            if (date.isEmpty() && time.isPresent())
                date = day;
            if (date.isPresent())
                return Optional.of(of(date.get(), time, zone));
        }
        return Optional.empty();
    }

    private static AcquisitionTime of(LocalDate date, Optional<LocalTime> time, ZoneOffset zone) {
        return new AcquisitionTime(OffsetDateTime.of(date, time.orElse(LocalTime.MIN), zone), time.isPresent());
    }

    private static Optional<LocalDate> date(Attributes instance, int tag) {
        return Elements.text(instance, tag).flatMap(Times::date);
    }

    private static Optional<LocalTime> time(Attributes instance, int tag) {
        return Elements.text(instance, tag).flatMap(Times::time);
    }
}
