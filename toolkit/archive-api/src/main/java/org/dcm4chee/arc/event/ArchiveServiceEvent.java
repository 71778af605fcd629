package org.dcm4chee.arc.event;

import jakarta.servlet.http.HttpServletRequest;

/** Signatures of dcm4chee-arc-event 5.34.3. */
public class ArchiveServiceEvent {

    /** What happened to the archive. */
    public enum Type {
        STARTED, STOPPED, RELOADED
    }

    private final Type type;

    public ArchiveServiceEvent(Type type, HttpServletRequest request) {
        this.type = type;
    }

    public Type getType() {
        return type;
    }
}
