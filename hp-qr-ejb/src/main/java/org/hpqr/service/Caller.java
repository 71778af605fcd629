package org.hpqr.service;

import java.util.Set;

/**
 * Who asks for an operation.
 *
 * @param calledAET  AE title that was called: it decides settings and storage, and is returned as Retrieve AE Title
 * @param callingAET calling AE title; {@code null} if there is none
 * @param user       name of the user; {@code null} if nobody has logged in
 * @param roles      roles of the user
 */
public record Caller(String calledAET, String callingAET, String user, Set<String> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** A peer that is known by its AE title. */
    public static Caller ofAETitle(String calledAET, String callingAET) {
        return new Caller(calledAET, callingAET, null, Set.of());
    }
}
