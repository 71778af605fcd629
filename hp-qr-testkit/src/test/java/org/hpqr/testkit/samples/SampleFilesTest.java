package org.hpqr.testkit.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;

/** The files under {@code src/samples} are what {@link WriteSamples} makes. */
class SampleFilesTest {

    private static final Path FOLDER = Path.of("..", "src", "samples");

    @Test
    void everySampleHasItsFileAndEveryFileItsSample() throws IOException {
        Set<String> names;
        try (Stream<Path> files = Files.list(FOLDER)) {
            names = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".dcm"))
                    .collect(Collectors.toSet());
        }
        assertEquals(SampleProtocols.all().keySet(), names);
    }

    @Test
    void committedFilesEqualWhatTheGeneratorMakes() throws IOException {
        for (Map.Entry<String, byte[]> file : WriteSamples.files().entrySet())
            assertArrayEquals(file.getValue(), Files.readAllBytes(FOLDER.resolve(file.getKey())),
                    file.getKey() + ": run WriteSamples");
    }

    @Test
    void filesReadBackAsTheSamples() throws IOException {
        for (var sample : SampleProtocols.all().entrySet())
            try (DicomInputStream in = new DicomInputStream(FOLDER.resolve(sample.getKey()).toFile())) {
                Attributes read = in.readDataset(-1, -1);
                assertEquals(sample.getValue().get(), read, sample.getKey());
                assertEquals(read.getString(Tag.SOPInstanceUID),
                        in.readFileMetaInformation().getString(Tag.MediaStorageSOPInstanceUID));
            }
    }
}
