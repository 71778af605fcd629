package org.hpqr.testkit.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;

/**
 * Writes the samples as DICOM files (PS3.10), in Explicit VR Little Endian.
 *
 * <p>Run it in the project's root after a change of {@link SampleProtocols}; it takes the folder as its only argument,
 * {@code src/samples} by default.
 */
public final class WriteSamples {

    private static final String IMPLEMENTATION_CLASS_UID = "2.25.286214903164917752340118935076541280337";
    private static final String IMPLEMENTATION_VERSION_NAME = "HPQR_SAMPLES";

    private WriteSamples() {
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "src/samples");
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files().entrySet())
            Files.write(folder.resolve(file.getKey()), file.getValue());
    }

    /** Content of every file under its name. */
    static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (var sample : SampleProtocols.all().entrySet())
            files.put(sample.getKey(), toFile(sample.getValue().get()));
        return files;
    }

    /** Makes a DICOM file of a data set, with our own file meta information. */
    public static byte[] toFile(Attributes dataset) throws IOException {
        Attributes meta = dataset.createFileMetaInformation(UID.ExplicitVRLittleEndian);
        meta.setString(Tag.ImplementationClassUID, VR.UI, IMPLEMENTATION_CLASS_UID);
        meta.setString(Tag.ImplementationVersionName, VR.SH, IMPLEMENTATION_VERSION_NAME);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(file, UID.ExplicitVRLittleEndian)) {
            out.writeDataset(meta, dataset);
        }
        return file.toByteArray();
    }
}
