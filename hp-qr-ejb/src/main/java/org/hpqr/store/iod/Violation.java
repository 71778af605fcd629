package org.hpqr.store.iod;

import java.util.Collections;
import java.util.List;

/**
 * A rule of the IOD that a data set breaks.
 *
 * @param rule     what is wrong, at most {@value #MAX_RULE} characters
 * @param place    the item it is in; {@code ""} at the top of the data set
 * @param elements the elements at fault
 */
public record Violation(String rule, String place, List<Integer> elements) {

    /** Leaves room for a place of three sequences, of up to 99 items each, in the 64 characters of an Error Comment. */
    static final int MAX_RULE = 22;

    static Violation of(String rule, String place, int element) {
        return new Violation(rule, place, Collections.singletonList(element));
    }

    /** Where the standard has the rule: {@code PS3.3 Table C.23.1-1}. */
    public String clause() {
        return Clauses.of(this);
    }

    /** It says something of the same element of the same item. */
    boolean isAboutSame(Violation other) {
        return place.equals(other.place) && elements.stream().anyMatch(other.elements::contains);
    }

    /**
     * It may be broken only because elements were left out that cannot be read: it is about one of them, or a condition that
     * may have asked for one.
     */
    boolean mayComeOf(List<Violation> leftOut) {
        return leftOut.stream().anyMatch(unreadable -> isAboutSame(unreadable) || place.equals(unreadable.place)
                && (rule.startsWith("Type 1C") || rule.startsWith("Type 2C")));
    }

    /** For the Error Comment: {@code Type 1 value missing at 00720200[2].00720300[1]}; items count from 1. */
    public String comment() {
        return place.isEmpty() ? rule : rule + " at " + place;
    }
}
