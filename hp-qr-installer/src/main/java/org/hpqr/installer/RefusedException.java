package org.hpqr.installer;

/** The installer does not touch this file; the message tells the administrator why and, where possible, what to do. */
class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
