package org.hpqr.spi;

/** The AE directory could not be asked: says nothing about whether an AE title is configured. */
public class DirectoryUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public DirectoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
