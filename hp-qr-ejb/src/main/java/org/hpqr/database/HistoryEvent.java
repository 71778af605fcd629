package org.hpqr.database;

/** What became of an object. The ordinal is the value of {@code hp_history.event}. */
public enum HistoryEvent {
    /** A content was stored. */
    STORED,
    /** The object was retired. */
    RETIRED,
    /** The object was restored. */
    RESTORED,
    /** Bytes were found in the storage that no row named: a content that may have been stored and that a backup does not know. */
    RECOVERED
}
