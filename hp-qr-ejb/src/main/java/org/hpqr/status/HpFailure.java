package org.hpqr.status;

import java.util.Arrays;

/**
 * An operation that ends with a failure status. It carries what the response says about it: the status, the Error
 * Comment (0000,0902) and the Offending Elements (0000,0901).
 *
 * <p>The comment goes to the peer: it names the rule that was broken, never the content of a data set.
 */
public class HpFailure extends Exception {

    /** LO: the longest Error Comment (0000,0902), in characters. */
    public static final int MAX_COMMENT = 64;

    private static final long serialVersionUID = 1L;

    private final HpStatus status;
    private final int[] offendingElements;

    /**
     * @param status            what is answered
     * @param comment           the Error Comment; cut at 64 characters
     * @param offendingElements tags at fault, may be none
     */
    public HpFailure(HpStatus status, String comment, int... offendingElements) {
        this(status, comment, null, offendingElements);
    }

    /** As {@link #HpFailure(HpStatus, String, int...)}, with the exception behind it, which only the log shows. */
    public HpFailure(HpStatus status, String comment, Throwable cause, int... offendingElements) {
        super(comment.length() > MAX_COMMENT ? comment.substring(0, MAX_COMMENT) : comment, cause);
        this.status = status;
        this.offendingElements = offendingElements.clone();
    }

    /** What is answered. */
    public HpStatus status() {
        return status;
    }

    /** The Error Comment: at most {@value #MAX_COMMENT} characters. */
    public String comment() {
        return getMessage();
    }

    /** Tags for Offending Element (0000,0901); empty if the failure is not about an element. */
    public int[] offendingElements() {
        return offendingElements.clone();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(status.toString()).append(' ').append(comment());
        Arrays.stream(offendingElements).forEach(tag -> text.append(String.format(" (%04X,%04X)", tag >>> 16, tag & 0xFFFF)));
        return text.toString();
    }
}
