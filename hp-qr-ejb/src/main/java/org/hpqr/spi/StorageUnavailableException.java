package org.hpqr.spi;

import java.io.IOException;

/** No storage system takes objects at the moment: disk full, read-only, threshold passed, not reachable. */
public class StorageUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message for the log, which the administrator reads; it may name paths */
    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
