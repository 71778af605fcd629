package org.hpqr.database;

import org.hpqr.spi.ObjectLocation;

/**
 * One version of an object: what its row says of it, but for the attributes and the bytes.
 *
 * @param sopInstanceUid SOP Instance UID (0008,0018)
 * @param state          whether it is found and retrieved
 * @param version        how often the object was changed since it was stored first
 * @param transferSyntax transfer syntax UID of the stored data set
 * @param contentDigest  SHA-256 of the data set in a canonical encoding, so that the same content received in two
 *                       transfer syntaxes has the same digest; 64 lower-case hexadecimal digits
 * @param location       where its bytes are; {@code null} if they are in the row
 * @param objectSize     number of these bytes, file meta information included
 * @param objectDigest   their SHA-256, 64 lower-case hexadecimal digits
 */
public record StoredInstance(String sopInstanceUid, ObjectState state, long version, String transferSyntax, String contentDigest,
                             ObjectLocation location, long objectSize, String objectDigest) {
}
