package org.hpqr.status;

/** The four DIMSE services of the Hanging Protocol SOP classes. */
public enum HpService {
    /** C-STORE of Hanging Protocol Storage. */
    STORE,
    /** C-FIND of Hanging Protocol Information Model - FIND. */
    FIND,
    /** C-MOVE of Hanging Protocol Information Model - MOVE. */
    MOVE,
    /** C-GET of Hanging Protocol Information Model - GET. */
    GET
}
