package org.hpqr.store;

import org.hpqr.database.ChangedBy;

/**
 * An object to be stored, as a C-STORE request brings it.
 *
 * @param calledAET              AE title it was sent to
 * @param by                     who sent it
 * @param affectedSopClassUid    Affected SOP Class UID (0000,0002)
 * @param affectedSopInstanceUid Affected SOP Instance UID (0000,1000); {@code null} if the request has none
 * @param transferSyntax         transfer syntax UID of the presentation context
 * @param dataset                the encoded data set; not to be changed
 * @param replaces               content digest of the object that it is to replace; {@link #NOTHING}: none that is stored and not
 *                               retired; {@code null} for any, or none
 */
public record ReceivedObject(String calledAET, ChangedBy by, String affectedSopClassUid, String affectedSopInstanceUid,
                             String transferSyntax, byte[] dataset, String replaces) {

    /** What an object replaces that is to be stored only as a new one. */
    public static final String NOTHING = "";

    /** An object that is to be stored whatever is there. */
    public ReceivedObject(String calledAET, ChangedBy by, String affectedSopClassUid, String affectedSopInstanceUid,
                          String transferSyntax, byte[] dataset) {
        this(calledAET, by, affectedSopClassUid, affectedSopInstanceUid, transferSyntax, dataset, null);
    }
}
