package org.hpqr.web.search;

/** A query component that breaks a rule of PS3.18 8.3: 400. */
public final class InvalidQueryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message the rule that was broken; it goes to the client and quotes no value */
    public InvalidQueryException(String message) {
        super(message);
    }
}
