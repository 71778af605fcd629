package org.hpqr.store;

/** What became of an object that was to be stored. */
public enum Outcome {
    /** There was no object with this SOP Instance UID; now there is. */
    ADDED,
    /** An object with the same content is stored already; nothing was changed. */
    UNCHANGED,
    /** The object was retired, with the same content; it is found and retrieved again. */
    RESTORED,
    /** The new object took the place of another one with the same UID. */
    REPLACED,
    /** What is stored is not what the new object was to replace; nothing was changed. */
    CONFLICT
}
