package org.dcm4chee.arc.event;

import jakarta.servlet.http.HttpServletRequest;

/** Signatures of dcm4chee-arc-event 5.34.3. */
public class ArchiveServiceEvent {

    /** What happened to the archive. */
    public enum Type {
        STARTED, STOPPED, RELOADED
    }

    private final Type type;
    private final HttpServletRequest request;

    public ArchiveServiceEvent(Type type, HttpServletRequest request) {
        this.type = type;
        this.request = request;
    }

    public Type getType() {
        return type;
    }

    public HttpServletRequest getRequest() {
        return request;
    }
}
