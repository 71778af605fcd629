package org.hpqr.web.rs;

import org.hpqr.status.HpFailure;

/** A request that is answered with an error. */
final class WebFailure extends Exception {

    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int NOT_ACCEPTABLE = 406;
    static final int REQUEST_TIMEOUT = 408;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    static final int CONTENT_TOO_LARGE = 413;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;
    static final int PRECONDITION_REQUIRED = 428;
    static final int INTERNAL_ERROR = 500;
    static final int NOT_IMPLEMENTED = 501;
    static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status  HTTP status
     * @param message goes to the client: the rule that was broken, no value and no internals
     */
    WebFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    private WebFailure(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** What is not stored, and what a caller is not to know of. */
    static WebFailure noSuchProtocol() {
        return new WebFailure(NOT_FOUND, "There is no hanging protocol with this SOP Instance UID");
    }

    /** What the history does not have, or not any more; the object itself may not be stored either. */
    static WebFailure noSuchContent() {
        return new WebFailure(NOT_FOUND, "The history of the hanging protocol has no such content");
    }

    /** The client knows another version than the one that is stored. */
    static WebFailure conflict() {
        return new WebFailure(PRECONDITION_FAILED, "The hanging protocol has been changed since");
    }

    /** What a failed operation is over HTTP: the counterpart of each DIMSE status. */
    static WebFailure of(HpFailure failure) {
        return new WebFailure(failure.status().httpStatus(), failure.comment(), failure);
    }

    /** Something the server depends on is not available. */
    static WebFailure unavailable(String message, Throwable cause) {
        return new WebFailure(UNAVAILABLE, message, cause);
    }

    int status() {
        return status;
    }
}
