package org.hpqr.database;

import org.hpqr.spi.ObjectLocation;

/**
 * A content that an object has or had.
 *
 * @param sopInstanceUid SOP Instance UID (0008,0018)
 * @param number         what the version of the object became when it came
 * @param transferSyntax transfer syntax UID of the data set
 * @param contentDigest  as in {@link StoredInstance}
 * @param location       where its bytes are; {@code null} if they are in the database
 * @param size           number of these bytes
 * @param objectDigest   their SHA-256
 */
public record ContentVersion(String sopInstanceUid, long number, String transferSyntax, String contentDigest, ObjectLocation location,
                            long size, String objectDigest) {
}
