package org.hpqr.arc;

import java.net.InetAddress;
import java.util.Set;
import org.dcm4che3.net.Association;
import org.hpqr.spi.WebAudit;
import org.hpqr.status.HpStatus;

/**
 * One thing to be told to the audit record repository (PS3.15 A.5.3), independent of which audit logger tells it.
 *
 * @param kind         what happened
 * @param timeMillis   when, in milliseconds since 1970
 * @param caller       who asked
 * @param calledAET    which AE of the archive was asked
 * @param destination  who received objects, if that was neither the caller nor the archive; {@code null} otherwise
 * @param sopClassUid  of the objects, or of the query
 * @param instanceUids SOP Instance UIDs; empty for a query
 * @param query        identifier of a query; {@code null} if there was none
 * @param outcome      status that was answered; {@code null} while the operation goes on
 */
record AuditEvent(Kind kind, long timeMillis, Party caller, String calledAET, Party destination, String sopClassUid,
        Set<String> instanceUids, Query query, HpStatus outcome) {

    /** The audit messages of PS3.15 that occur here. */
    enum Kind {
        /** DICOM Instances Transferred, created. */
        STORED_NEW,
        /** DICOM Instances Transferred, updated. */
        STORED_AGAIN,
        /** Query. */
        QUERIED,
        /** Begin Transferring DICOM Instances. */
        RETRIEVE_BEGUN,
        /** DICOM Instances Transferred, read. */
        RETRIEVED,
        /** DICOM Instances Accessed, updated: not found or sent any more. */
        RETIRED,
        /** DICOM Instances Accessed, updated: found and sent again. */
        RESTORED,
        /** DICOM Instances Accessed, deleted. */
        DELETED
    }

    /** What the identifier of a party is. */
    enum PartyType { AE_TITLE, PERSON, NODE }

    /**
     * Who took part, and the host it was on.
     *
     * @param id   AE title, name of the user, or address
     * @param host address or name; {@code null} if unknown
     */
    record Party(String id, PartyType type, String host) {

        static Party ofAE(String aeTitle, String host) {
            return new Party(aeTitle, PartyType.AE_TITLE, host);
        }

        static Party requestorOf(Association association) {
            InetAddress address = association.getSocket() == null ? null : association.getSocket().getInetAddress();
            return ofAE(association.getCallingAET(), address == null ? null : address.getHostAddress());
        }

        /** The user, or, if nobody has logged in, the address, as in the archive's own messages. */
        static Party requestorOf(WebAudit.Requestor requestor) {
            return requestor.user() == null ? new Party(requestor.address(), PartyType.NODE, requestor.address())
                    : new Party(requestor.user(), PartyType.PERSON, requestor.address());
        }
    }

    /**
     * What was asked.
     *
     * @param identifier     encoded, or the query component of a URL; {@code null} if the request had none
     * @param transferSyntax it is encoded in; {@code null} if it is a query component
     * @param matches        number of matches sent
     */
    record Query(byte[] identifier, String transferSyntax, long matches) {
    }

    /** {@code true} if the operation ended with another status than success or cancel. */
    boolean isFailure() {
        return outcome != null && outcome != HpStatus.SUCCESS && outcome != HpStatus.CANCEL;
    }
}
