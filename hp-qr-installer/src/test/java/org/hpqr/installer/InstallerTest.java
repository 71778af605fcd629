package org.hpqr.installer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallerTest {

    @TempDir
    private Path dir;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static final List<String> DATABASES =
            List.of("psql", "mysql", "mariadb", "oracle", "sqlserver", "db2", "h2", "firebird");

    private static Stream<Arguments> variants() {
        return DATABASES.stream().flatMap(database -> Stream.of("unsecure", "secure")
                .flatMap(classifier -> Stream.of("5.34.3", "5.35.0")
                        .map(version -> Arguments.of(version, database, classifier))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("variants")
    @DisplayName("install, status and remove work on every variant of the archive")
    void everyVariant(String version, String database, String classifier) throws Exception {
        Path ear = SyntheticEar.archive(version, database, classifier).writeTo(dir.resolve("arc.ear"));
        Map<String, String> original = SyntheticEar.contentOf(ear);

        assertEquals(0, run("1.0.0", "install", ear.toString()));
        assertEquals(0, run("1.0.0", "status", ear.toString()));
        assertTrue(output().contains("""
                archive:   dcm4chee-arc %s
                database:  %s
                secured:   %s
                hp-qr:     1.0.0
                """.formatted(version, database, classifier.equals("secure") ? "yes" : "no")), output());
        assertEquals(0, run("1.0.0", "remove", ear.toString()));
        assertEquals(original, SyntheticEar.contentOf(ear));
    }

    @Test
    @DisplayName("install adds the modules, the libraries and the lines of the descriptor, and nothing else changes")
    void installs() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        Map<String, String> original = SyntheticEar.contentOf(ear);

        assertEquals(0, run("1.0.0", "install", ear.toString()));

        Map<String, String> installed = SyntheticEar.contentOf(ear);
        assertTrue(installed.keySet().containsAll(List.of("hp-qr-ejb.jar", "hp-qr-arc.jar", "hp-qr/flyway-core.jar")));
        assertTrue(installed.get(ApplicationDescriptor.ENTRY).contains("<ejb>hp-qr-ejb.jar</ejb>"));
        assertTrue(installed.get(ApplicationDescriptor.ENTRY).contains("<ejb>hp-qr-arc.jar</ejb>"));
        assertTrue(!installed.get(ApplicationDescriptor.ENTRY).contains("flyway"), "a library is not a module");
        installed.keySet().removeIf(Payload::owns);
        installed.put(ApplicationDescriptor.ENTRY, original.get(ApplicationDescriptor.ENTRY));
        assertEquals(original, installed);
        assertEquals(List.copyOf(original.keySet()), List.copyOf(installed.keySet()), "the order of the entries");
    }

    @Test
    @DisplayName("install says so if the plugin has no tables for the archive's database")
    void warnsOfDatabase() {
        Path psql = SyntheticEar.archive().writeTo(dir.resolve("psql.ear"));
        assertEquals(0, run("1.0.0", "install", psql.toString()));
        assertEquals("", errors());
        Path oracle = SyntheticEar.archive("5.34.3", "oracle", "secure").writeTo(dir.resolve("oracle.ear"));
        assertEquals(0, run("1.0.0", "install", oracle.toString()));
        assertTrue(errors().startsWith("Note: hp-qr 1.0.0 has no tables for oracle."), errors());
    }

    @Test
    @DisplayName("installing twice gives the same EAR, byte for byte")
    void installsTwice() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        run("1.0.0", "install", ear.toString());
        byte[] once = Files.readAllBytes(ear);
        assertEquals(0, run("1.0.0", "install", ear.toString()));
        assertArrayEquals(once, Files.readAllBytes(ear));
    }

    @Test
    @DisplayName("install replaces an older hp-qr, files that the new one no longer has included")
    void replacesOlderVersion() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        Map<String, String> original = SyntheticEar.contentOf(ear);
        Payload old = SyntheticEar.payload("0.9.0");
        old.files().put("hp-qr/gone.jar", new byte[] {1});
        old.files().put("hp-qr-gone.jar", new byte[] {2});
        assertEquals(0, run(old, "install", ear.toString()));

        assertEquals(0, run("1.0.0", "install", ear.toString()));

        assertTrue(output().contains("hp-qr 1.0.0 installed in place of hp-qr 0.9.0"), output());
        assertTrue(SyntheticEar.contentOf(ear).keySet().stream().noneMatch(name -> name.contains("gone")));
        assertTrue(!SyntheticEar.contentOf(ear).get(ApplicationDescriptor.ENTRY).contains("gone"));
        run("1.0.0", "remove", ear.toString());
        assertEquals(original, SyntheticEar.contentOf(ear));
    }

    @Test
    @DisplayName("an EAR with an hp-qr that had no web module gets it, and none is left after removal")
    void addsWebModule() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        Map<String, String> original = SyntheticEar.contentOf(ear);
        Payload old = SyntheticEar.payload("0.9.0");
        old.files().remove("hp-qr-web.war");
        assertEquals(0, run(old, "install", ear.toString()));

        assertEquals(0, run("1.0.0", "install", ear.toString()));
        assertTrue(SyntheticEar.contentOf(ear).containsKey("hp-qr-web.war"));
        assertEquals(0, run("1.0.0", "status", ear.toString()));
        assertTrue(output().endsWith("hp-qr:     1.0.0\n"), output());
        assertEquals(0, run("1.0.0", "remove", ear.toString()));
        assertEquals(original, SyntheticEar.contentOf(ear));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hp-qr", "/hp-qr"})
    @DisplayName("an EAR in which another web module has the context root is refused, and its status says what is in it")
    void refusesTakenContextRoot(String root) throws Exception {
        Path ear = SyntheticEar.archive().with("viewer.war", "viewer").with(ApplicationDescriptor.ENTRY,
                SyntheticEar.descriptor("5.34.3", "unsecure").replace("  <library-directory>", "  <module><web><web-uri>viewer.war</web-uri>"
                        + "<context-root>" + root + "</context-root></web></module><library-directory>")).writeTo(dir.resolve("arc.ear"));
        byte[] original = Files.readAllBytes(ear);

        assertEquals(1, run("1.0.0", "install", ear.toString()));
        assertTrue(errors().contains("another web module of the EAR has the context root /hp-qr; hp-qr needs it"), errors());
        assertArrayEquals(original, Files.readAllBytes(ear));
        assertEquals(0, run("1.0.0", "status", ear.toString()));
    }

    @Test
    @DisplayName("an hp-qr whose web module was taken out by hand is incomplete")
    void tellsMissingWebModule() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        assertEquals(0, run("1.0.0", "install", ear.toString()));
        Path other = dir.resolve("other.ear");
        copyWithout(ear, other, "hp-qr-web.war");
        assertEquals(0, run("1.0.0", "status", other.toString()));
        assertTrue(output().endsWith("hp-qr:     1.0.0, incomplete: install it again\n"), output());
    }

    @Test
    @DisplayName("--out leaves the EAR as it is, and replaces the file it names")
    void writesToAnotherFile() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        byte[] original = Files.readAllBytes(ear);
        Path other = Files.writeString(dir.resolve("other.ear"), "was here before");

        assertEquals(0, run("1.0.0", "install", ear.toString(), "--out", other.toString()));
        assertArrayEquals(original, Files.readAllBytes(ear));
        assertEquals("1.0.0", ArchiveEar.open(other).hpQr());

        Path third = dir.resolve("third.ear");
        assertEquals(0, run("1.0.0", "remove", other.toString(), "--out", third.toString()));
        assertEquals("1.0.0", ArchiveEar.open(other).hpQr());
        assertEquals(SyntheticEar.contentOf(ear), SyntheticEar.contentOf(third));
    }

    @Test
    @DisplayName("nothing but the EAR is left in its folder")
    void leavesNoTemporaryFile() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        run("1.0.0", "install", ear.toString());
        run("1.0.0", "remove", ear.toString());
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(ear), files.toList());
        }
    }

    @Test
    @DisplayName("remove of nothing leaves the file untouched")
    void removesNothing() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        byte[] original = Files.readAllBytes(ear);
        assertEquals(0, run("1.0.0", "remove", ear.toString()));
        assertTrue(output().contains("there is no hp-qr to remove"), output());
        assertArrayEquals(original, Files.readAllBytes(ear));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("the new file has the permissions of the old one, and a symbolic link stays one")
    void keepsPermissionsAndLinks() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        Files.setPosixFilePermissions(ear, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(dir.resolve("link.ear"), ear);

        assertEquals(0, run("1.0.0", "install", link.toString()));

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("1.0.0", ArchiveEar.open(ear).hpQr());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(ear)));
    }

    @Test
    @DisplayName("an EAR in which a module of hp-qr is missing is reported, and repaired by install")
    void repairs() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        run("1.0.0", "install", ear.toString());
        Path broken = dir.resolve("broken.ear");
        copyWithout(ear, broken, "hp-qr-arc.jar");

        assertEquals(0, run("1.0.0", "status", broken.toString()));
        assertTrue(output().contains("1.0.0, incomplete"), output());
        assertEquals(0, run("1.0.0", "install", broken.toString()));
        assertArrayEquals(Files.readAllBytes(ear), Files.readAllBytes(broken));
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("other minor version", "is dcm4chee-arc 5.33.1; this hp-qr is made for 5.34.x and 5.35.x only",
                        SyntheticEar.archive("5.33.1", "psql", "unsecure")),
                refusal("other major version", "is dcm4chee-arc 6.34.0", SyntheticEar.archive("6.34.0", "psql", "unsecure")),
                refusal("version that begins alike", "is dcm4chee-arc 5.341.0",
                        SyntheticEar.archive("5.341.0", "psql", "unsecure")),
                refusal("no descriptor", "has no META-INF/application.xml",
                        SyntheticEar.archive().without(ApplicationDescriptor.ENTRY)),
                refusal("descriptor that is no XML", "META-INF/application.xml cannot be parsed",
                        SyntheticEar.archive().with(ApplicationDescriptor.ENTRY, "<application>")),
                refusal("foreign EAR", "is not an EAR of dcm4chee-arc", SyntheticEar.archive().with(
                        ApplicationDescriptor.ENTRY, "<application><module><ejb>shop.jar</ejb></module></application>")),
                refusal("EAR of another application with archive modules", "is not an EAR of dcm4chee-arc",
                        SyntheticEar.archive().with(ApplicationDescriptor.ENTRY, SyntheticEar.descriptor("5.34.3",
                                "unsecure").replace("<application-name>dcm4chee-arc<", "<application-name>other<"))),
                refusal("missing module", "is damaged: the module dcm4chee-arc-store-5.34.3.jar is missing",
                        SyntheticEar.archive().without("dcm4chee-arc-store-5.34.3.jar")),
                refusal("missing entities", "lacks a part that every EAR of dcm4chee-arc has: dcm4chee-arc-entity",
                        SyntheticEar.archive().without("lib/dcm4chee-arc-entity-5.34.3-psql.jar")),
                refusal("hp-qr added by hand", "names hp-qr-ejb.jar, but not in the block this installer writes",
                        SyntheticEar.archive().with("hp-qr-ejb.jar", "x").with(ApplicationDescriptor.ENTRY,
                                SyntheticEar.descriptor("5.34.3", "unsecure").replace("  <library-directory>",
                                        "<module><ejb>hp-qr-ejb.jar</ejb></module><library-directory>"))));
    }

    private static Arguments refusal(String name, String message, SyntheticEar ear) {
        return Arguments.of(name, message, ear);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    @DisplayName("what it does not know is refused with a message, and not touched")
    void refuses(String name, String message, SyntheticEar content) throws Exception {
        Path ear = content.writeTo(dir.resolve("arc.ear"));
        assertRefused(ear, message);
    }

    @ParameterizedTest(name = "after {0} %")
    @ValueSource(ints = {0, 1, 50, 99})
    @DisplayName("a truncated file is refused")
    void refusesTruncated(int percent) throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        byte[] bytes = Files.readAllBytes(ear);
        Files.write(ear, Arrays.copyOf(bytes, bytes.length * percent / 100));
        assertRefused(ear, "is damaged or not a zip file");
    }

    @Test
    @DisplayName("a file with a flipped bit in an entry is refused")
    void refusesFlippedBit() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        byte[] bytes = Files.readAllBytes(ear);
        byte[] stored = "web services 5.34.3".getBytes(StandardCharsets.UTF_8);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(stored, StandardCharsets.ISO_8859_1));
        bytes[at] ^= 1;
        Files.write(ear, bytes);
        assertRefused(ear, "is damaged: the checksum of dcm4chee-arc-war-5.34.3-unsecure.war is wrong");
    }

    @Test
    @DisplayName("a folder and a missing file are refused")
    void refusesFolderAndMissingFile() throws Exception {
        Path folder = Files.createDirectory(dir.resolve("exploded.ear"));
        assertEquals(1, run("1.0.0", "install", folder.toString()));
        assertTrue(errors().contains("not exploded"), errors());
        assertEquals(1, run("1.0.0", "install", dir.resolve("none.ear").toString()));
        assertTrue(errors().contains("no such file"), errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "install", "instal arc.ear", "status arc.ear --out x", "install arc.ear --out",
            "install arc.ear -o x", "install arc.ear --out x y"})
    @DisplayName("a wrong call prints the usage and ends with 2")
    void printsUsage(String line) {
        assertEquals(2, run("1.0.0", line.isEmpty() ? new String[0] : line.split(" ")));
        assertTrue(errors().startsWith("usage: java -jar hp-qr-installer.jar"), errors());
    }

    private void assertRefused(Path ear, String message) throws IOException {
        byte[] original = Files.readAllBytes(ear);
        for (String command : List.of("install", "remove", "status")) {
            assertEquals(1, run("1.0.0", command, ear.toString()), command);
            assertTrue(errors().contains(message), command + ": " + errors());
        }
        assertArrayEquals(original, Files.readAllBytes(ear));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(ear), files.toList());
        }
    }

    private static void copyWithout(Path source, Path target, String name) throws IOException {
        try (ZipFile in = new ZipFile(source.toFile()); ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            zip.setComment(in.getComment());
            for (ZipEntry entry : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator)
                if (!entry.getName().equals(name)) {
                    zip.putNextEntry(new ZipEntry(entry));
                    in.getInputStream(entry).transferTo(zip);
                    zip.closeEntry();
                }
        }
    }

    private int run(String version, String... args) {
        return run(SyntheticEar.payload(version), args);
    }

    private int run(Payload payload, String... args) {
        out.reset();
        err.reset();
        return new Installer(() -> payload, new PrintStream(out, true), new PrintStream(err, true)).run(args);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
