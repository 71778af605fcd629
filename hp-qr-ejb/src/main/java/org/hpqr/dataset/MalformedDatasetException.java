package org.hpqr.dataset;

import java.io.IOException;

/** Bytes that are no data set, or a larger one than is taken: whose fault it is depends on where they came from. */
public class MalformedDatasetException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedDatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
