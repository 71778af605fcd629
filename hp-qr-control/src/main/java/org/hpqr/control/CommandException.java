package org.hpqr.control;

/** The command cannot be carried out, or not to its end. The message is for the administrator. */
final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
