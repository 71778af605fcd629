package org.hpqr.library;

/** A definition cannot be understood, or what is made of it breaks a rule of the IOD; the message says where and why. */
public class InvalidDefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message file, place in it, and what is wrong */
    public InvalidDefinitionException(String message) {
        super(message);
    }
}
