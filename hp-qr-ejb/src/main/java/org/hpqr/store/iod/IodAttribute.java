package org.hpqr.store.iod;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;

/**
 * One row of a module or macro table of PS3.3.
 *
 * @param tag       the attribute
 * @param vr        its value representation (PS3.6); {@code null} if any will do
 * @param type      whether it has to be there
 * @param condition of types 1C and 2C when; {@code null} for the others
 * @param count     number of values, or of items of a sequence, where it has any
 * @param rules     what the values have to be
 * @param items     the rows of an item, for a sequence
 */
record IodAttribute(int tag, VR vr, Type type, Condition condition, Count count, List<ValueRule> rules,
                    List<IodAttribute> items) {

    IodAttribute {
        if (type.isConditional() != (condition != null))
            throw new IllegalArgumentException(String.format("%08X: type %s, condition %s", tag, type, condition));
    }

    /** An attribute of type 1, 2 or 3 with one value. */
    static IodAttribute attribute(int tag, VR vr, Type type) {
        return attribute(tag, vr, type, null);
    }

    /** An attribute of type 1C or 2C with one value. */
    static IodAttribute attribute(int tag, VR vr, Type type, Condition condition) {
        return new IodAttribute(tag, vr, type, condition, Count.ONE, List.of(), List.of());
    }

    /** A sequence of type 1, 2 or 3. @param items how many: {@code 1-n} */
    static IodAttribute sequence(int tag, Type type, String items, List<IodAttribute> rows) {
        return sequence(tag, type, null, items, rows);
    }

    /** A sequence of type 1C or 2C. @param items how many: {@code 1-n} */
    static IodAttribute sequence(int tag, Type type, Condition condition, String items, List<IodAttribute> rows) {
        return new IodAttribute(tag, VR.SQ, type, condition, Count.of(items), List.of(), rows);
    }

    /** The Value Multiplicity, where it is not 1: {@code 2-n}. */
    IodAttribute vm(String multiplicity) {
        return new IodAttribute(tag, vr, type, condition, Count.of(multiplicity), rules, items);
    }

    IodAttribute oneOf(String... values) {
        return with(ValueRule.oneOf(List.of(values)));
    }

    IodAttribute with(ValueRule rule) {
        List<ValueRule> all = new ArrayList<>(rules);
        all.add(rule);
        return new IodAttribute(tag, vr, type, condition, count, List.copyOf(all), items);
    }

    IodAttribute with(String broken, BiPredicate<Attributes, Integer> holds) {
        return with(new ValueRule(broken, holds));
    }

    boolean isSequence() {
        return vr == VR.SQ;
    }
}
