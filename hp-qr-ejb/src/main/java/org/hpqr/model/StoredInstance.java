package org.hpqr.model;

import org.hpqr.spi.ObjectLocation;

/**
 * A stored object as a retrieve needs it.
 *
 * @param sopInstanceUid SOP Instance UID (0008,0018)
 * @param transferSyntax transfer syntax UID of the stored data set
 * @param contentDigest  SHA-256 of the data set in a canonical encoding, so that the same content received in two
 *                       transfer syntaxes has the same digest
 * @param location       where its bytes are
 */
public record StoredInstance(String sopInstanceUid, String transferSyntax, String contentDigest, ObjectLocation location) {
}
