package org.hpqr.database;

/**
 * An object that may match a query.
 *
 * @param attributes those that a C-FIND may return, as they were indexed
 */
public record Candidate(String sopInstanceUid, byte[] attributes) {
}
