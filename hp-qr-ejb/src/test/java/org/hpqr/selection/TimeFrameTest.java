package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time Based Image Sets Sequence: PS3.3 Table C.23.1-1 and C.23.1.1.2. */
class TimeFrameTest {

    private static final Attributes CURRENT = study("20240620", "120000");

    private static Attributes study(String date, String time) {
        return dataSet(Tag.StudyInstanceUID, "1.2." + date + time, Tag.SOPInstanceUID, "1.2." + date + time + ".1", Tag.StudyDate, date,
                Tag.StudyTime, time, Tag.Modality, "CT");
    }

    private static Attributes relative(int start, int end, String units) {
        return dataSet(Tag.ImageSetSelectorCategory, "RELATIVE_TIME", Tag.RelativeTime, new int[] {start, end},
                Tag.RelativeTimeUnits, units);
    }

    private static Attributes prior(int from, int to) {
        return dataSet(Tag.ImageSetSelectorCategory, "ABSTRACT_PRIOR", Tag.AbstractPriorValue, new int[] {from, to});
    }

    /** Asks with all images of CT, or those of another modality undecided. */
    private static TimeFrame.Picked pick(Attributes timeFrame, Attributes current, Attributes... priors) throws MalformedRule {
        Studies studies = new Studies(Study.of(List.of(received(current))),
                Arrays.stream(priors).map(prior -> Study.of(List.of(received(prior)))).toList());
        List<Image> matching = new ArrayList<>();
        List<Image> undecided = new ArrayList<>();
        for (Image image : studies.images())
            (Elements.texts(image.instance(), Tag.Modality).contains("CT") ? matching : undecided).add(image);
        return TimeFrame.of(received(timeFrame)).pick(studies, matching, undecided);
    }

    private static List<String> dates(TimeFrame.Picked picked) {
        return picked.images().stream().map(image -> Elements.text(image.instance(), Tag.StudyDate).orElse("undated")).toList();
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void zeroIsTheCurrentStudy() throws MalformedRule {
        TimeFrame.Picked picked = pick(relative(0, 0, "MINUTES"), CURRENT, study("20240620", "120000"));

        assertEquals(List.of("20240620"), dates(picked));
        assertEquals(0, picked.images().get(0).study());
        assertEquals("The image set takes the current study: 1 image.", picked.reason().sentence());
        assertEquals(MATCHES, pick(relative(0, 0, "DAYS"), dataSet(Tag.Modality, "CT")).outcome(), "whether or not it has a date");
    }

    @Clause("PS3.3 C.23.1.1.2")
    @ParameterizedTest
    @CsvSource({
        "1, 7, DAYS, 20240613, 235959, MATCHES", "1, 7, DAYS, 20240612, 235959, DOES_NOT_MATCH",
        "1, 7, DAYS, 20240619, 235959, MATCHES", "1, 7, DAYS, 20240620, 080000, DOES_NOT_MATCH",
        "0, 7, DAYS, 20240620, 080000, MATCHES", "1, 7, DAYS, 20240621, 080000, DOES_NOT_MATCH",
        "2, 2, WEEKS, 20240606, 120000, MATCHES", "2, 2, WEEKS, 20240531, 120000, MATCHES",
        "2, 2, WEEKS, 20240530, 120000, DOES_NOT_MATCH",
        "6, 12, MONTHS, 20231220, 120000, MATCHES", "6, 12, MONTHS, 20231221, 120000, DOES_NOT_MATCH",
        "1, 1, YEARS, 20230620, 120000, MATCHES", "1, 1, YEARS, 20230621, 120000, DOES_NOT_MATCH",
        "1, 1, YEARS, 20220621, 120000, MATCHES", "1, 1, YEARS, 20220620, 120000, DOES_NOT_MATCH",
        "1, 2, HOURS, 20240620, 100000, MATCHES", "1, 2, HOURS, 20240620, 085959, DOES_NOT_MATCH",
        "30, 60, MINUTES, 20240620, 113000, MATCHES", "30, 60, MINUTES, 20240620, 113001, DOES_NOT_MATCH",
        "10, 10, SECONDS, 20240620, 115950, MATCHES", "10, 10, SECONDS, 20240620, 120010, DOES_NOT_MATCH"})
    void timeBeforeTheCurrentStudyInUnits(int start, int end, String units, String date, String time, Outcome outcome)
            throws MalformedRule {
        TimeFrame.Picked picked = pick(relative(start, end, units), CURRENT, study(date, time));

        assertEquals(Outcome.of(outcome == MATCHES || start == 0), picked.outcome(), picked.reason()::sentence);
        assertEquals(outcome == MATCHES, picked.images().stream().anyMatch(image -> image.study() == 1));
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void itIsTheTimeOfAcquisitionThatCounts() throws MalformedRule {
        Attributes prior = study("20240101", "120000");
        DataSets.put(prior, Tag.AcquisitionDateTime, "20240619");

        assertEquals(MATCHES, pick(relative(1, 1, "DAYS"), CURRENT, prior).outcome());
        assertEquals(NOT_EVALUABLE, pick(relative(24, 48, "HOURS"), CURRENT, prior).outcome(), "only the day is known");
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void offsetsFromUtcAreTakenIntoAccount() throws MalformedRule {
        Attributes prior = study("20240620", "120000");
        DataSets.put(prior, Tag.TimezoneOffsetFromUTC, "+0200");

        assertEquals(MATCHES, pick(relative(2, 2, "HOURS"), CURRENT, prior).outcome());
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void anUnknownTimeIsNotGuessed() throws MalformedRule {
        TimeFrame.Picked picked = pick(relative(1, 7, "DAYS"), CURRENT, dataSet(Tag.Modality, "CT"));

        assertEquals(NOT_EVALUABLE, picked.outcome());
        assertEquals(1, picked.undecided());
        assertEquals("The image set takes what was acquired 1 to 7 days before the current study: 0 images; of 1 it is not known when "
                + "they were acquired.", picked.reason().sentence());
        assertEquals(NOT_EVALUABLE, pick(relative(1, 7, "DAYS"), dataSet(Tag.Modality, "CT"), study("20240101", "12")).outcome());
    }

    @Clause("PS3.3 C.23.1.1.2")
    @ParameterizedTest
    @CsvSource({"1, 1, 20240520", "2, 2, 20230620", "3, 3, 20200101", "-1, -1, 20200101", "1, 2, 20240520 20230620",
        "2, -1, 20230620 20200101", "1, -1, 20240520 20230620 20200101", "4, 4, ''", "2, 9, 20230620 20200101"})
    void theMostRecentPriorIsOneAndTheOldestMinusOne(int from, int to, String dates) throws MalformedRule {
        TimeFrame.Picked picked = pick(prior(from, to), CURRENT, study("20230620", "12"), study("20200101", "12"), study("20240520", "12"));

        assertEquals(Arrays.stream(dates.split(" ")).filter(date -> !date.isEmpty()).sorted().toList(),
                dates(picked).stream().sorted().toList());
        assertEquals(Outcome.of(!dates.isEmpty()), picked.outcome());
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void onlyPriorsWithMatchingImagesCount() throws MalformedRule {
        Attributes ultrasound = study("20240619", "12");
        Studies studies = new Studies(Study.of(List.of(CURRENT)), List.of(Study.of(List.of(ultrasound)),
                Study.of(List.of(study("20230101", "12")))));
        List<Image> matching = studies.images().stream().filter(image -> image.study() != 1).toList();

        assertEquals(List.of("20230101"), dates(TimeFrame.of(prior(1, 1)).pick(studies, matching, List.of())));
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void aStudyAfterTheCurrentOneIsNoPrior() throws MalformedRule {
        assertEquals(List.of("20240619"), dates(pick(prior(1, -1), CURRENT, study("20240621", "12"), study("20240619", "12"),
                study("20240620", "1201"))));
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void whichPriorItIsIsNotGuessed() throws MalformedRule {
        Attributes undecided = study("20240619", "12");
        DataSets.put(undecided, Tag.Modality, "??");
        Attributes undated = dataSet(Tag.Modality, "CT");

        assertEquals(NOT_EVALUABLE, pick(prior(1, 1), CURRENT, undecided, study("20240101", "12")).outcome());
        assertEquals(NOT_EVALUABLE, pick(prior(-1, -1), CURRENT, undecided, study("20240101", "12")).outcome());
        assertEquals(MATCHES, pick(prior(1, 1), CURRENT, undecided, study("20240620", "1130")).outcome(), "older ones do not matter");
        assertEquals(NOT_EVALUABLE, pick(prior(1, 1), CURRENT, undated, study("20240101", "12")).outcome());
        assertEquals(MATCHES, pick(prior(1, 1), CURRENT, undated).outcome(), "the only one");
        assertEquals(2, pick(prior(1, -1), CURRENT, undated, undecided, study("20240101", "12")).images().size(), "all");
    }

    @Test
    void theReasonNamesThePriorOrSaysHowManyThereAre() throws MalformedRule {
        assertEquals("The image set takes the most recent prior study: the one of 2023-06-20.",
                pick(prior(1, 1), CURRENT, study("20230620", "12")).reason().sentence());
        assertEquals("The image set takes prior study number 2, and only 1 prior study has such images.",
                pick(prior(2, 2), CURRENT, study("20230620", "12")).reason().sentence());
        assertEquals(DOES_NOT_MATCH, pick(prior(1, 1), CURRENT).outcome());
    }

    @Clause("PS3.3 C.23.1.1.2")
    @Test
    void aCodedPriorIsKnownToWhoMadeTheCode() throws MalformedRule {
        TimeFrame.Picked picked = pick(dataSet(Tag.ImageSetSelectorCategory, "ABSTRACT_PRIOR", Tag.AbstractPriorCodeSequence,
                new Code("B1", "99L", "Baseline")), CURRENT, study("20230620", "12"));

        assertEquals(NOT_EVALUABLE, picked.outcome());
        assertEquals("The image set takes the prior study that the code B1 (99L, Baseline) stands for, which nothing here can tell.",
                picked.reason().sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0", "0 1", "2 1", "-2 -2", "-1 1", "1 0"})
    void rangesThatAreNoneAreMalformed(String range) {
        int[] values = Arrays.stream(range.split(" ")).mapToInt(Integer::parseInt).toArray();

        assertThrows(MalformedRule.class, () -> TimeFrame.of(prior(values[0], values[1])));
    }

    @Test
    void whatSaysNothingIsMalformed() {
        assertThrows(MalformedRule.class, () -> TimeFrame.of(dataSet()));
        assertThrows(MalformedRule.class, () -> TimeFrame.of(dataSet(Tag.ImageSetSelectorCategory, "LATER")));
        assertThrows(MalformedRule.class, () -> TimeFrame.of(relative(7, 1, "DAYS")));
        assertThrows(MalformedRule.class, () -> TimeFrame.of(relative(1, 7, "FORTNIGHTS")));
        assertThrows(MalformedRule.class, () -> TimeFrame.of(dataSet(Tag.ImageSetSelectorCategory, "ABSTRACT_PRIOR")));
        assertThrows(MalformedRule.class, () -> TimeFrame.of(dataSet(Tag.ImageSetSelectorCategory, "ABSTRACT_PRIOR",
                Tag.AbstractPriorValue, 1)));
    }
}
