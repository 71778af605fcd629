package org.hpqr.store.iod;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;

/** A rule between attributes in different items, of a data set whose rows have passed their checks. */
sealed interface Relation {

    /** Reports what breaks the rule. */
    void check(Attributes dataset, List<Violation> violations);

    /**
     * The numbers are 1, 2, 3 and so on, in the order of the items.
     *
     * @param within    sequences down to the items that begin at 1 anew; none if the whole data set has one numbering
     * @param sequences sequences from there down to the items with the numbers
     * @param tag       the number
     */
    record Numbered(List<Integer> within, List<Integer> sequences, int tag) implements Relation {
        @Override
        public void check(Attributes dataset, List<Violation> violations) {
            Items.each(dataset, "", within, (place, holder) -> {
                int[] expected = {1};
                Items.each(holder, place, sequences, (where, item) -> {
                    if (item.getInt(tag, 0) != expected[0]++)
                        violations.add(Violation.of("Not numbered 1, 2, 3", where, tag));
                });
            });
        }
    }

    /**
     * The numbers are among those of other items.
     *
     * @param sequences       sequences down to the items with the references
     * @param tag             the reference: one number or several
     * @param targetSequences sequences down to the items referred to
     * @param targetTag       their number
     */
    record Reference(List<Integer> sequences, int tag, List<Integer> targetSequences, int targetTag) implements Relation {
        @Override
        public void check(Attributes dataset, List<Violation> violations) {
            List<Integer> targets = new ArrayList<>();
            Items.each(dataset, "", targetSequences, (place, item) -> targets.add(item.getInt(targetTag, 0)));
            Set<Integer> known = targets.stream().collect(Collectors.toSet());
            Items.each(dataset, "", sequences, (place, item) -> {
                int[] numbers = item.getInts(tag);
                if (numbers == null)
                    return;
                for (int number : numbers)
                    if (!known.contains(number)) {
                        violations.add(Violation.of("Refers to no item", place, tag));
                        return;
                    }
            });
        }
    }

    /**
     * The image boxes are one box, or all of them are tiled.
     *
     * @param sequences sequences down to the items with the boxes
     * @param tag       the sequence of the boxes
     */
    record SingleUnlessTiled(List<Integer> sequences, int tag) implements Relation {
        @Override
        public void check(Attributes dataset, List<Violation> violations) {
            Items.each(dataset, "", sequences, (place, item) -> {
                List<Attributes> items = item.getSequence(tag);
                if (items != null && items.size() > 1 && !items.stream().allMatch(HangingProtocolDisplayModule.TILED.holds()))
                    violations.add(Violation.of("Several, but not TILED", place, tag));
            });
        }
    }
}
