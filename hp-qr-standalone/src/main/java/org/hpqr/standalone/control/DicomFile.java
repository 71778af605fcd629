package org.hpqr.standalone.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.database.ChangedBy;
import org.hpqr.dataset.StoredObject;
import org.hpqr.store.ReceivedObject;

/**
 * A file to import (PS3.10): its file meta information says what a C-STORE request would.
 *
 * @param sopClassUid    Media Storage SOP Class UID (0002,0002)
 * @param sopInstanceUid Media Storage SOP Instance UID (0002,0003)
 * @param object         the rest
 */
record DicomFile(String sopClassUid, String sopInstanceUid, StoredObject object) {

    /**
     * Takes a file apart.
     *
     * @throws IOException it is no DICOM file
     */
    static DicomFile of(byte[] content) throws IOException {
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(content))) {
            Attributes meta = in.readFileMetaInformation();
            if (meta == null)
                throw new IOException("no file meta information");
            return new DicomFile(meta.getString(Tag.MediaStorageSOPClassUID), meta.getString(Tag.MediaStorageSOPInstanceUID),
                    StoredObject.ofFile(content));
        } catch (RuntimeException e) {
            throw new IOException("its file meta information cannot be read", e);
        }
    }

    boolean isHangingProtocol() {
        return UID.HangingProtocolStorage.equals(sopClassUid);
    }

    /**
     * What a C-STORE would have brought.
     *
     * @param aeTitle the AE title it is imported to, and comes from if the file does not say where it came from
     * @param user    who imports it
     */
    ReceivedObject received(String aeTitle, String user) {
        String source = object.sourceAET() == null ? aeTitle : object.sourceAET();
        return new ReceivedObject(aeTitle, new ChangedBy(source, user, null), sopClassUid, sopInstanceUid, object.transferSyntax(), object.dataset());
    }
}
