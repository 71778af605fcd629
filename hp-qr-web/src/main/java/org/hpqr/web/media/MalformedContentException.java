package org.hpqr.web.media;

import java.io.IOException;

/** Content of a request that is not what its media type says, or more of it than is accepted. */
public final class MalformedContentException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message the rule that was broken; it goes to the client and never quotes a value */
    public MalformedContentException(String message) {
        super(message);
    }

    /** As {@link #MalformedContentException(String)}, with the exception behind it, which only the log shows. */
    public MalformedContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
