package org.hpqr.store.iod;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.dcm4che3.data.Attributes;

/**
 * When an attribute of type 1C or 2C is required.
 *
 * @param holds        asked of the item the attribute stands in
 * @param otherwise    it may be present even if the condition does not hold
 * @param alternatives attributes in whose absence it is required: if it is missing, one of them could be there instead
 */
record Condition(Predicate<Attributes> holds, boolean otherwise, List<Integer> alternatives) {

    /** One that a data set cannot decide: it speaks of other objects or of what the sender means. */
    static final Condition NOT_DECIDABLE = new Condition(item -> false, true, List.of());

    static Condition when(Predicate<Attributes> holds) {
        return new Condition(holds, false, List.of());
    }

    static Condition present(int tag) {
        return when(item -> item.contains(tag));
    }

    static Condition hasValue(int tag) {
        return when(item -> item.containsValue(tag));
    }

    /** None of these is present. */
    static Condition absent(Integer... tags) {
        return new Condition(item -> Arrays.stream(tags).noneMatch(item::contains), false, List.of(tags));
    }

    /** The attribute has one of these values. */
    static Condition is(int tag, String... values) {
        List<String> any = List.of(values);
        return when(item -> item.contains(tag) && any.contains(item.getString(tag, "")));
    }

    /** One of the values of this AT attribute is a private tag. */
    static Condition isPrivate(int tag) {
        return when(item -> item.contains(tag) && Arrays.stream(ints(item, tag)).anyMatch(value -> (value & 0x10000) != 0));
    }

    private static int[] ints(Attributes item, int tag) {
        int[] values = item.getInts(tag);
        return values == null ? new int[0] : values;
    }

    Condition and(Condition other) {
        return new Condition(holds.and(other.holds), otherwise && other.otherwise,
                alternatives.isEmpty() ? other.alternatives : alternatives);
    }

    Condition or(Condition other) {
        return when(holds.or(other.holds));
    }

    Condition mayBePresentOtherwise() {
        return new Condition(holds, true, alternatives);
    }
}
