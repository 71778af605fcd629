package org.hpqr.query;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;
import org.hpqr.information.ModelAttribute.ReturnType;
import org.hpqr.information.EncodedCopy;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.Values;

/** One attribute of a request: whether a stored data set satisfies it, and what a response says about it. */
sealed interface Key {

    /** The row of the information model. */
    ModelAttribute attribute();

    /** Every object satisfies it (PS3.4 C.2.2.2.3); it is there to be returned. */
    boolean isUniversal();

    /** Says whether this data set or item satisfies the key. */
    boolean matches(Attributes stored);

    /** Why this data set or item does not satisfy the key; to be asked only if it does not. */
    Mismatch mismatch(Attributes stored);

    /** Puts what {@code stored} has of this attribute into {@code response}. */
    void respond(Attributes stored, Attributes response);

    /**
     * A key that is not a sequence.
     *
     * @param test           what it asks of a value; {@code null} for a universal key
     * @param unknownMatches an object without a value satisfies it, too
     */
    record ValueKey(ModelAttribute attribute, ValueTest test, boolean unknownMatches) implements Key {

        @Override
        public boolean isUniversal() {
            return test == null;
        }

        /**
         * Of several stored values one has to match (PS3.4 K.2.2.3); without any the value is unknown. The value of a
         * code is not unknown if it stands in another of the attributes made for it.
         */
        @Override
        public boolean matches(Attributes stored) {
            if (isUniversal())
                return true;
            List<?> values = values(stored);
            if (test instanceof ValueTest.NoValue)
                return values.isEmpty();
            return values.isEmpty() ? unknownMatches && !standsElsewhere(stored) : values.stream().anyMatch(test::test);
        }

        @Override
        public Mismatch mismatch(Attributes stored) {
            return Mismatch.of(attribute, test.wanted(), test.rule(), values(stored));
        }

        private List<?> values(Attributes stored) {
            return attribute.vr() == VR.US ? Values.numbers(stored, attribute) : Values.texts(stored, attribute);
        }

        private boolean standsElsewhere(Attributes stored) {
            return HangingProtocolModel.CODE_VALUES.contains(attribute)
                    && HangingProtocolModel.CODE_VALUES.stream().anyMatch(other -> !Values.texts(stored, other).isEmpty());
        }

        @Override
        public void respond(Attributes stored, Attributes response) {
            copyOrNull(attribute, stored, response);
        }
    }

    /**
     * A sequence key.
     *
     * @param item           the keys in its item; {@code null} if there is no item or an empty one
     * @param test           {@link ValueTest.NoValue} if there is to be no item (PS3.4 C.2.2.2.7); else {@code null}
     * @param unknownMatches an object without an item satisfies it, too
     */
    record SequenceKey(ModelAttribute attribute, Keys item, ValueTest test, boolean unknownMatches) implements Key {

        @Override
        public boolean isUniversal() {
            return test == null && (item == null || item.areUniversal());
        }

        /** One and the same stored item has to satisfy all keys (PS3.4 C.2.2.2.6). */
        @Override
        public boolean matches(Attributes stored) {
            if (isUniversal())
                return true;
            List<Attributes> items = Values.items(stored, attribute);
            if (test != null)
                return items.isEmpty();
            return items.isEmpty() ? unknownMatches : items.stream().anyMatch(item::match);
        }

        /** The item that comes nearest is the one that satisfies most keys, and of several the first. */
        @Override
        public Mismatch mismatch(Attributes stored) {
            List<Attributes> items = Values.items(stored, attribute);
            if (test != null)
                return Mismatch.of(attribute, test.wanted(), test.rule(), List.of(items.size() + (items.size() == 1 ? " item" : " items")));
            if (items.isEmpty())
                return Mismatch.of(attribute, "a sequence with an item that matches", Mismatch.Rule.UNKNOWN_VALUE, items);
            int nearest = 0;
            for (int i = 1; i < items.size(); i++)
                if (item.satisfied(items.get(i)) > item.satisfied(items.get(nearest)))
                    nearest = i;
            return item.mismatch(items.get(nearest)).orElseThrow().in(attribute, nearest + 1, items.size());
        }

        /** The items that match, with the attributes asked for; the whole sequence if none is asked for. */
        @Override
        public void respond(Attributes stored, Attributes response) {
            List<Attributes> items = Values.items(stored, attribute);
            if (item == null || items.isEmpty()) {
                copyOrNull(attribute, stored, response);
                return;
            }
            Sequence matching = response.newSequence(attribute.tag(), items.size());
            for (Attributes candidate : items)
                if (item.match(candidate))
                    matching.add(item.select(candidate));
        }
    }

    private static void copyOrNull(ModelAttribute attribute, Attributes stored, Attributes response) {
        if (EncodedCopy.hasValue(stored, attribute.tag()) && attribute.canHave(stored.getVR(attribute.tag())))
            EncodedCopy.copy(stored, attribute.tag(), response);
        else if (attribute.response() != ReturnType.ONE_IF)
            response.setNull(attribute.tag(), attribute.vr());
    }
}
