package org.hpqr.store.iod;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.dcm4che3.data.Attributes;

/**
 * What the values of an attribute have to be, beyond its VR and VM. It is asked only of attributes with a value.
 *
 * @param broken what to say if they are not
 * @param holds  asked of the item the attribute stands in, and its tag
 */
record ValueRule(String broken, BiPredicate<Attributes, Integer> holds) {

    private static final String RANGE = "Value out of range";

    /** Enumerated values of a text. */
    static ValueRule oneOf(List<String> values) {
        return new ValueRule("Value not enumerated", (item, tag) -> Arrays.stream(item.getStrings(tag))
                .allMatch(value -> value != null && values.contains(value)));
    }

    /** Every number is within these bounds. */
    static ValueRule between(int min, int max) {
        return numbers(value -> value >= min && value <= max);
    }

    /** Every number is one of the range, or this one. */
    static ValueRule betweenOr(int min, int max, int special) {
        return numbers(value -> value == special || value >= min && value <= max);
    }

    private static ValueRule numbers(IntPredicate holds) {
        return new ValueRule(RANGE, (item, tag) -> {
            int[] values = item.getInts(tag);
            // the text of an IS that is no number
            return values != null && Arrays.stream(values).allMatch(holds);
        });
    }

    /** Every floating point number is more than zero. */
    static ValueRule positive() {
        return new ValueRule(RANGE, (item, tag) -> Arrays.stream(item.getDoubles(tag)).allMatch(value -> value > 0));
    }
}
