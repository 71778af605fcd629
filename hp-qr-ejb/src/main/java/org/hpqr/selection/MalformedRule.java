package org.hpqr.selection;

/** A rule of a protocol that says nothing, or contradicts the standard: it cannot be evaluated. */
final class MalformedRule extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param what is wrong, as the end of a sentence that begins with the name of the rule */
    MalformedRule(String what) {
        super(what, null, false, false);
    }
}
