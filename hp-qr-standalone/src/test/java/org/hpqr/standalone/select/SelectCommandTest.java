package org.hpqr.standalone.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hp-qr.sh select}: arguments, files, what is printed, exit codes. */
class SelectCommandTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void files() throws IOException {
        for (Attributes protocol : List.of(SampleProtocols.chestXray(), SampleProtocols.chestXrayLogin(), SampleProtocols.mammography(),
                SampleProtocols.utf8()))
            write("protocols", protocol);
        write("study", chest("1.1", "20240620", "1.1.1.1"));
        write("study/deeper", chest("1.1", "20240620", "1.1.1.2"));
        write("prior", chest("1.2", "20230101", "1.2.1.1"));
    }

    private static Attributes chest(String study, String date, String uid) {
        Attributes instance = new Attributes();
        instance.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.1.1");
        instance.setString(Tag.SOPInstanceUID, VR.UI, uid);
        instance.setString(Tag.StudyInstanceUID, VR.UI, study);
        instance.setString(Tag.SeriesInstanceUID, VR.UI, study + ".1");
        instance.setString(Tag.StudyDate, VR.DA, date);
        instance.setString(Tag.Modality, VR.CS, "DX");
        instance.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
        instance.setString(Tag.SeriesNumber, VR.IS, "1");
        instance.setString(Tag.SeriesDescription, VR.LO, "Thorax pa");
        instance.setBytes(Tag.PixelData, VR.OW, new byte[2]);
        return instance;
    }

    private void write(String to, Attributes dataSet) throws IOException {
        String uid = dataSet.getString(Tag.SOPInstanceUID);
        byte[] file = new StoredObject(UID.ExplicitVRLittleEndian, "TEST", DatasetCodec.encode(dataSet, UID.ExplicitVRLittleEndian))
                .toFile(dataSet.getString(Tag.SOPClassUID), uid);
        Files.write(Files.createDirectories(directory.resolve(to)).resolve(uid), file);
    }

    private int run(String... more) {
        List<String> arguments = Stream.concat(Stream.of("--study", directory.resolve("study").toString(), "--protocols",
                directory.resolve("protocols").toString()), Stream.of(more)).toList();
        return runPlain(arguments);
    }

    private int runPlain(List<String> arguments) {
        return new SelectCommand(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsWhatAppliesWhatItShowsAndWhyOthersDoNot() {
        assertEquals(SelectCommand.APPLICABLE, run("--prior", directory.resolve("prior").toString(), "--user", "Lgon:99Local",
                "--screen", "1024x1280", "--screen", "1024x1280"), err::toString);

        assertTrue(printed().startsWith("Applicable, best first:\n  1 Chest X-ray_LGon, SINGLE_USER, " + SampleProtocols.CHEST_XRAY_LOGIN_UID
                + "\n    The protocol is for the user Lgon (99Local, log-in name), and the reader is that user.\n"), this::printed);
        assertTrue(printed().contains("\n  2 Chest X-ray, SITE, "), this::printed);
        assertTrue(printed().contains("""
                What Chest X-ray_LGon shows:
                  Display set 1, Current DX, presentation group 1: 2 images of series 1 DX Thorax pa of the current study of 20240620
                    Image box 1, STACK: 2 images
                  Display set 2, Prior DX, presentation group 1: 1 image of series 1 DX Thorax pa of the prior study of 20230101
                    Image box 1, STACK: 1 image
                """), this::printed);
        assertTrue(printed().contains("\nNot applicable:\n"), this::printed);
        assertTrue(printed().contains("    Definition 1 asks for Modality (0008,0060) CT, and the study has DX.\n"), this::printed);
        assertTrue(printed().contains("\nOf other users and groups:\n  MG Screening, USER_GROUP, "), this::printed);
        assertTrue(printed().contains("胸部 CT 1 prior"), this::printed);
        assertEquals("", err.toString());
    }

    @Test
    void saysIfNoneApplies() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("protocols"))) {
            for (Path file : files.filter(f -> !f.endsWith(SampleProtocols.MAMMOGRAPHY_UID)).toList())
                Files.delete(file);
        }
        assertEquals(SelectCommand.NONE, run("--group", "BREAST_READERS"));
        assertFalse(printed().contains("Applicable, best first"), this::printed);
    }

    @Test
    void skipsWhatIsNoDicomFile() throws IOException {
        Files.writeString(directory.resolve("study/readme.txt"), "not DICOM");
        Files.write(directory.resolve("study/empty"), new byte[0]);

        assertEquals(SelectCommand.APPLICABLE, run());
        assertEquals("skipped, not a DICOM file: " + directory.resolve("study/empty") + "\nskipped, not a DICOM file: "
                + directory.resolve("study/readme.txt") + "\n", err.toString());
    }

    @Test
    void theCurrentStudyIsOne() throws IOException {
        write("study", chest("1.2", "20230101", "1.2.1.1"));

        assertEquals(SelectCommand.NOT_DONE, run());
        assertEquals("hp-qr.sh: there are 2 studies in " + directory.resolve("study")
                + "; put the prior ones into another directory and name it by --prior\n", err.toString());
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertEquals(SelectCommand.NOT_DONE, run("--prior", directory.resolve("nowhere").toString()));
        assertEquals("hp-qr.sh: " + directory.resolve("nowhere") + " cannot be read\n", err.toString());
        err.reset();
        assertEquals(SelectCommand.NOT_DONE, run("--protocols", directory.resolve("study").toString()));
        assertEquals("hp-qr.sh: there is no hanging protocol in " + directory.resolve("study") + "\n", err.toString());
        err.reset();
        assertEquals(SelectCommand.NOT_DONE, run("--study", directory.resolve("protocols").toString()));
        assertEquals("hp-qr.sh: there is no study in " + directory.resolve("protocols") + "\n", err.toString());
    }

    @ParameterizedTest
    @CsvSource({"--study, x, ''", "--user, Lgon, --user Lgon: a code is VALUE:SCHEME", "--screen, 2048, '--screen 2048: a screen is COLUMNSxROWS, 2048x2560'",
        "--screen, 0x2560, '--screen 0x2560: a screen is COLUMNSxROWS, 2048x2560'",
        "--screen, 2048x0, '--screen 2048x0: a screen is COLUMNSxROWS, 2048x2560'", "--colour, red, --colour: there is no such option"})
    void argumentsThatAreNoneAreSaid(String name, String value, String message) {
        assertEquals(SelectCommand.NOT_DONE, runPlain(List.of(name, value)));
        assertTrue(err.toString().startsWith("hp-qr.sh: " + (message.isEmpty() ? SelectOptions.USAGE : message)), err::toString);
    }

    @Test
    void anOptionNeedsAValue() {
        assertEquals(SelectCommand.NOT_DONE, runPlain(List.of("--study")));
        assertTrue(err.toString().startsWith("hp-qr.sh: --study has no value; usage: "), err::toString);
    }
}
