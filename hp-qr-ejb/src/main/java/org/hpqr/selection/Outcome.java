package org.hpqr.selection;

/** What a rule says: yes, no, or that it cannot be evaluated. They are joined as in three-valued logic (Kleene). */
public enum Outcome {
    /** The rule is met. */
    MATCHES,
    /** The rule is not met. */
    DOES_NOT_MATCH,
    /** Something that the rule needs is not known, or the rule itself is malformed. */
    NOT_EVALUABLE;

    static Outcome of(boolean met) {
        return met ? MATCHES : DOES_NOT_MATCH;
    }

    /** Both: one that is not met decides, whatever the other is. */
    public Outcome and(Outcome other) {
        return this == DOES_NOT_MATCH || other == DOES_NOT_MATCH ? DOES_NOT_MATCH
                : this == NOT_EVALUABLE || other == NOT_EVALUABLE ? NOT_EVALUABLE : MATCHES;
    }

    /** One of both: one that is met decides, whatever the other is. */
    public Outcome or(Outcome other) {
        return negate().and(other.negate()).negate();
    }

    /** The opposite; what cannot be evaluated stays so. */
    public Outcome negate() {
        return switch (this) {
            case MATCHES -> DOES_NOT_MATCH;
            case DOES_NOT_MATCH -> MATCHES;
            case NOT_EVALUABLE -> NOT_EVALUABLE;
        };
    }
}
