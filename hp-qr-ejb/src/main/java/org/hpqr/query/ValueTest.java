package org.hpqr.query;

import java.util.Set;

/** What a matching key with a value asks of a value of the stored attribute. */
sealed interface ValueTest {

    /** Single value matching (PS3.4 C.2.2.2.1): exact, case-sensitive, accents and all. */
    record SingleValue(String value) implements ValueTest {

        @Override
        public String wanted() {
            return value;
        }

        @Override
        public Mismatch.Rule rule() {
            return Mismatch.Rule.SINGLE_VALUE;
        }

        @Override
        public boolean test(Object stored) {
            return value.equals(stored);
        }
    }

    /** List of UID matching (PS3.4 C.2.2.2.2). */
    record UidList(Set<String> uids) implements ValueTest {

        @Override
        public String wanted() {
            return uids.size() == 1 ? Mismatch.text(uids) : "one of " + Mismatch.text(uids);
        }

        @Override
        public Mismatch.Rule rule() {
            return Mismatch.Rule.LIST_OF_UID;
        }

        @Override
        public boolean test(Object stored) {
            return uids.contains(stored);
        }
    }

    /** Wild card matching (PS3.4 C.2.2.2.4). */
    record Pattern(String text, WildCard pattern) implements ValueTest {

        Pattern(String text) {
            this(text, new WildCard(text));
        }

        @Override
        public String wanted() {
            return text;
        }

        @Override
        public Mismatch.Rule rule() {
            return Mismatch.Rule.WILD_CARD;
        }

        @Override
        public boolean test(Object stored) {
            return pattern.matches((String) stored);
        }
    }

    /** Single value matching of a binary number. */
    record SingleNumber(int value) implements ValueTest {

        @Override
        public String wanted() {
            return String.valueOf(value);
        }

        @Override
        public Mismatch.Rule rule() {
            return Mismatch.Rule.SINGLE_VALUE;
        }

        @Override
        public boolean test(Object stored) {
            return stored.equals(value);
        }
    }

    /** Empty value matching (PS3.4 C.2.2.2.7): there is to be no value. */
    record NoValue() implements ValueTest {

        @Override
        public String wanted() {
            return "without a value";
        }

        @Override
        public Mismatch.Rule rule() {
            return Mismatch.Rule.EMPTY_VALUE;
        }

        @Override
        public boolean test(Object stored) {
            return false;
        }
    }

    /**
     * Says whether a stored value satisfies the key.
     *
     * @param stored a {@link String}, or an {@link Integer} where the attribute is a number
     */
    boolean test(Object stored);

    /** What it asks for, for people. */
    String wanted();

    /** Which type of matching it is. */
    Mismatch.Rule rule();
}
