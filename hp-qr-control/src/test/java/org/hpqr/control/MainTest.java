package org.hpqr.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hpqr.control.Frame.Kind;
import org.hpqr.control.Frame.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a server that answers as the test wants. */
class MainTest {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path data;
    private Path files;

    @BeforeEach
    void makeDirectories() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        files = directory.resolve("files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "export a b", "export --forse a", "import", "import --force a", "import there-is-no-such-file"})
    void wrongArgumentsAreAnsweredWithOneLine(String arguments) {
        assertEquals(2, run(arguments.split(" ")));

        assertEquals("", text(out));
        assertEquals(1, text(err).lines().count(), text(err));
        assertTrue(text(err).startsWith("hp-qr.sh: "), text(err));
    }

    @Test
    void exportWritesAFileForEachObject() throws Exception {
        assertEquals(0, export(new String[] {}, object("2.25.1", OLD), object("2.25.2", NEW), Frame.end("")));

        assertArrayEquals(OLD, Files.readAllBytes(files.resolve("2.25.1.dcm")));
        assertArrayEquals(NEW, Files.readAllBytes(files.resolve("2.25.2.dcm")));
        assertEquals(2, count(), "nothing else is left");
        assertEquals("2 exported, 0 unchanged, 0 failed\n", text(out));
        assertEquals("", text(err));
    }

    @Test
    void exportReplacesNothingUnlessItIsTold() throws Exception {
        assertEquals(0, export(new String[] {}, object("2.25.1", OLD), Frame.end("")));
        assertEquals(0, export(new String[] {}, object("2.25.1", OLD), Frame.end("")));
        assertEquals(1, export(new String[] {}, object("2.25.1", NEW), object("2.25.2", NEW), Frame.end("")));

        assertArrayEquals(OLD, Files.readAllBytes(files.resolve("2.25.1.dcm")));
        assertArrayEquals(NEW, Files.readAllBytes(files.resolve("2.25.2.dcm")), "the others are exported");
        assertTrue(text(out).endsWith("0 exported, 1 unchanged, 0 failed\n1 exported, 0 unchanged, 1 failed\n"), text(out));
        assertEquals("2.25.1: failed: " + files.resolve("2.25.1.dcm") + " has other content; --force replaces it\n", text(err));

        assertEquals(0, export(new String[] {"--force"}, object("2.25.1", NEW), Frame.end("")));
        assertArrayEquals(NEW, Files.readAllBytes(files.resolve("2.25.1.dcm")));
        assertEquals(2, count());
    }

    @Test
    void exportWritesNothingOutsideOfItsDirectory() throws Exception {
        // where the unfinished file would be
        Files.createDirectories(directory.resolve("..."));
        assertEquals(1, export(new String[] {}, object("../2.25.1", NEW), Frame.end("")));

        assertEquals(0, count());
        assertFalse(Files.exists(directory.resolve("2.25.1.dcm")));
    }

    @Test
    void exportNamesWhatCannotBeRead() throws Exception {
        assertEquals(1, export(new String[] {}, Frame.of(Kind.FAILURE, "2.25.1", "it is damaged"), object("2.25.2", NEW),
                Frame.end("")));

        assertEquals("2.25.1: failed: it is damaged\n", text(err));
        assertArrayEquals(NEW, Files.readAllBytes(files.resolve("2.25.2.dcm")));
    }

    @Test
    void exportThatEndsEarlyIsNotDone() throws Exception {
        assertEquals(2, export(new String[] {}, object("2.25.1", OLD), Frame.end("the database does not answer")));
        assertEquals("hp-qr.sh: not all objects were exported: the database does not answer\n", text(err));
    }

    @Test
    void serverThatGoesAwayIsNamed() throws Exception {
        try (FakeServer server = new FakeServer(data, frame -> List.of())) {
            assertEquals(2, run("export", files.toString()));
            assertEquals(1, server.received.size());
        }
        assertEquals(1, text(err).lines().count());
        assertTrue(text(err).startsWith("hp-qr.sh: the connection to the server is lost"), text(err));
    }

    @Test
    void exportIntoAFileIsRefused() throws Exception {
        Files.write(files, OLD);
        assertEquals(2, export(new String[] {}, Frame.end("")));
        assertTrue(text(err).startsWith("hp-qr.sh: " + files + " is not a directory"), text(err));
    }

    @Test
    void importSendsEveryFileAndSaysWhatBecameOfIt() throws Exception {
        Path below = Files.createDirectories(files.resolve("a/b"));
        Files.write(files.resolve("1.dcm"), OLD);
        Files.write(below.resolve("2\n.dcm"), NEW);
        Files.write(files.resolve("c"), new byte[100]);
        Files.write(files.resolve("d"), NEW);
        FakeServer server = new FakeServer(data, MainTest::answer);
        try (server) {
            assertEquals(1, run("import", files.toString()));
        }
        assertEquals(List.of(Kind.REQUEST, Kind.OBJECT, Kind.OBJECT, Kind.OBJECT, Kind.END),
                server.received.stream().map(Frame::kind).toList());
        assertEquals(List.of(files + "/1.dcm: stored", files + "/a/b/2?.dcm: refused: A900 because",
                files + "/c: refused: larger than 10 bytes", files + "/d: refused: A900 because",
                "1 stored, 0 replaced, 0 unchanged, 3 refused"), text(out).lines().toList());
        assertEquals("", text(err));
    }

    @Test
    void retiredObjectsAreExportedApartAndNotImportedUnlessTheyAreNamed() throws Exception {
        assertEquals(0, export(new String[] {}, new Frame(Kind.OBJECT, "2.25.1", "retired", OLD), object("2.25.2", OLD), Frame.end("")));
        Path retired = files.resolve("retired");
        assertArrayEquals(OLD, Files.readAllBytes(retired.resolve("2.25.1.dcm")));
        assertEquals(2, count());
        out.reset();

        try (FakeServer server = new FakeServer(data, MainTest::answer)) {
            assertEquals(0, run("import", files.toString()));
        }
        assertEquals(List.of(retired + "/2.25.1.dcm: skipped: it was retired when it was exported", files + "/2.25.2.dcm: stored",
                "1 stored, 0 replaced, 0 unchanged, 0 refused, 1 skipped"), text(out).lines().toList());
        out.reset();
        try (FakeServer server = new FakeServer(data, MainTest::answer)) {
            assertEquals(0, run("import", retired.toString()));
        }
        assertEquals(List.of(retired + "/2.25.1.dcm: stored", "1 stored, 0 replaced, 0 unchanged, 0 refused"), text(out).lines().toList());
    }

    @Test
    void importEndsWhenTheServerCanTakeNoMore() throws Exception {
        Files.createDirectory(files);
        for (int i = 0; i < 3; i++)
            Files.write(files.resolve(i + ".dcm"), OLD);
        try (FakeServer server = new FakeServer(data, frame -> List.of(frame.kind() == Kind.REQUEST
                ? Frame.of(Kind.READY, "", "10") : Frame.end("A700H The database is not available")))) {
            assertEquals(2, run("import", files.toString()));
            assertEquals(2, server.received.size());
        }
        assertEquals("0 stored, 0 replaced, 0 unchanged, 0 refused\n", text(out));
        assertEquals("hp-qr.sh: A700H The database is not available\n", text(err));
    }

    private static List<Frame> answer(Frame frame) {
        return switch (frame.kind()) {
            case REQUEST -> List.of(Frame.of(Kind.READY, "", "10"));
            case OBJECT -> List.of(frame.content().length == OLD.length
                    ? Frame.of(Kind.RESULT, Outcome.STORED.name(), "")
                    : Frame.of(Kind.RESULT, Outcome.REFUSED.name(), "A900 because"));
            default -> List.of();
        };
    }

    private static Frame object(String uid, byte[] content) {
        return new Frame(Kind.OBJECT, uid, "", content);
    }

    /** Exports what the server sends. */
    private int export(String[] options, Frame... sent) throws Exception {
        List<Frame> frames = new ArrayList<>(List.of(Frame.of(Kind.READY, "", String.valueOf(sent.length - 1))));
        frames.addAll(List.of(sent));
        List<String> arguments = new ArrayList<>(List.of("export"));
        arguments.addAll(List.of(options));
        arguments.add(files.toString());
        try (FakeServer server = new FakeServer(data, frame -> frames)) {
            return run(arguments.toArray(String[]::new));
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(directory.toString(), data.toString()));
        all.addAll(List.of(arguments));
        return new Main(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all.toArray(String[]::new));
    }

    private long count() throws IOException {
        try (Stream<Path> list = Files.list(files)) {
            return list.count();
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
