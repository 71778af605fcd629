package org.hpqr.ohif;

/** Not a protocol of OHIF, or one that shows nothing. The message says what is wrong. */
public final class InvalidOhifProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidOhifProtocolException(String message) {
        super(message);
    }
}
