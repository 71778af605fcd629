package org.hpqr.standalone.select;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;

/**
 * The DICOM files (PS3.10) in a directory and those below it, without their pixel data.
 *
 * @param dataSets in the order of the files' names
 * @param skipped  files that are no DICOM files, or cannot be read
 */
record DicomDirectory(List<Attributes> dataSets, List<Path> skipped) {

    /**
     * Reads them.
     *
     * @throws SelectException there is no such directory, or it cannot be read
     */
    static DicomDirectory read(Path directory) throws SelectException {
        List<Attributes> dataSets = new ArrayList<>();
        List<Path> skipped = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList())
                try {
                    dataSets.add(dataSet(file));
                } catch (IOException | RuntimeException e) {
                    // the toolkit's decoder meets some malformed input with unchecked exceptions
                    skipped.add(file);
                }
        } catch (IOException | UncheckedIOException e) {
            throw new SelectException(directory + " cannot be read");
        }
        return new DicomDirectory(dataSets, skipped);
    }

    private static Attributes dataSet(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
             DicomInputStream in = new DicomInputStream(bytes)) {
            if (in.readFileMetaInformation() == null)
                throw new IOException("no file meta information");
            return in.readDataset(-1, Tag.PixelData);
        }
    }

    List<Attributes> hangingProtocols() {
        return dataSets.stream().filter(DicomDirectory::isHangingProtocol).toList();
    }

    /** The instances that are no Hanging Protocols, by their Study Instance UID. */
    Map<String, List<Attributes>> studies() {
        Map<String, List<Attributes>> studies = new LinkedHashMap<>();
        for (Attributes dataSet : dataSets)
            if (!isHangingProtocol(dataSet))
                studies.computeIfAbsent(dataSet.getString(Tag.StudyInstanceUID, ""), uid -> new ArrayList<>()).add(dataSet);
        return studies;
    }

    private static boolean isHangingProtocol(Attributes dataSet) {
        return UID.HangingProtocolStorage.equals(dataSet.getString(Tag.SOPClassUID));
    }
}
