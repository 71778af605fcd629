package org.hpqr.spi;

import org.hpqr.status.HpStatus;

/**
 * Port: is told what was done over HTTP, by whom, with which outcome: the counterpart of {@link AuditTrail}. Where no bean
 * provides it, nothing is served over HTTP. An audit trail that fails must not fail the operation: implementations log and return.
 */
public interface WebAudit {

    /** A change of an object's state. */
    enum Change { RETIRED, RESTORED, DELETED }

    /**
     * Who did it.
     *
     * @param user      {@code null} if nobody has logged in
     * @param address   address of the client
     * @param calledAET AE title of the service
     */
    record Requestor(String user, String address, String calledAET) {
    }

    /**
     * An instance was stored, or not.
     *
     * @param sopInstanceUid {@code null} if it could not be read
     * @param replaced       it took the place of an object with the same UID
     */
    void stored(Requestor requestor, String sopInstanceUid, boolean replaced, HpStatus outcome);

    /**
     * A search was answered.
     *
     * @param query query component of the request, as it came; {@code null} if there was none
     */
    void queried(Requestor requestor, String query, long matches, HpStatus outcome);

    /** An instance was sent, or not. */
    void retrieved(Requestor requestor, String sopInstanceUid, HpStatus outcome);

    /** An instance was retired, restored or deleted. */
    void changed(Requestor requestor, Change change, String sopInstanceUid, HpStatus outcome);
}
