package org.hpqr.commitment;

import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.commitment.CommitmentRequest.Reference;

/**
 * The Event Information that answers a request (PS3.4 J.3.3.1.1).
 *
 * @param transactionUid of the request
 * @param committed      objects that are stored for good
 * @param failed         the others, and why
 */
public record CommitmentResult(String transactionUid, List<Reference> committed, Map<Reference, FailureReason> failed) {

    /** Why there is no commitment: Failure Reason (0008,1197), PS3.3 C.14.1.1. */
    public enum FailureReason {

        PROCESSING_FAILURE(0x0110),
        NO_SUCH_OBJECT_INSTANCE(0x0112),
        CLASS_INSTANCE_CONFLICT(0x0119),
        REFERENCED_SOP_CLASS_NOT_SUPPORTED(0x0122),
        RESOURCE_LIMITATION(0x0213);

        private final int code;

        FailureReason(int code) {
            this.code = code;
        }

        /** The value of Failure Reason. */
        public int code() {
            return code;
        }
    }

    private static final int ALL_COMMITTED = 1;
    private static final int FAILURES_EXIST = 2;

    /** Event Type ID: 1 if all objects are committed, 2 if some are not. */
    public int eventType() {
        return failed.isEmpty() ? ALL_COMMITTED : FAILURES_EXIST;
    }

    /** The data set of the N-EVENT-REPORT. */
    public Attributes eventInformation() {
        Attributes information = new Attributes();
        information.setString(Tag.TransactionUID, VR.UI, transactionUid);
        if (!committed.isEmpty()) {
            Sequence items = information.newSequence(Tag.ReferencedSOPSequence, committed.size());
            committed.forEach(reference -> items.add(item(reference)));
        }
        if (!failed.isEmpty()) {
            Sequence items = information.newSequence(Tag.FailedSOPSequence, failed.size());
            failed.forEach((reference, reason) -> {
                Attributes item = item(reference);
                item.setInt(Tag.FailureReason, VR.US, reason.code());
                items.add(item);
            });
        }
        return information;
    }

    private static Attributes item(Reference reference) {
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, reference.sopClassUid());
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, reference.sopInstanceUid());
        return item;
    }
}
