package org.dcm4chee.arc;

import jakarta.servlet.http.HttpServletRequest;

/** Signatures of dcm4chee-arc-service 5.34.3. */
public interface ArchiveService {

    /** Whether the archive accepts associations. */
    enum Status {
        STARTED, STOPPED
    }

    void start(HttpServletRequest request) throws Exception;

    void stop(HttpServletRequest request);

    Status status(HttpServletRequest request);

    void reload(HttpServletRequest request) throws Exception;

    boolean tryReload();
}
