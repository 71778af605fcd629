package org.hpqr.selection;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * One item of Time Based Image Sets Sequence (0072,0030), PS3.3 C.23.1.1.2: which of the images that the selectors match belong
 * to the image set, by their time.
 */
sealed interface TimeFrame {

    String CLAUSE = "PS3.3 C.23.1.1.2";

    /**
     * What a time frame takes.
     *
     * @param undecided how many images it may take besides
     */
    record Picked(Outcome outcome, List<Image> images, int undecided, Reason reason) {

        private static Picked of(List<Image> images, int undecided, int tag, String wanted, String found, String sentence) {
            return of(!images.isEmpty() ? Outcome.MATCHES : undecided > 0 ? Outcome.NOT_EVALUABLE : Outcome.DOES_NOT_MATCH,
                    images, undecided, tag, wanted, found, sentence);
        }

        private static Picked of(Outcome outcome, List<Image> images, int undecided, int tag, String wanted, String found,
                                 String sentence) {
            return new Picked(outcome, images, undecided,
                    new Reason(Reason.Step.TIME, outcome, Elements.name(tag), wanted, found, CLAUSE, sentence));
        }
    }

    /**
     * Picks from images.
     *
     * @param matching  those that the selectors match
     * @param undecided those of which that is not known
     */
    Picked pick(Studies studies, List<Image> matching, List<Image> undecided);

    /**
     * Reads an item.
     *
     * @throws MalformedRule it does not say what it takes
     */
    static TimeFrame of(Attributes item) throws MalformedRule {
        String category = Elements.text(item, Tag.ImageSetSelectorCategory).orElse("");
        return switch (category) {
            case "RELATIVE_TIME" -> relativeTime(item);
            case "ABSTRACT_PRIOR" -> abstractPrior(item);
            case "" -> throw new MalformedRule("has no Image Set Selector Category (0072,0034)");
            default -> throw new MalformedRule("has the invalid value " + category + " as Image Set Selector Category (0072,0034)");
        };
    }

    private static TimeFrame relativeTime(Attributes item) throws MalformedRule {
        int[] range = Elements.integers(item, Tag.RelativeTime);
        if (range.length != 2 || range[0] > range[1])
            throw new MalformedRule("has no range of two values as Relative Time (0072,0038)");
        String units = Elements.text(item, Tag.RelativeTimeUnits).orElse("");
        ChronoUnit unit = RelativeTime.UNITS.get(units);
        if (unit == null)
            throw new MalformedRule("has " + (units.isEmpty() ? "no" : "the invalid value " + units + " as")
                    + " Relative Time Units (0072,003A)");
        return new RelativeTime(range[0], range[1], unit);
    }

    private static TimeFrame abstractPrior(Attributes item) throws MalformedRule {
        if (!Elements.hasValue(item, Tag.AbstractPriorValue)) {
            List<Code> codes = Code.all(item, Tag.AbstractPriorCodeSequence);
            if (codes.isEmpty())
                throw new MalformedRule("has neither Abstract Prior Value (0072,003C) nor a code");
            return new CodedPrior(codes.get(0));
        }
        int[] range = Elements.integers(item, Tag.AbstractPriorValue);
        if (range.length != 2 || !isRange(range[0], range[1]))
            throw new MalformedRule("has no range of two values, 1 or more or -1, as Abstract Prior Value (0072,003C)");
        return new AbstractPrior(range[0], range[1]);
    }

    private static boolean isRange(int from, int to) {
        return from == AbstractPrior.OLDEST ? to == AbstractPrior.OLDEST : from > 0 && (to == AbstractPrior.OLDEST || to >= from);
    }

    /**
     * Relative Time (0072,0038): images acquired so many units before the current ones. 0\0 is the current study. What is
     * counted are whole units; for days and more, days of the calendar, so that yesterday evening is one day ago.
     */
    record RelativeTime(int start, int end, ChronoUnit unit) implements TimeFrame {

        /** Relative Time Units (0072,003A). */
        private static final Map<String, ChronoUnit> UNITS = Map.of("SECONDS", ChronoUnit.SECONDS, "MINUTES", ChronoUnit.MINUTES,
                "HOURS", ChronoUnit.HOURS, "DAYS", ChronoUnit.DAYS, "WEEKS", ChronoUnit.WEEKS, "MONTHS", ChronoUnit.MONTHS,
                "YEARS", ChronoUnit.YEARS);

        @Override
        public Picked pick(Studies studies, List<Image> matching, List<Image> undecided) {
            List<Image> picked = new ArrayList<>();
            int unknown = 0;
            for (Image image : matching) {
                Outcome outcome = test(studies, image);
                if (outcome == Outcome.MATCHES)
                    picked.add(image);
                else if (outcome == Outcome.NOT_EVALUABLE)
                    unknown++;
            }
            int without = unknown;
            for (Image image : undecided)
                if (test(studies, image) != Outcome.DOES_NOT_MATCH)
                    unknown++;
            String wanted = start + "\\" + end + " " + unit.name();
            String takes = start == 0 && end == 0 ? "The image set takes the current study"
                    : "The image set takes what was acquired " + (start == end ? start : start + " to " + end) + " "
                            + unit.name().toLowerCase(Locale.ROOT) + " before the current study";
            return Picked.of(picked, unknown, Tag.RelativeTime, wanted, Tally.images(picked.size()), takes + ": "
                    + Tally.images(picked.size()) + (without > 0 ? "; of " + without + " it is not known when they were acquired" : "")
                    + ".");
        }

        private Outcome test(Studies studies, Image image) {
            if (image.study() == 0)
                return Outcome.of(start == 0);
            if (end == 0)
                return Outcome.DOES_NOT_MATCH;
            Optional<AcquisitionTime> then = AcquisitionTime.of(image);
            Optional<AcquisitionTime> now = studies.current();
            if (then.isEmpty() || now.isEmpty() || unit.isTimeBased() && !(then.get().precise() && now.get().precise()))
                return Outcome.NOT_EVALUABLE;
            OffsetDateTime to = now.get().time();
            OffsetDateTime from = then.get().time().withOffsetSameInstant(to.getOffset());
            boolean before = unit.isTimeBased() ? !from.isAfter(to) : !from.toLocalDate().isAfter(to.toLocalDate());
            long units = unit.isTimeBased() ? unit.between(from, to) : unit.between(from.toLocalDate(), to.toLocalDate());
            return Outcome.of(before && units >= start && units <= end);
        }
    }

    /**
     * Abstract Prior Value (0072,003C): the n-th prior study, 1 the most recent. Counted are the studies that have images which
     * the selectors match, by Study Date and Study Time: of a CT protocol, the prior CT, whatever was done since.
     *
     * @param from the more recent end of the range; -1: the oldest
     * @param to   the older end of the range; -1: the oldest
     */
    record AbstractPrior(int from, int to) implements TimeFrame {

        static final int OLDEST = -1;

        @Override
        public Picked pick(Studies studies, List<Image> matching, List<Image> undecided) {
            String wanted = from + "\\" + to;
            String takes = "The image set takes " + text();
            List<Integer> certain = priors(studies, matching);
            List<Integer> possible = priors(studies, undecided);
            possible.removeAll(certain);
            boolean all = from == 1 && to == OLDEST;
            if (!all && certain.size() + possible.size() > 1
                    && !(isDated(studies, certain) && isDated(studies, possible)))
                return notEvaluable(wanted, takes + ", and not all prior studies have a date.");
            List<Integer> order = newestFirst(studies, certain);
            int first = from == OLDEST ? order.size() - 1 : from - 1;
            int end = to == OLDEST ? order.size() : Math.min(to, order.size());
            if (!all && mayChange(studies, possible, order, end))
                return notEvaluable(wanted, takes + ", and of other prior studies it is not known whether they have such images.");
            List<Integer> taken = first < 0 || first >= end ? List.of() : order.subList(first, end);
            List<Image> picked = matching.stream().filter(image -> taken.contains(image.study())).toList();
            String found = order.isEmpty() ? "no prior study has such images" : taken.isEmpty()
                    ? "only " + order.size() + (order.size() == 1 ? " prior study has" : " prior studies have") + " such images"
                    : taken.stream().map(study -> day(studies, study)).collect(Collectors.joining(", "));
            return Picked.of(picked, all ? undecided.size() : 0, Tag.AbstractPriorValue, wanted, found, takes
                    + (taken.isEmpty() ? ", and " : ": ") + found + ".");
        }

        private String text() {
            return from == OLDEST ? "the oldest prior study" : from == to ? from == 1 ? "the most recent prior study"
                    : "prior study number " + from : "prior studies number " + from + " to "
                            + (to == OLDEST ? "the oldest" : String.valueOf(to));
        }

        private static Picked notEvaluable(String wanted, String sentence) {
            return Picked.of(Outcome.NOT_EVALUABLE, List.of(), 0, Tag.AbstractPriorValue, wanted, null, sentence);
        }

        /** Prior studies that have one of these images; without those that are later than the current study. */
        private static List<Integer> priors(Studies studies, List<Image> images) {
            return images.stream().map(Image::study).filter(study -> study > 0 && !studies.isLaterThanCurrent(study)).distinct()
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        private static boolean isDated(Studies studies, List<Integer> priors) {
            return priors.stream().allMatch(study -> studies.begin(study).isPresent());
        }

        /** Of the same time: in the order they were given. */
        private static List<Integer> newestFirst(Studies studies, List<Integer> priors) {
            return priors.stream().sorted(Comparator.comparing((Integer study) -> studies.begin(study)
                    .map(AcquisitionTime::time).orElse(OffsetDateTime.MIN)).reversed()).toList();
        }

        /** Says whether studies that may count, too, would change what is taken if they did. */
        private boolean mayChange(Studies studies, List<Integer> possible, List<Integer> order, int end) {
            if (possible.isEmpty())
                return false;
            if (from == OLDEST || to == OLDEST || order.size() < to)
                return true;
            OffsetDateTime last = studies.begin(order.get(end - 1)).orElseThrow().time();
            return possible.stream().anyMatch(study -> !studies.begin(study).orElseThrow().time().isBefore(last));
        }

        private static String day(Studies studies, int study) {
            return studies.begin(study).map(begin -> "the one of " + begin.time().toLocalDate()).orElse("one without a date");
        }
    }

    /** Abstract Prior Code Sequence (0072,003E): what a code stands for is known to who made it. */
    record CodedPrior(Code code) implements TimeFrame {

        @Override
        public Picked pick(Studies studies, List<Image> matching, List<Image> undecided) {
            return Picked.of(Outcome.NOT_EVALUABLE, List.of(), 0, Tag.AbstractPriorCodeSequence, code.toString(), null,
                    "The image set takes the prior study that the code " + code + " stands for, which nothing here can tell.");
        }
    }
}
