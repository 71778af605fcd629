package org.hpqr.database;

/** Which code sequence of a definition item a code stands in; the names are the values of {@code hp_definition_code.role}. */
public enum CodeRole {
    /** Anatomic Region Sequence (0008,2218). */
    REGION,
    /** Procedure Code Sequence (0008,1032). */
    PROCEDURE,
    /** Reason for Requested Procedure Code Sequence (0040,100A). */
    REASON
}
