package org.hpqr.web.rs;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** Writes the objects of matches as PS3.10 files into an archive, one by one. Those that cannot be read are named in a text in it. */
final class ZipOutput implements StreamingOutput {

    /** The entry that names what is missing. */
    private static final String LEFT_OUT = "left-out.txt";

    private final DatasetsOutput.Source matches;
    private final MatchedObjects objects;
    private final List<String> leftOut = new ArrayList<>();

    ZipOutput(DatasetsOutput.Source matches, WebOperations operations, ServiceRequest request) {
        this.matches = matches;
        objects = new MatchedObjects(operations, request);
    }

    /** Whether an entry of an archive, packed anew or not, is no object but says which ones are missing. */
    static boolean isLeftOut(ZipEntry entry) {
        return entry.getName().equals(LEFT_OUT) || entry.getName().endsWith('/' + LEFT_OUT);
    }

    @Override
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        try (matches) {
            for (Attributes match = matches.next(); match != null; match = matches.next())
                write(match.getString(Tag.SOPInstanceUID), zip);
        }
        writeLeftOut(zip);
        // not if something was thrown: an archive with its directory is one that is complete
        zip.finish();
    }

    private void write(String uid, ZipOutputStream zip) throws IOException {
        try {
            Optional<byte[]> file = objects.read(uid, object -> RetrieveTransaction.file(object, uid));
            if (file.isEmpty())
                return;
            zip.putNextEntry(new ZipEntry(uid + ".dcm"));
            zip.write(file.get());
            zip.closeEntry();
        } catch (MatchedObjects.UnreadableException e) {
            leftOut.add(uid);
        }
    }

    private void writeLeftOut(ZipOutputStream zip) throws IOException {
        if (leftOut.isEmpty())
            return;
        zip.putNextEntry(new ZipEntry(LEFT_OUT));
        zip.write(("These hanging protocols cannot be read and were left out:\n" + String.join("\n", leftOut) + '\n')
                .getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
