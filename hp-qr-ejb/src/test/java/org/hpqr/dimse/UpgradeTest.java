package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.ObjectState;
import org.hpqr.testkit.dicom.Peer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data of each release is opened by this version: all objects are there as they were, found, and the history is kept.
 *
 * <p>To add a release, start its standalone server on H2, store objects, replace one, retire another, and run
 * {@code hp-qr.sh backup hp-qr.zip} and {@code hp-qr.sh export export}. Both go into {@code src/test/resources/org/hpqr/upgrade/VERSION},
 * with the first content of the replaced object in {@code replaced}.
 */
class UpgradeTest {

    @ParameterizedTest
    @ValueSource(strings = "1.0.0")
    void dataOfARelease(String release, @TempDir Path folder) throws Exception {
        Path fixture = fixture(release);
        unpack(fixture.resolve("hp-qr.zip"), folder);
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("hp-qr") + ";OPTIMIZE_REUSE_RESULTS=FALSE",
                "sa", "sa");
        Map<String, byte[]> stored = files(fixture.resolve("export"));
        Map<String, byte[]> retired = files(fixture.resolve("export/retired"));
        Map<String, byte[]> replaced = files(fixture.resolve("replaced"));

        try (TestServer server = new TestServer(new TestDatabase(pool), UnaryOperator.identity(), TestServer::catalogue);
             Peer peer = new Peer(server.port)) {
            Attributes all = new Attributes();
            all.setNull(Tag.SOPInstanceUID, VR.UI);
            assertEquals(stored.keySet(), peer.find(all).all().stream().map(Peer.Response::data).filter(Objects::nonNull)
                    .map(match -> match.getString(Tag.SOPInstanceUID)).collect(Collectors.toSet()));
            HangingProtocolRepository repository = server.repository;
            stored.forEach((uid, file) -> assertArrayEquals(file, repository.content(uid).file(), uid));
            retired.forEach((uid, file) -> assertArrayEquals(file, repository.content(uid).file(), uid));
            retired.keySet().forEach(uid -> assertEquals(ObjectState.RETIRED, repository.find(uid).state()));
            replaced.forEach((uid, file) -> assertArrayEquals(file, repository.replacedContent(uid, 0).file(), uid));
        }
        assertTrue(stored.size() > 2 && !retired.isEmpty() && !replaced.isEmpty(), "what the fixture has");
    }

    private static Path fixture(String release) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(UpgradeTest.class.getResource("/org/hpqr/upgrade/" + release)).toURI());
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(zip); ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry())
                Files.copy(entries, folder.resolve(Path.of(entry.getName()).getFileName()));
        }
    }

    /** By the UID that is their name. */
    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList())
                files.put(file.getFileName().toString().replaceFirst("\\.dcm$", ""), Files.readAllBytes(file));
        }
        return files;
    }
}
