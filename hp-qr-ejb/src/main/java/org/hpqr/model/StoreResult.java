package org.hpqr.model;

import org.hpqr.spi.ObjectLocation;

/**
 * What became of the row of an object that was to be stored.
 *
 * @param outcome  what was done
 * @param obsolete bytes that no row names (any more) and that are to be deleted: those of the new object, or of the one
 *                 it replaced; {@code null} if there are none
 */
public record StoreResult(Outcome outcome, ObjectLocation obsolete) {

    /** What was done. */
    public enum Outcome {
        /** There was no object with this SOP Instance UID; now there is. */
        ADDED,
        /** An object with the same content is held already; nothing was changed. */
        UNCHANGED,
        /** An object with other content was held; the new one took its place. */
        REPLACED,
        /** An object with other content is held and stays. */
        KEPT
    }
}
