package org.hpqr.spi;

import java.util.List;
import org.dcm4che3.net.Association;
import org.hpqr.status.HpStatus;

/**
 * Port: is told what was stored, queried and sent, by whom, with which outcome. A hanging protocol identifies no
 * patient; the events name SOP Instance UIDs.
 *
 * <p>An audit trail that fails must not fail the operation: implementations log and return.
 */
public interface AuditTrail {

    /**
     * A C-STORE was answered.
     *
     * @param sopInstanceUid Affected SOP Instance UID of the request
     * @param replaced       it took the place of an object with the same UID
     */
    void stored(Association association, String sopInstanceUid, boolean replaced, HpStatus outcome);

    /**
     * A C-FIND was answered to its end.
     *
     * @param identifier the request identifier, encoded in {@code transferSyntax}; {@code null} if there was none
     * @param matches    number of pending responses sent
     */
    void queried(Association association, byte[] identifier, String transferSyntax, int matches, HpStatus outcome);

    /**
     * Sub-operations of a C-MOVE or C-GET are about to begin.
     *
     * @param destination move destination; {@code null} for C-GET
     */
    void retrieveBegun(Association association, String destination, List<String> sopInstanceUids);

    /**
     * A C-MOVE or C-GET was answered to its end; also called where it failed before any sub-operation, with empty
     * lists.
     *
     * @param destination move destination; {@code null} for C-GET
     * @param sent        UIDs whose sub-operation ended with success or warning
     * @param failed      UIDs whose sub-operation failed
     */
    void retrieveEnded(Association association, String destination, List<String> sent, List<String> failed, HpStatus outcome);
}
