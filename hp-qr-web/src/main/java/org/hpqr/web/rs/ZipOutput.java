package org.hpqr.web.rs;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.database.StoredInstance;
import org.hpqr.status.HpFailure;

/** Writes the objects of matches as PS3.10 files into an archive, one by one. */
final class ZipOutput implements StreamingOutput {

    private final DatasetsOutput.Source matches;
    private final WebOperations operations;
    private final ServiceRequest request;

    ZipOutput(DatasetsOutput.Source matches, WebOperations operations, ServiceRequest request) {
        this.matches = matches;
        this.operations = operations;
        this.request = request;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        try (matches) {
            for (Attributes match = matches.next(); match != null; match = matches.next())
                write(match.getString(Tag.SOPInstanceUID), zip);
        }
        // not if something was thrown: an archive with its directory is one that is complete
        zip.finish();
    }

    private void write(String uid, ZipOutputStream zip) throws IOException {
        try {
            Optional<StoredInstance> instance = operations.locate(uid, request);
            // removed since it was found
            if (instance.isEmpty())
                return;
            byte[] file = RetrieveTransaction.file(operations.read(instance.get(), request), uid);
            zip.putNextEntry(new ZipEntry(uid + ".dcm"));
            zip.write(file);
            zip.closeEntry();
        } catch (HpFailure e) {
            throw new IOException(e.comment(), e);
        }
    }
}
