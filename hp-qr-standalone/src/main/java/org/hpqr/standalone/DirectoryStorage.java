package org.hpqr.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps objects as files below one directory, which all servers of one database share:
 *
 * <pre>
 * database-2f9c...                        the database whose rows name these objects
 * incoming/3f52c07d...                    being written; what a crash left is removed by a start an hour later
 * 3f/3f52c07d... (32 hex digits)          an object
 * </pre>
 *
 * Names are random, so nothing a peer sends is ever part of a path, and no two servers ever write the same file; they need
 * no lock. An object gets its place by renaming a complete and synced file, so it is there with all its bytes or not at
 * all, whenever the power fails.
 */
final class DirectoryStorage implements ObjectStorage {

    /** The storage id of every location. */
    static final String STORAGE_ID = "files";

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStorage.class);
    private static final Pattern PATH = Pattern.compile("([0-9a-f]{2})/\\1[0-9a-f]{30}");
    private static final int GROUPS = 256;
    private static final String GROUP_GLOB = "[0-9a-f][0-9a-f]";
    private static final int NAME_BYTES = 16;
    private static final String DATABASE = "database-";

    /** A write takes seconds. If one is ever overtaken, it finds its file gone, and fails. */
    private static final long STRAY_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final SecureRandom random = new SecureRandom();
    private final Path root;
    private final Path incoming;
    private volatile boolean claimed;

    private DirectoryStorage(Path root, Path incoming) {
        this.root = root;
        this.incoming = incoming;
    }

    /**
     * Opens a directory, which is created if it is missing.
     *
     * @throws IOException it cannot be used
     */
    static DirectoryStorage open(Path directory) throws IOException {
        Path root = Files.createDirectories(directory).toRealPath();
        DirectoryStorage storage = new DirectoryStorage(root, Files.createDirectories(root.resolve("incoming")));
        storage.removeStrays();
        // All groups now: later, a group that is missing means that the disk is not what it was.
        for (int group = 0; group < GROUPS; group++)
            Files.createDirectories(root.resolve(String.format("%02x", group)));
        sync(root);
        return storage;
    }

    private void removeStrays() throws IOException {
        long youngest = now() - STRAY_MILLIS;
        int removed = 0;
        try (DirectoryStream<Path> strays = Files.newDirectoryStream(incoming)) {
            for (Path stray : strays)
                if (isNotYounger(stray, youngest) && Files.deleteIfExists(stray))
                    removed++;
        }
        if (removed > 0)
            LOG.info("{} incomplete files of an earlier run removed from {}", removed, incoming);
    }

    /**
     * Binds the directory to a database, for good. To a server with another one, all these objects would be bytes without
     * a row, and its sweep would remove them.
     *
     * @param databaseId letters, digits and hyphens
     * @throws IOException the directory is bound to another database, or cannot be used
     */
    void claim(String databaseId) throws IOException {
        Path mine = root.resolve(DATABASE + databaseId);
        boolean isNew = databases().isEmpty();
        if (isNew) {
            Files.write(mine, new byte[0]);
            sync(root);
        }
        List<Path> databases = databases();
        if (!databases.equals(List.of(mine))) {
            if (isNew)
                discard(mine);
            throw new IOException("it holds the objects of another database: of " + databases + ", this one is " + databaseId);
        }
        claimed = true;
    }

    private List<Path> databases() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> file.getFileName().toString().startsWith(DATABASE)).toList();
        }
    }

    @Override
    public ObjectLocation write(String calledAET, byte[] object) throws IOException {
        byte[] id = new byte[NAME_BYTES];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        Path group = root.resolve(name.substring(0, 2));
        Path temporary = incoming.resolve(name);
        Path place = group.resolve(name);
        try {
            writeSynced(temporary, object);
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            sync(group);
        } catch (IOException e) {
            discard(temporary);
            discard(place);
            // Whatever the file system objects to, a full disk or a lost mount: it takes no object now.
            throw new StorageUnavailableException("cannot write to " + root, e);
        }
        return new ObjectLocation(STORAGE_ID, root.relativize(place).toString());
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining();)
                channel.write(rest);
            channel.force(true);
        }
    }

    /** Makes the entries of a directory durable. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", file, e.toString());
        }
    }

    @Override
    public InputStream open(ObjectLocation location) throws IOException {
        Path file = resolve(location);
        try {
            return new ByteArrayInputStream(Files.readAllBytes(file));
        } catch (IOException e) {
            // NFS: another server deleted it while it was read
            if (Files.notExists(file))
                throw new NoSuchFileException(file.toString());
            throw e;
        }
    }

    @Override
    public void delete(ObjectLocation location) throws IOException {
        Files.deleteIfExists(resolve(location));
    }

    @Override
    public void list(long minAgeMillis, Consumer<ObjectLocation> found) throws IOException {
        if (!claimed)
            throw new IOException("it is not known yet whose objects these are");
        long youngest = now() - minAgeMillis;
        List<Listed> old = new ArrayList<>();
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(root, GROUP_GLOB)) {
            for (Path group : groups)
                list(group, youngest, old);
        }
        old.sort(Comparator.comparing(Listed::modified).reversed());
        old.forEach(file -> found.accept(new ObjectLocation(STORAGE_ID, file.path())));
    }

    /** A file of an object. */
    private record Listed(String path, FileTime modified) {
    }

    private void list(Path group, long youngest, List<Listed> old) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(group)) {
            for (Path file : files) {
                String path = root.relativize(file).toString();
                if (!PATH.matcher(path).matches())
                    continue;
                try {
                    FileTime modified = Files.getLastModifiedTime(file);
                    if (modified.toMillis() <= youngest)
                        old.add(new Listed(path, modified));
                } catch (NoSuchFileException e) {
                    LOG.debug("{} was deleted in the meantime", path);
                }
            }
        }
    }

    /** By the clock of the file system, which may be another machine's: files have their times of it. */
    private long now() throws IOException {
        Path probe = Files.createTempFile(incoming, null, null);
        try {
            return Files.getLastModifiedTime(probe).toMillis();
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Deleted in the meantime is no object of ours any more. */
    private static boolean isNotYounger(Path file, long youngest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toMillis() <= youngest;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The path comes from the database, which may have been restored from elsewhere: it must not lead out of the root. */
    private Path resolve(ObjectLocation location) throws NoSuchFileException {
        if (!STORAGE_ID.equals(location.storageId()) || !PATH.matcher(location.path()).matches())
            throw new NoSuchFileException(location.storageId() + ':' + location.path());
        return root.resolve(location.path());
    }
}
