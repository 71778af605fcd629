package org.hpqr.dataset;

/**
 * A value of undefined length that is no sequence: fragments, as in an encapsulated transfer syntax (PS3.5 A.4). In those that
 * hanging protocols come in there are none.
 */
public final class EncapsulatedValueException extends MalformedDatasetException {

    private static final long serialVersionUID = 1L;

    private final int tag;

    EncapsulatedValueException(int tag, Throwable cause) {
        super("a value of undefined length is not a sequence", cause);
        this.tag = tag;
    }

    /** The element that has it. */
    public int tag() {
        return tag;
    }
}
