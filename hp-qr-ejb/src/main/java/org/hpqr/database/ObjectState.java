package org.hpqr.database;

/** What an object is to others. The ordinal is the value of {@code hp_object.state}. */
public enum ObjectState {
    /** Found and retrieved. */
    STORED,
    /** Neither found nor retrieved; all of it is kept. */
    RETIRED,
    /** Gone: the row has neither attributes nor bytes, and tells that there was an object with this UID. */
    REMOVED
}
