package org.hpqr.query;

import java.util.List;
import org.dcm4che3.util.TagUtils;
import org.hpqr.information.ModelAttribute;

/**
 * Why an object does not match an identifier: the first key that it does not satisfy.
 *
 * @param key      name and tag of the key; those of the sequences it stands in before it, with {@code >} between. If a
 *                 sequence of the object has several items, the number of the one that satisfies most keys is with it
 * @param wanted   what the key asks for
 * @param found    what the object has; {@code null} if it has no value
 * @param rule     the type of matching that failed
 * @param sentence all of it in one plain sentence
 */
public record Mismatch(String key, String wanted, String found, Rule rule, String sentence) {

    /** The types of matching, and the rule for an unknown value. */
    public enum Rule {
        SINGLE_VALUE("PS3.4 C.2.2.2.1"),
        LIST_OF_UID("PS3.4 C.2.2.2.2"),
        WILD_CARD("PS3.4 C.2.2.2.4"),
        EMPTY_VALUE("PS3.4 C.2.2.2.7"),
        /** The object has no value: it satisfies universal keys only. */
        UNKNOWN_VALUE("PS3.4 K.2.2.1.1.1"),
        /** The identifier has no key of the information model, so that no object matches. */
        NO_KEY("PS3.4 K.4.1.3.1");

        private final String clause;

        Rule(String clause) {
            this.clause = clause;
        }

        /** Where the rule stands. */
        public String clause() {
            return clause;
        }
    }

    /** More values are not named. */
    private static final int MOST_VALUES = 10;

    /** Nothing is asked for; key, wanted and found value are {@code null}. */
    static Mismatch noKey() {
        return new Mismatch(null, null, null, Rule.NO_KEY, "The query has no key that hanging protocols have, so no protocol matches.");
    }

    /** A key with the values of an object that do not satisfy it; none, if the object has none. */
    static Mismatch of(ModelAttribute attribute, String wanted, Rule rule, List<?> found) {
        return of(name(attribute), wanted, found.isEmpty() ? null : text(found), found.isEmpty() ? Rule.UNKNOWN_VALUE : rule);
    }

    /** A key in a sequence of which no item satisfies all keys; this one fails in the item that comes nearest. */
    Mismatch in(ModelAttribute sequence, int item, int items) {
        String place = items == 1 ? name(sequence) : name(sequence) + ", item " + item + " of " + items;
        return of(place + " > " + key, wanted, found, rule);
    }

    private static Mismatch of(String key, String wanted, String found, Rule rule) {
        return new Mismatch(key, wanted, found, rule,
                key + " has to be " + wanted + ", and the protocol has " + (found == null ? "no value." : found + "."));
    }

    static String text(Iterable<?> values) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (Object value : values) {
            if (count++ == MOST_VALUES)
                return text.append(", ...").toString();
            text.append(count == 1 ? "" : ", ").append(value);
        }
        return text.toString();
    }

    private static String name(ModelAttribute attribute) {
        return attribute.name() + ' ' + TagUtils.toString(attribute.tag());
    }
}
