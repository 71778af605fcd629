package org.hpqr.retrieve;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.spi.HpSettings.RetrieveKeys;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/**
 * The identifier of a C-MOVE or C-GET: SOP Instance UID (0008,0018), one or a list, and nothing else (PS3.4 U.4.2,
 * U.4.3).
 *
 * @param sopInstanceUids the UIDs asked for, each once, in the order of the request; never empty
 */
public record RetrieveIdentifier(List<String> sopInstanceUids) {

    /** Most attributes that are named as offending. */
    private static final int MAX_OFFENDING = 16;

    /**
     * Checks a request identifier. Empty values in the list are left out. The list may be longer than a UI value can be
     * in explicit VR: then it comes as UN, by PS3.5 6.2.2.
     *
     * @param keys what becomes of other attributes
     * @throws HpFailure A900, naming what is wrong with it
     */
    public static RetrieveIdentifier of(Attributes identifier, RetrieveKeys keys) throws HpFailure {
        if (keys == RetrieveKeys.STRICT) {
            int[] others = Arrays.stream(identifier.tags()).filter(tag -> tag != Tag.SOPInstanceUID)
                    .limit(MAX_OFFENDING).toArray();
            if (others.length > 0)
                throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Only SOP Instance UID is allowed in the identifier", others);
        }
        if (identifier.contains(Tag.SOPInstanceUID) && !isText(identifier.getVR(Tag.SOPInstanceUID)))
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Invalid SOP Instance UID", Tag.SOPInstanceUID);
        String[] values = identifier.getStrings(Tag.SOPInstanceUID);
        Set<String> uids = new LinkedHashSet<>();
        for (String value : values == null ? new String[0] : values) {
            if (value == null || value.isEmpty())
                continue;
            if (!SopInstanceUid.isValid(value))
                throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "Invalid SOP Instance UID", Tag.SOPInstanceUID);
            uids.add(value);
        }
        if (uids.isEmpty())
            throw new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, "SOP Instance UID missing", Tag.SOPInstanceUID);
        return new RetrieveIdentifier(List.copyOf(uids));
    }

    private static boolean isText(VR vr) {
        return vr.isStringType() || vr == VR.UN;
    }
}
