package org.hpqr.database;

import org.hpqr.spi.ObjectLocation;

/**
 * What is written of an object that is stored, for the first time or in the place of what is there.
 *
 * @param index          its attributes, searchable
 * @param transferSyntax transfer syntax UID of the data set
 * @param contentDigest  as in {@link StoredInstance}
 * @param file           the DICOM file; not to be changed
 * @param location       where these bytes are; {@code null} if the row is to keep them
 * @param sourceAet      calling AE title it came from
 */
public record NewVersion(IndexedProtocol index, String transferSyntax, String contentDigest, byte[] file,
                         ObjectLocation location, String sourceAet) {

    /** SOP Instance UID (0008,0018). */
    public String sopInstanceUid() {
        return index.sopInstanceUid();
    }
}
