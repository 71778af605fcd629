package org.hpqr.toolkit;

/** The one constant of the fork's own library that its classes read. Not for use by other code. */
public final class Empty {

    public static final String[] EMPTY_STRING_ARRAY = {};

    private Empty() {
    }
}
