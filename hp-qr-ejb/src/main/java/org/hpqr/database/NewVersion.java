package org.hpqr.database;

import org.hpqr.spi.ObjectLocation;

/**
 * What is written of an object that is stored, for the first time or in the place of what is there.
 *
 * @param sopInstanceUid SOP Instance UID (0008,0018)
 * @param attributes     what a C-FIND may return, encoded in Explicit VR Little Endian; not to be changed
 * @param transferSyntax transfer syntax UID of the data set
 * @param contentDigest  as in {@link StoredInstance}
 * @param file           the DICOM file; not to be changed
 * @param location       where these bytes are; {@code null} if the row is to keep them
 * @param by             who stores it
 */
public record NewVersion(String sopInstanceUid, byte[] attributes, String transferSyntax, String contentDigest, byte[] file,
                         ObjectLocation location, ChangedBy by) {
}
