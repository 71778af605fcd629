package org.hpqr.service;

import org.hpqr.database.ChangedBy;
import org.hpqr.spi.User;

/**
 * Who asks for an operation.
 *
 * @param calledAET  AE title that was called: it decides settings and storage, and is returned as Retrieve AE Title
 * @param callingAET calling AE title; {@code null} if there is none
 * @param user       {@code null} if it is not known who asks
 * @param address    address of the peer; {@code null} if it is not known
 */
public record Caller(String calledAET, String callingAET, User user, String address) {

    /** A peer that is known by its AE title. */
    public static Caller ofAETitle(String calledAET, String callingAET, String address) {
        return new Caller(calledAET, callingAET, null, address);
    }

    /** Who it is, for the history of what is changed. */
    public ChangedBy changedBy() {
        return new ChangedBy(callingAET, user == null ? null : user.name(), address);
    }
}
