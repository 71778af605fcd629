package org.hpqr.it.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The object files in the data directory of a standalone server. */
final class StoredFiles {

    private final Path objects;

    StoredFiles(Path dataDirectory) {
        objects = dataDirectory.resolve("objects");
    }

    /** Those that are complete. */
    List<Path> complete() {
        return below("[0-9a-f][0-9a-f]");
    }

    /** Those that are being written, or were when the server was killed. */
    List<Path> incoming() {
        return below("incoming");
    }

    private List<Path> below(String group) {
        try (Stream<Path> files = Files.walk(objects, 2)) {
            return files.filter(file -> file.getParent().getFileName().toString().matches(group)
                    && file.getFileName().toString().matches("[0-9a-f]{32}")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes them look so old that a start and the sweep are concerned with them. */
    void age() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        List<Path> files = new ArrayList<>(complete());
        files.addAll(incoming());
        for (Path file : files) {
            try {
                Files.setLastModifiedTime(file, old);
            } catch (NoSuchFileException e) {
                // replaced in the meantime
            }
        }
    }
}
