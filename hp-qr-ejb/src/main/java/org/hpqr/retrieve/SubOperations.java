package org.hpqr.retrieve;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.status.HpStatus;

/** The tally of the C-STORE sub-operations of one retrieve. Used by one thread at a time. */
public final class SubOperations {

    /**
     * Most bytes of the Failed SOP Instance UID List (0008,0058): in Explicit VR the length of a UI value is a 16-bit
     * number.
     */
    public static final int MAX_FAILED_LIST = 65_534;

    private final int total;
    private final List<String> completed = new ArrayList<>();
    private final List<String> warning = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** @param total number of sub-operations, at most 65,535 */
    public SubOperations(int total) {
        this.total = total;
    }

    /** How a C-STORE response counts (PS3.7 Annex C). */
    public enum Result {
        COMPLETED, WARNING, FAILED;

        /** @param status Status (0000,0900) of the C-STORE response */
        public static Result of(int status) {
            if (status == 0x0000)
                return COMPLETED;
            if ((status & 0xF000) == 0xB000 || status == 0x0001 || status == 0x0107 || status == 0x0116)
                return WARNING;
            return FAILED;
        }
    }

    /** Counts one sub-operation that has ended. */
    public void count(String sopInstanceUid, Result result) {
        switch (result) {
            case COMPLETED -> completed.add(sopInstanceUid);
            case WARNING -> warning.add(sopInstanceUid);
            case FAILED -> failed.add(sopInstanceUid);
        }
    }

    /** Sub-operations that have not ended. */
    public int remaining() {
        return total - completed.size() - warning.size() - failed.size();
    }

    /** UIDs of the sub-operations that ended with success or warning. */
    public List<String> sent() {
        List<String> sent = new ArrayList<>(completed);
        sent.addAll(warning);
        return sent;
    }

    /** UIDs of the sub-operations that failed. */
    public List<String> failed() {
        return List.copyOf(failed);
    }

    /** The final status if no cancel and no failure of the whole operation came in between (PS3.4 C.4.2.3.1, C.4.3.3.1). */
    public HpStatus finalStatus() {
        if (completed.size() == total)
            return HpStatus.SUCCESS;
        return failed.size() == total ? HpStatus.CANNOT_PERFORM_SUB_OPERATIONS : HpStatus.WARNING;
    }

    /**
     * The counts of a response.
     *
     * @param withRemaining Pending and Cancel tell the remaining ones, other responses must not (PS3.4 C.4.2.1.6,
     *                      C.4.3.1.5)
     */
    public Attributes counts(boolean withRemaining) {
        Attributes counts = new Attributes(4);
        if (withRemaining)
            counts.setInt(Tag.NumberOfRemainingSuboperations, VR.US, remaining());
        counts.setInt(Tag.NumberOfCompletedSuboperations, VR.US, completed.size());
        counts.setInt(Tag.NumberOfFailedSuboperations, VR.US, failed.size());
        counts.setInt(Tag.NumberOfWarningSuboperations, VR.US, warning.size());
        return counts;
    }

    /**
     * The data set of a final response: the UIDs that failed, as many as fit. The count tells all.
     *
     * @return {@code null} if none failed: then the response has no data set
     */
    public Attributes failedList() {
        if (failed.isEmpty())
            return null;
        int bytes = 0;
        int fitting = 0;
        for (String uid : failed) {
            bytes += uid.length() + 1;
            if (bytes > MAX_FAILED_LIST)
                break;
            fitting++;
        }
        Attributes list = new Attributes(1);
        list.setString(Tag.FailedSOPInstanceUIDList, VR.UI, failed.subList(0, fitting).toArray(String[]::new));
        return list;
    }

    /** For the log. */
    @Override
    public String toString() {
        return completed.size() + " completed, " + failed.size() + " failed, " + warning.size() + " warning, "
                + remaining() + " remaining";
    }
}
