package org.hpqr.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Where an export goes: a file for each object, named by its SOP Instance UID; of retired ones in a directory of their own. A file is there with all its bytes or not at
 * all: it is written beside its place, and renamed when it is on the disk.
 */
final class ExportDirectory {

    /** What became of an object. */
    enum Outcome {
        /** There is a file of it now. */
        WRITTEN,
        /** There was one already, with the same content. */
        UNCHANGED,
        /** There is one with other content, and it stays. */
        OCCUPIED
    }

    /** A UID as it is stored: nothing that leads out of a directory. */
    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

    private final Path directory;
    private final boolean force;

    /** @param force whether files with other content are replaced */
    ExportDirectory(Path directory, boolean force) {
        this.directory = directory;
        this.force = force;
    }

    /**
     * Makes the directory.
     *
     * @throws CommandException it is none, or cannot be made
     */
    void create() throws CommandException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new CommandException(directory + " is not a directory, and cannot be made one: " + e);
        }
    }

    /** The file of an object. */
    Path file(String sopInstanceUid, boolean isRetired) {
        return (isRetired ? directory.resolve(Frame.RETIRED) : directory).resolve(sopInstanceUid + ".dcm");
    }

    /**
     * Writes an object.
     *
     * @throws IOException it cannot be written: nothing has changed
     */
    Outcome write(String sopInstanceUid, boolean isRetired, byte[] content) throws IOException {
        if (!UID.matcher(sopInstanceUid).matches())
            throw new IOException("not a UID: " + sopInstanceUid);
        Path file = file(sopInstanceUid, isRetired);
        byte[] present = read(file);
        if (Arrays.equals(present, content))
            return Outcome.UNCHANGED;
        if (present != null && !force)
            return Outcome.OCCUPIED;
        if (isRetired)
            Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling('.' + sopInstanceUid + ".part");
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining();)
                channel.write(rest);
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return Outcome.WRITTEN;
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
