package org.hpqr.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlSocketTest {

    @TempDir
    private Path directory;

    /** Longer than the 108 bytes that Linux takes as the path of such a socket, and with other characters than ASCII. */
    @ParameterizedTest
    @ValueSource(strings = {"data", "data directory with a rather long name/that has more/than one hundred characters/"
            + "which is what a socket may have at the most/\u00fcber alles"})
    void isConnectedTo(String name) throws IOException {
        Path data = Files.createDirectories(directory.resolve(name));
        assertNull(ControlSocket.connect(data));

        try (ServerSocketChannel server = ControlSocket.listen(data); SocketChannel client = ControlSocket.connect(data)) {
            assertNotNull(client);
            assertNotNull(server.accept());
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        Files.createDirectory(directory.resolve("control"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwxr-xr-x")));

        ControlSocket.listen(directory).close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("control"))));
    }

    @Test
    void leftByAKilledServerIsNoServer() throws IOException {
        ControlSocket.listen(directory).close();

        assertNull(ControlSocket.connect(directory));

        try (ServerSocketChannel server = ControlSocket.listen(directory)) {
            assertNotNull(ControlSocket.connect(directory));
            assertNotNull(server.accept());
        }
    }
}
