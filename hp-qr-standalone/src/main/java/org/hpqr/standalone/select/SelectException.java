package org.hpqr.standalone.select;

/** The command cannot be carried out; the message says why. */
final class SelectException extends Exception {

    private static final long serialVersionUID = 1L;

    SelectException(String message) {
        super(message);
    }
}
