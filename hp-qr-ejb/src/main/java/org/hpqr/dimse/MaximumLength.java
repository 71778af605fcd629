package org.hpqr.dimse;

import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.AAssociateRQAC;

/**
 * The maximum length of P-DATA-TF PDUs that a peer announces (PS3.8 D.1). dcm4che takes the unsigned number for a signed
 * one, and writes empty PDVs without end to a peer whose number is negative then, or too small.
 */
final class MaximumLength {

    /** A PDV header of 6 bytes and the smallest fragment: fragments have an even length (PS3.8 E.1). */
    private static final int SMALLEST = 6 + 2;

    private MaximumLength() {
    }

    /** {@code false} if nothing can be written to the peer of an association. */
    static boolean isUsable(Association association) {
        int announced = announced(association);
        // 0 is "no limit"
        return announced == 0 || announced >= SMALLEST;
    }

    /** Why it is not, for the log. */
    static String reason(Association association) {
        return "the peer announces PDUs of at most " + Integer.toUnsignedString(announced(association))
                + " bytes, which cannot be served";
    }

    /** The same, as an Error Comment. */
    static String comment(Association association) {
        return "PDUs of at most " + Integer.toUnsignedString(announced(association)) + " bytes cannot be served";
    }

    private static int announced(Association association) {
        AAssociateRQAC peer = association.isRequestor() ? association.getAAssociateAC() : association.getAAssociateRQ();
        return peer.getMaxPDULength();
    }
}
