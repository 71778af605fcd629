package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.it.reliability.ServedObjects;
import org.hpqr.testkit.database.DatabaseServer;
import org.hpqr.testkit.database.MariaDbServer;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.database.StoredContent;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hp-qr.sh export} and {@code import}, with and without a running server, on each database; and that the server, as it is
 * shipped, stores, finds and sends with the drivers it has.
 */
@Order(1)
class ExportImportIT {

    private static final Path SCRIPT = Path.of(System.getProperty("it.server"), "bin/hp-qr.sh").toAbsolutePath();
    private static final Path SAMPLES = Path.of(System.getProperty("it.sources"), "samples").toAbsolutePath().normalize();
    private static final Path LIBRARY = SCRIPT.getParent().resolveSibling("library");

    @TempDir
    private Path directory;

    private final Map<String, String> variables = new HashMap<>();

    @Test
    void stoppedServerOnH2() throws Exception {
        List<Path> samples = samples();
        Path notDicom = Files.writeString(Files.createDirectories(directory.resolve("in/below")).resolve("notes.txt"), "no DICOM");

        List<String> imported = command(1, "import", SAMPLES.toString(), notDicom.getParent().getParent().toString());

        assertEquals(samples.size() + 2, imported.size(), imported::toString);
        samples.forEach(sample -> assertTrue(imported.contains(sample + ": stored"), imported::toString));
        assertTrue(imported.get(imported.size() - 2).startsWith(notDicom + ": refused: not a DICOM file"), imported::toString);
        assertEquals(samples.size() + " stored, 0 replaced, 0 unchanged, 1 refused", imported.get(imported.size() - 1));

        Map<String, Attributes> all = datasets(LIBRARY);
        int count = all.size();
        assertTrue(count >= 40, () -> "in the library: " + count);
        all.putAll(datasets(SAMPLES));
        Path out = directory.resolve("out");
        try (StandaloneServer server = StandaloneServer.start(data(), variables); Peer peer = new Peer(server.port())) {
            assertEquals(datasets(SAMPLES).keySet(), ServedObjects.found(peer));
            assertEquals(count + " stored, 0 replaced, 0 unchanged, 0 refused", last(command(0, "library", "load")));
            assertEquals(all.keySet(), ServedObjects.found(peer));
            assertEquals(List.of(all.size() + " exported, 0 unchanged, 0 failed"), command(0, "export", out.toString()));
            assertEquals(all, datasets(out));
            assertEquals(List.of("0 exported, " + all.size() + " unchanged, 0 failed"), command(0, "export", out.toString()));
            library(peer, count);
            assertEquals(0, server.stop());
        }
        assertEquals("0 removed, 1 changed and not removed, " + (count - 1) + " not stored, 0 refused", last(command(1, "library", "remove")));
    }

    /** Loaded again, and removed but for what somebody has changed. */
    private void library(Peer peer, int count) throws Exception {
        assertEquals("0 stored, 0 replaced, " + count + " unchanged, 0 refused", last(command(0, "library", "load")));
        Attributes changed = datasets(LIBRARY).values().iterator().next();
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "As we do it");
        assertEquals(0, peer.store(changed, UID.ExplicitVRLittleEndian).status());

        List<String> removed = command(1, "library", "remove");
        assertEquals((count - 1) + " removed, 1 changed and not removed, 0 not stored, 0 refused", last(removed));
        assertEquals(samples().size() + 1, ServedObjects.found(peer).size());
        assertTrue(ServedObjects.found(peer).contains(changed.getString(Tag.SOPInstanceUID)));
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    @Test
    void runningServerOnPostgresql() throws Exception {
        assumeTrue(PostgresServer.isInstalled(), "NOT TESTED ON PostgreSQL: it is not there");
        try (DatabaseServer database = new PostgresServer()) {
            roundTrip("postgresql", database);
        }
    }

    @Test
    void runningServerOnMariaDb() throws Exception {
        assumeTrue(MariaDbServer.isInstalled(), "NOT TESTED ON MariaDB: it is not there");
        try (DatabaseServer database = new MariaDbServer()) {
            database.execute("CREATE USER somebody IDENTIFIED BY 'secret'");
            database.execute("GRANT ALL ON hpqr.* TO somebody");
            variables.put("HPQR_DB_USER", "somebody");
            roundTrip("mariadb", database);
        }
    }

    private void roundTrip(String product, DatabaseServer database) throws Exception {
        database.execute("CREATE DATABASE hpqr");
        variables.putAll(Map.of("HPQR_DB", product, "HPQR_DB_URL", database.url("hpqr"), "HPQR_DB_PASSWORD", "secret"));
        variables.putIfAbsent("HPQR_DB_USER", DatabaseServer.USER);
        Path out = directory.resolve("out");
        int count = samples().size();
        try (StandaloneServer server = StandaloneServer.start(data(), variables); Peer peer = new Peer(server.port())) {
            for (Path sample : samples())
                assertEquals(0, peer.store(dataset(sample), UID.ExplicitVRLittleEndian).status());
            assertFoundByNameAndSent(peer, SampleProtocols.utf8());

            assertEquals(List.of(count + " exported, 0 unchanged, 0 failed"), command(0, "export", out.toString()));
            List<String> imported = command(0, "import", out.toString());
            assertEquals("0 stored, 0 replaced, " + count + " unchanged, 0 refused", imported.get(imported.size() - 1));

            String damaged = dataset(samples().get(0)).getString(Tag.SOPInstanceUID);
            try (Connection connection = database.connect("hpqr")) {
                StoredContent.damage(connection, damaged);
            }
            List<String> exported = command(1, "export", out.toString());
            assertTrue(exported.contains("0 exported, " + (count - 1) + " unchanged, 1 failed"), exported::toString);
            assertTrue(exported.stream().anyMatch(line -> line.startsWith(damaged + ": failed: it cannot be read: ")), exported::toString);
            imported = command(0, "import", out.toString());
            assertEquals("0 stored, 1 replaced, " + (count - 1) + " unchanged, 0 refused", imported.get(imported.size() - 1));
            assertEquals(0, server.stop(), server.process()::output);
        }
        assertEquals(List.of("0 exported, " + count + " unchanged, 0 failed"), command(0, "export", out.toString()));
    }

    private static void assertFoundByNameAndSent(Peer peer, Attributes protocol) throws Exception {
        Attributes keys = new Attributes();
        keys.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        keys.setString(Tag.HangingProtocolName, VR.SH, protocol.getString(Tag.HangingProtocolName));
        keys.setNull(Tag.SOPInstanceUID, VR.UI);
        List<Peer.Response> found = peer.find(keys).all();
        assertEquals(2, found.size(), "one match and the end");
        String uid = found.get(0).data().getString(Tag.SOPInstanceUID);
        assertEquals(protocol.getString(Tag.SOPInstanceUID), uid);

        assertEquals(0, peer.get(Peer.uids(uid)).last().status());
        assertEquals(List.of(protocol), peer.received);
    }

    @Test
    void importTreatsDuplicatesAndInvalidObjectsAsAStore() throws Exception {
        Path in = Files.createDirectory(directory.resolve("in"));
        Attributes object = dataset(samples().get(0));
        String uid = object.getString(Tag.SOPInstanceUID);
        variables.put("HPQR_DUPLICATE_POLICY", "keep");
        try (StandaloneServer server = StandaloneServer.start(data(), variables); Peer peer = new Peer(server.port())) {
            Path file = write(object, in.resolve("1"), UID.ExplicitVRLittleEndian);
            assertEquals(file + ": stored", command(0, "import", file.toString()).get(0));
            write(object, file, UID.ImplicitVRLittleEndian);
            assertEquals(file + ": unchanged", command(0, "import", file.toString()).get(0), "the same in another transfer syntax");
            object.setString(Tag.HangingProtocolName, VR.SH, "another");
            write(object, file, UID.ExplicitVRLittleEndian);
            assertTrue(command(1, "import", file.toString()).get(0).startsWith(file + ": refused: A900H "));
            object.remove(Tag.HangingProtocolName);
            write(object, file, UID.ExplicitVRLittleEndian);
            assertEquals(file + ": refused: A900H Required value missing (0072,0002)", command(1, "import", file.toString()).get(0));
            assertEquals(List.of(uid), List.copyOf(ServedObjects.found(peer)));
            exportReplacesOtherFilesOnlyIfItIsTold(samples().get(0));
        }
        List<String> audited = Files.readAllLines(data().resolve("log/hp-qr-audit.log"));
        assertTrue(audited.get(0).endsWith("imported user=\"" + System.getProperty("user.name") + "\" instance=\"" + uid
                + "\" replaced=false status=0000H"), audited::toString);
    }

    private void exportReplacesOtherFilesOnlyIfItIsTold(Path sample) throws Exception {
        Path out = directory.resolve("out");
        String uid = dataset(sample).getString(Tag.SOPInstanceUID);
        Path file = Files.writeString(Files.createDirectory(out).resolve(uid + ".dcm"), "other content");

        assertTrue(command(1, "export", out.toString()).contains(uid + ": failed: " + file + " has other content; --force replaces it"));
        assertEquals("other content", Files.readString(file));
        command(0, "export", "--force", out.toString());
        assertEquals(dataset(sample), dataset(file));
    }

    @Test
    void serverThatCannotStartForACommandSaysWhy() throws Exception {
        variables.put("HPQR_PORT", "none");
        List<String> said = command(2, "export", directory.resolve("out").toString());
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains("hp-qr cannot start: hpqr.port: \"none\""), said::toString);
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** Runs a command, which has to end with this exit code, and returns what it says. */
    private List<String> command(int exitCode, String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HPQR_DATA", data().toString());
        environment.put("JAVA_OPTS", StandaloneServer.QUICK_START);
        try (ExternalProcess process = new ExternalProcess(directory, environment, command)) {
            assertEquals(exitCode, process.awaitEnd(), process::output);
            return process.lines();
        }
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
        }
    }

    private static Path write(Attributes object, Path file, String transferSyntax) throws IOException {
        StoredObject stored = new StoredObject(transferSyntax, "SCU", DatasetCodec.encode(object, transferSyntax));
        return Files.write(file, stored.toFile(UID.HangingProtocolStorage, object.getString(Tag.SOPInstanceUID)));
    }

    private static Attributes dataset(Path file) throws IOException {
        try (DicomInputStream in = new DicomInputStream(file.toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    /** The data sets of all files in a directory, by SOP Instance UID. */
    private static Map<String, Attributes> datasets(Path directory) throws IOException {
        Map<String, Attributes> datasets = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".dcm")).toList()) {
                Attributes dataset = dataset(file);
                datasets.put(dataset.getString(Tag.SOPInstanceUID), dataset);
            }
        }
        return datasets;
    }
}
