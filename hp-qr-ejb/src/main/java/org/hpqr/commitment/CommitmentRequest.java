package org.hpqr.commitment;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.hpqr.dataset.SopInstanceUid;

/**
 * The Action Information of a request for storage commitment (PS3.4 J.3.2.1.1).
 *
 * @param transactionUid Transaction UID (0008,1195)
 * @param references     the objects that are asked about; one at least
 */
public record CommitmentRequest(String transactionUid, List<Reference> references) {

    /**
     * An object that is asked about.
     *
     * @param sopClassUid    Referenced SOP Class UID (0008,1150)
     * @param sopInstanceUid Referenced SOP Instance UID (0008,1155)
     */
    public record Reference(String sopClassUid, String sopInstanceUid) {
    }

    /**
     * Takes Action Information apart.
     *
     * @throws IllegalArgumentException an attribute that has to be there is missing or empty, or is no UID; the message names it
     */
    public static CommitmentRequest of(Attributes actionInformation) {
        String transactionUid = uid(actionInformation, Tag.TransactionUID, "Transaction UID");
        Sequence sequence = actionInformation.getSequence(Tag.ReferencedSOPSequence);
        if (sequence == null || sequence.isEmpty())
            throw new IllegalArgumentException("Referenced SOP Sequence missing");
        List<Reference> references = new ArrayList<>(sequence.size());
        for (Attributes item : sequence)
            references.add(new Reference(uid(item, Tag.ReferencedSOPClassUID, "Referenced SOP Class UID"),
                    uid(item, Tag.ReferencedSOPInstanceUID, "Referenced SOP Instance UID")));
        return new CommitmentRequest(transactionUid, references);
    }

    private static String uid(Attributes attributes, int tag, String name) {
        String uid = attributes.getString(tag);
        if (uid == null)
            throw new IllegalArgumentException(name + " missing");
        if (!SopInstanceUid.isValid(uid))
            throw new IllegalArgumentException(name + " is no UID");
        return uid;
    }
}
