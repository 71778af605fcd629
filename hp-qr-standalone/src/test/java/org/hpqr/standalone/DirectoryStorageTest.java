package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.StorageUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStorageTest {

    private static final byte[] OBJECT = {'D', 'I', 'C', 'M'};

    @TempDir
    private Path directory;

    private DirectoryStorage storage;

    @BeforeEach
    void open() throws IOException {
        storage = DirectoryStorage.open(directory);
        storage.claim("1");
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        ObjectLocation location = storage.write("HPQR", OBJECT);

        assertArrayEquals(OBJECT, read(location));
    }

    @Test
    void everyObjectHasAPlaceOfItsOwn() throws IOException {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < 100; i++)
            paths.add(storage.write("HPQR", OBJECT).path());

        assertEquals(100, paths.size());
    }

    @Test
    void deletedIsGoneAndMayBeDeletedAgain() throws IOException {
        ObjectLocation location = storage.write("HPQR", OBJECT);

        storage.delete(location);
        storage.delete(location);

        assertThrows(NoSuchFileException.class, () -> storage.open(location));
        assertEquals(List.of(), files());
    }

    @Test
    void listNamesObjectsOfTheAgeAsked() throws IOException {
        ObjectLocation young = storage.write("HPQR", OBJECT);
        ObjectLocation old = storage.write("HPQR", OBJECT);
        setAge(directory.resolve(old.path()), TimeUnit.HOURS.toMillis(1));
        Files.createFile(directory.resolve("00/notes.txt"));

        assertEquals(List.of(young.path(), old.path()), listed(0), "the youngest first");
        assertEquals(List.of(old.path()), listed(TimeUnit.MINUTES.toMillis(10)));
    }

    /** The clock was set back. */
    @Test
    void objectOfTheFutureIsNotOld() throws IOException {
        ObjectLocation future = storage.write("HPQR", OBJECT);
        setAge(directory.resolve(future.path()), -TimeUnit.DAYS.toMillis(1));

        assertEquals(List.of(), listed(0));
    }

    @Test
    void openingRemovesWhatACrashLeftAndKeepsTheRest() throws IOException {
        ObjectLocation location = storage.write("HPQR", OBJECT);
        Path left = Files.createFile(directory.resolve("incoming/0123456789abcdef0123456789abcdef"));
        setAge(left, TimeUnit.HOURS.toMillis(2));

        open();

        assertEquals(List.of(directory.resolve(location.path())), files());
        assertArrayEquals(OBJECT, read(location));
    }

    @Test
    void openingLeavesWhatAnotherServerIsWriting() throws IOException {
        Path written = Files.createFile(directory.resolve("incoming/0123456789abcdef0123456789abcdef"));

        open();

        assertEquals(List.of(written), files());
    }

    @Test
    void serversOfOneDatabaseShareTheDirectory() throws IOException {
        DirectoryStorage other = DirectoryStorage.open(directory);
        other.claim("1");
        ObjectLocation location = storage.write("HPQR", OBJECT);

        try (InputStream in = other.open(location)) {
            assertArrayEquals(OBJECT, in.readAllBytes());
        }
        other.delete(location);
        assertThrows(NoSuchFileException.class, () -> storage.open(location));
    }

    /** Its sweep would remove them all. */
    @Test
    void serverOfAnotherDatabaseIsRefused() throws IOException {
        DirectoryStorage other = DirectoryStorage.open(directory);

        IOException thrown = assertThrows(IOException.class, () -> other.claim("2"));
        assertTrue(thrown.getMessage().startsWith("it holds the objects of another database"), thrown.getMessage());
        assertThrows(IOException.class, () -> other.list(0, location -> { }));

        open();
        storage.list(0, location -> { });
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "/etc/passwd", "database-1", "00/../database-1", "incoming/00000000000000000000000000000000",
        "00/11000000000000000000000000000000", "00/00", ""})
    void pathThatIsNotOursLeadsNowhere(String path) {
        ObjectLocation location = new ObjectLocation(DirectoryStorage.STORAGE_ID, path);

        assertThrows(NoSuchFileException.class, () -> storage.open(location));
        assertThrows(NoSuchFileException.class, () -> storage.delete(location));
        assertTrue(Files.exists(directory.resolve("database-1")));
    }

    @Test
    void objectOfAnotherStorageIsNotHere() throws IOException {
        ObjectLocation location = storage.write("HPQR", OBJECT);

        assertThrows(NoSuchFileException.class,
                () -> storage.open(new ObjectLocation("fs1", location.path())));
    }

    @Test
    void directoryThatVanishedTakesNothingAndIsNotMadeAnew() throws IOException {
        Path moved = directory.resolveSibling(directory.getFileName() + "-moved");
        Files.move(directory, moved);
        try {
            assertThrows(StorageUnavailableException.class, () -> storage.write("HPQR", OBJECT));
            assertFalse(Files.exists(directory));
        } finally {
            Files.move(moved, directory);
        }
    }

    @Test
    void objectThatGetsNoPlaceLeavesNothing() throws IOException {
        try (Stream<Path> groups = Files.list(directory)) {
            for (Path group : groups.filter(path -> path.getFileName().toString().length() == 2).toList())
                Files.delete(group);
        }

        assertThrows(StorageUnavailableException.class, () -> storage.write("HPQR", OBJECT));
        assertEquals(List.of(), files());
    }

    @Test
    void fullDiskTakesNothingAndNothingIsLeft() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=400", "hp-qr-test", disk.toString()),
                "mounting needs root");
        try {
            DirectoryStorage onDisk = DirectoryStorage.open(disk);
            ObjectLocation kept = onDisk.write("HPQR", OBJECT);
            List<Path> before = files();

            assertThrows(StorageUnavailableException.class, () -> onDisk.write("HPQR", new byte[65_536]));
            assertEquals(before, files());
            onDisk.write("HPQR", OBJECT);
            try (InputStream in = onDisk.open(kept)) {
                assertArrayEquals(OBJECT, in.readAllBytes());
            }
        } finally {
            assertTrue(succeeds("umount", "--lazy", disk.toString()));
        }
    }

    private static void setAge(Path file, long millis) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - millis));
    }

    private byte[] read(ObjectLocation location) throws IOException {
        try (InputStream in = storage.open(location)) {
            return in.readAllBytes();
        }
    }

    private List<String> listed(long minAgeMillis) throws IOException {
        List<String> paths = new ArrayList<>();
        storage.list(minAgeMillis, location -> paths.add(location.path()));
        return paths;
    }

    /** Every file but the name of the database. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("database-1")).sorted().toList();
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() == 0;
    }
}
