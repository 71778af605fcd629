package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor that has it written every few seconds never does so again once that has failed, and the server seems to hang. */
class StatusFileTest {

    @TempDir
    private Path directory;

    @Test
    void whateverFailsItIsWrittenAgain() throws Exception {
        Path file = directory.resolve("status");
        List<Supplier<String>> texts = List.of(() -> {
            throw new IllegalStateException("the test wants this");
        }, () -> {
            throw new OutOfMemoryError("the test wants this");
        }, () -> "healthy");
        for (int i = 0; i < texts.size(); i++) {
            assertFalse(Files.exists(file), "after " + i);
            new StatusFile(file, texts.get(i), Thread::new).write();
        }
        assertEquals("healthy", Files.readAllLines(file).get(1));
    }
}
