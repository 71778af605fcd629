package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void directoryHasOneOwnerUntilItIsGivenFree() throws IOException {
        try (DirectoryLock owner = DirectoryLock.take(directory)) {
            IOException thrown = assertThrows(IOException.class, () -> DirectoryLock.take(directory));
            assertEquals("another server uses it", thrown.getMessage());
        }
        DirectoryLock.take(directory).close();
    }

    @Test
    void directoryThatIsNotThereHasNone() {
        assertThrows(IOException.class, () -> DirectoryLock.take(directory.resolve("none")));
    }
}
