package org.hpqr.service;

/** What became of a change of an object's state. */
public enum Change {
    /** It was made, or the object was in that state already. */
    DONE,
    /** There is no object with this SOP Instance UID, or none that the caller may see. */
    NOT_FOUND,
    /** The caller may see the object, and may not change it. */
    NOT_PERMITTED,
    /** Only a retired object can be deleted. */
    NOT_RETIRED,
    /** The object has other content than the caller knows of. */
    CONFLICT
}
