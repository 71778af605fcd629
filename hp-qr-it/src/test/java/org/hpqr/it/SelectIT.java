package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.testkit.server.ExternalProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hp-qr.sh select} in the installed server: it has all it needs, and needs no server that runs. */
class SelectIT {

    private static final Path SCRIPT = Path.of(System.getProperty("it.server"), "bin/hp-qr.sh").toAbsolutePath();
    private static final Path SAMPLES = Path.of(System.getProperty("it.sources"), "samples").toAbsolutePath().normalize();
    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";

    @TempDir
    private Path directory;

    @Test
    void printsWhichSamplesApplyToAStudy() throws IOException {
        Path study = Files.createDirectory(directory.resolve("study"));
        Attributes instance = new Attributes();
        instance.setString(Tag.SOPClassUID, VR.UI, CT_IMAGE_STORAGE);
        instance.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
        instance.setString(Tag.StudyInstanceUID, VR.UI, "1.2");
        instance.setString(Tag.Modality, VR.CS, "CT");
        instance.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
        Files.write(study.resolve("1.dcm"), new StoredObject(UID.ExplicitVRLittleEndian, "IT",
                DatasetCodec.encode(instance, UID.ExplicitVRLittleEndian)).toFile(CT_IMAGE_STORAGE, "1.2.3"));

        List<String> printed = ExternalProcess.run(directory, List.of("bash", SCRIPT.toString(), "select", "--study", study.toString(),
                "--protocols", SAMPLES.toString(), "--user", "58489749P:HOSP_ID"));
        assertEquals("Applicable, best first:", printed.get(0));
        assertTrue(printed.get(1).startsWith("  1 CT 1 prior, SINGLE_USER, "), printed::toString);
        assertTrue(printed.contains("    Image box 1, TILED 2 x 2: 1 image"), printed::toString);
    }

    @Test
    void aMistakeEndsWithTwo() {
        try (ExternalProcess process = new ExternalProcess(directory, Map.of(), List.of("bash", SCRIPT.toString(), "select"))) {
            assertEquals(2, process.awaitEnd());
            assertTrue(process.output().startsWith("hp-qr.sh: usage: hp-qr.sh select --study DIR"), process::output);
        }
    }
}
