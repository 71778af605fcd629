package org.hpqr.standalone.login;

/** A password is not verified, as too many others were wrong before it. */
public final class TooManyWrongPasswordsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long secondsToWait;

    TooManyWrongPasswordsException(long secondsToWait) {
        super("Too many wrong passwords. Try again in " + secondsToWait + " s");
        this.secondsToWait = secondsToWait;
    }

    /** Seconds until another one may be tried, at least 1. */
    public long secondsToWait() {
        return secondsToWait;
    }
}
