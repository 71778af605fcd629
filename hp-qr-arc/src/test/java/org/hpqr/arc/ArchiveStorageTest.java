package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.StorageUnavailableException;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.hpqr.testkit.archive.DiskStorages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveStorageTest {

    private static final byte[] OBJECT = "a hanging protocol".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path disks;
    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    private final DiskStorages storages = new DiskStorages();
    private final List<List<String>> saved = new ArrayList<>();
    private final ArchiveStorage storage = new ArchiveStorage(device, storages, new StorageConfiguration() {
        @Override
        void save(ArchiveAEExtension extension, String[] storageIDs) {
            extension.setObjectStorageIDs(storageIDs);
            saved.add(List.of(extension.getObjectStorageIDs()));
        }
    });
    private ArchiveAEExtension ae;

    @BeforeEach
    void configure() {
        for (String id : List.of("fs1", "fs2", "fs3"))
            ArchiveDevice.addStorage(device, id, disks.resolve(id));
        ae = ArchiveDevice.addAE(device, "DCM4CHEE", "fs1", "fs2").getAEExtension(ArchiveAEExtension.class);
    }

    @AfterEach
    void everyStorageSystemIsClosed() {
        assertEquals(0, storages.open());
    }

    @Test
    @DisplayName("what is written is read back, and its location tells size and SHA-256")
    void writesAndReads() throws Exception {
        ObjectLocation location = storage.write("DCM4CHEE", OBJECT);

        assertEquals("fs1", location.storageId());
        try (InputStream in = storage.open(location)) {
            assertArrayEquals(OBJECT, in.readAllBytes());
        }
        assertEquals(List.of(location.path()), storages.committed());
    }

    @Test
    @DisplayName("every object has a path of its own below hp-qr/")
    void pathsAreDistinct() throws Exception {
        Set<String> paths = new TreeSet<>();
        for (int i = 0; i < 50; i++)
            paths.add(storage.write("DCM4CHEE", OBJECT).path());
        assertEquals(50, paths.size());
        assertTrue(paths.stream().allMatch(path -> path.matches("hp-qr/[0-9a-f]{2}/[0-9a-f]{32}")), paths.toString());
    }

    @Test
    @DisplayName("an AE title may be called by another name of the AE")
    void otherTitle() throws Exception {
        device.getApplicationEntity("DCM4CHEE").setOtherAETitles("ALIAS");
        assertEquals("fs1", storage.write("ALIAS", OBJECT).storageId());
    }

    @Test
    @DisplayName("each AE has its own storage")
    void storageOfTheAE() throws Exception {
        ArchiveDevice.addAE(device, "OTHER", "fs3");
        assertEquals("fs3", storage.write("OTHER", OBJECT).storageId());
    }

    @Test
    @DisplayName("several storage systems are used in turn if the AE says so")
    void inTurn() throws Exception {
        ae.setObjectStorageCount(2);
        List<String> used = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            used.add(storage.write("DCM4CHEE", OBJECT).storageId());
        assertEquals(List.of("fs1", "fs2", "fs1", "fs2"), used);
    }

    @Test
    @DisplayName("a storage system whose threshold is passed is left, and the configuration told so")
    void threshold() throws Exception {
        storages.passThreshold("fs1");

        assertEquals("fs2", storage.write("DCM4CHEE", OBJECT).storageId());
        assertEquals(List.of(List.of("fs2")), saved);

        assertEquals("fs2", storage.write("DCM4CHEE", OBJECT).storageId());
        assertEquals(1, saved.size(), "nothing new to tell");
    }

    @Test
    @DisplayName("a read-only storage system is passed over, but stays in the configuration")
    void readOnly() throws Exception {
        ArchiveDevice.addStorage(device, "fs1", disks.resolve("fs1")).setReadOnly(true);
        ae.setObjectStorageIDs("fs1", "fs2", "fs3");
        assertEquals("fs2", storage.write("DCM4CHEE", OBJECT).storageId());

        storages.passThreshold("fs2");
        assertEquals("fs3", storage.write("DCM4CHEE", OBJECT).storageId());
        assertEquals(List.of(List.of("fs1", "fs3")), saved);
    }

    @Test
    @DisplayName("where writing fails, nothing is left and the next storage system is used")
    void nextAfterFailure() throws Exception {
        storages.breakDown("fs1");
        assertEquals("fs2", storage.write("DCM4CHEE", OBJECT).storageId());
        assertEquals(List.of(), filesBelow(disks.resolve("fs1")));
        assertEquals(List.of(), saved, "broken is not full");
    }

    @Test
    @DisplayName("a storage system that failed stays in the configuration when another one is full")
    void failureAndThreshold() throws Exception {
        ae.setObjectStorageIDs("fs1", "fs2", "fs3");
        storages.breakDown("fs1");
        storages.passThreshold("fs2");
        assertEquals("fs3", storage.write("DCM4CHEE", OBJECT).storageId());
        assertEquals(List.of(List.of("fs1", "fs3")), saved);
    }

    @Test
    @DisplayName("no storage system left: unavailable, and nothing is left on any")
    void nothingTakesObjects() throws Exception {
        storages.breakDown("fs1");
        storages.breakDown("fs2");
        assertThrows(StorageUnavailableException.class, () -> storage.write("DCM4CHEE", OBJECT));
        assertEquals(List.of(), filesBelow(disks));

        storages.passThreshold("fs1");
        storages.passThreshold("fs2");
        assertThrows(StorageUnavailableException.class, () -> storage.write("DCM4CHEE", OBJECT));
    }

    @Test
    @DisplayName("nothing configured: unavailable")
    void nothingConfigured() {
        ArchiveDevice.addAE(device, "NONE");
        ArchiveDevice.addAE(device, "WRONG", "fs9");
        for (String title : List.of("NONE", "WRONG", "UNKNOWN")) {
            StorageUnavailableException e =
                    assertThrows(StorageUnavailableException.class, () -> storage.write(title, OBJECT), title);
            assertNotEquals(null, e.getMessage());
        }
    }

    @Test
    @DisplayName("a folder that a deletion takes away at the same moment is made again")
    void folderVanishes() throws Exception {
        storages.letFolderVanish();
        assertEquals("fs1", storage.write("DCM4CHEE", OBJECT).storageId());
    }

    @Test
    @DisplayName("a deleted object is gone, and deleting it again is no error")
    void deletes() throws Exception {
        ObjectLocation location = storage.write("DCM4CHEE", OBJECT);
        storage.delete(location);
        storage.delete(location);
        assertThrows(NoSuchFileException.class, () -> storage.open(location));
        assertEquals(List.of(), filesBelow(disks));
    }

    @Test
    @DisplayName("an object on a storage system that is no longer configured is not reported as gone")
    void storageSystemRemoved() throws Exception {
        ObjectLocation location = new ObjectLocation("fs9", "hp-qr/00/00");
        IOException e = assertThrows(IOException.class, () -> storage.open(location));
        assertFalse(e instanceof NoSuchFileException, e.toString());
        assertTrue(e.getMessage().contains("fs9"), e.getMessage());
        assertThrows(IOException.class, () -> storage.delete(location));
    }

    @Test
    @DisplayName("the sweep is told once of what this server wrote, and of nothing else")
    void lists() throws Exception {
        ObjectLocation kept = storage.write("DCM4CHEE", OBJECT);
        storage.delete(storage.write("DCM4CHEE", OBJECT));
        ObjectLocation keptToo = storage.write("DCM4CHEE", OBJECT);
        Path foreign = disks.resolve("fs1/hp-qr/ff/ffffffffffffffffffffffffffffffff");
        Files.createDirectories(foreign.getParent());
        Files.write(foreign, OBJECT);

        assertEquals(List.of(), listed(60_000), "too young");
        assertEquals(List.of(keptToo.path(), kept.path()), listed(0), "the youngest first");
        assertEquals(List.of(), listed(0));
    }

    @Test
    @DisplayName("the sweep is told again of what could not be deleted")
    void listsAfterFailedDeletion() throws Exception {
        ObjectLocation location = storage.write("DCM4CHEE", OBJECT);
        listed(0);
        ObjectLocation elsewhere = new ObjectLocation("fs1", location.path() + "/below");
        assertThrows(IOException.class, () -> storage.delete(elsewhere));
        assertEquals(List.of(elsewhere.path()), listed(0));
    }

    private List<String> listed(long minAgeMillis) {
        List<String> paths = new ArrayList<>();
        storage.list(minAgeMillis, location -> paths.add(location.path()));
        return paths;
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        if (Files.notExists(root))
            return List.of();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
