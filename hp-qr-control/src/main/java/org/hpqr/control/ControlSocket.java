package org.hpqr.control;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The socket over which the administrator's commands reach a running server: {@code control/socket} in its data directory.
 * Only the user who runs the server can open that directory, and root.
 */
public final class ControlSocket {

    /** What the operating system takes as the path of a Unix domain socket, in bytes. */
    private static final int MAX_PATH = 100;

    private static final String DIRECTORY = "control";
    private static final String NAME = "socket";

    /** Something to do with an address. */
    private interface Opening<T> {
        T at(SocketAddress address) throws IOException;
    }

    private ControlSocket() {
    }

    /**
     * Waits for commands. To be called by the only server of this data directory: what an earlier one has left is removed.
     *
     * @throws IOException the socket cannot be made, for example because the file system has none
     */
    public static ServerSocketChannel listen(Path dataDirectory) throws IOException {
        Path directory = dataDirectory.resolve(DIRECTORY);
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        try {
            // with its permissions from the beginning
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(directory, ownerOnly);
        }
        Files.deleteIfExists(directory.resolve(NAME));
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return withAddress(dataDirectory, channel::bind);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Connects to the server of this data directory.
     *
     * @return {@code null} if none runs
     * @throws IOException one may run, and cannot be connected to, for example because it is another user's
     */
    static SocketChannel connect(Path dataDirectory) throws IOException {
        if (Files.notExists(dataDirectory.resolve(DIRECTORY).resolve(NAME)))
            return null;
        try {
            return withAddress(dataDirectory, SocketChannel::open);
        } catch (java.net.ConnectException e) {
            // left by a server that was killed
            return null;
        }
    }

    /** A path that is too long for the operating system is reached by a symbolic link. */
    private static <T> T withAddress(Path dataDirectory, Opening<T> opening) throws IOException {
        Path socket = dataDirectory.resolve(DIRECTORY).resolve(NAME);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH)
            return opening.at(UnixDomainSocketAddress.of(socket));
        Path link = Files.createTempDirectory("hp-qr").resolve("data");
        try {
            Files.createSymbolicLink(link, dataDirectory.toAbsolutePath());
            return opening.at(UnixDomainSocketAddress.of(link.resolve(DIRECTORY).resolve(NAME)));
        } finally {
            Files.deleteIfExists(link);
            Files.delete(link.getParent());
        }
    }
}
