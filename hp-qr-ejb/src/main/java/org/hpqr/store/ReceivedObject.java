package org.hpqr.store;

/**
 * An object as a C-STORE request brought it.
 *
 * @param calledAET              AE title it was sent to
 * @param callingAET             AE title it came from
 * @param affectedSopClassUid    Affected SOP Class UID (0000,0002)
 * @param affectedSopInstanceUid Affected SOP Instance UID (0000,1000); {@code null} if the request has none
 * @param transferSyntax         transfer syntax UID of the presentation context
 * @param dataset                the encoded data set; not to be changed
 */
public record ReceivedObject(String calledAET, String callingAET, String affectedSopClassUid,
                             String affectedSopInstanceUid, String transferSyntax, byte[] dataset) {
}
