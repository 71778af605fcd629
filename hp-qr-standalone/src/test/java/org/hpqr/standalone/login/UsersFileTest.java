package org.hpqr.standalone.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hpqr.standalone.login.UsersFile.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which users files are read. */
class UsersFileTest {

    private static final String HASH = PasswordHash.of("correct horse".toCharArray()).toString();

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("users");
    }

    /** Else the password that counts is that of the line that somebody has overlooked. */
    @Test
    void theSameUserTwiceIsRefused() throws IOException {
        Files.writeString(file, "anna::" + HASH + "\nbert::" + HASH + "\nanna:administrator:" + HASH + '\n');

        String message = assertThrows(IOException.class, () -> UsersFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ", line 3: "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a\"b", "a\\b", "a\tb", "anna ", "12345678901234567890123456789012345678901234567890123456789012345"})
    void anInvalidNameIsRefused(String name) throws IOException {
        Files.writeString(file, name + "::" + HASH + '\n');

        String message = assertThrows(IOException.class, () -> UsersFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ", line 1: "), message);
    }

    @Test
    void theLongestNameIsRead() throws IOException {
        String name = "n".repeat(64);
        Files.writeString(file, "\n  # all\n" + name + ": READERS,,ER :" + HASH + '\n');

        assertEquals(Set.of(name), UsersFile.read(file).keySet());
        assertEquals(Set.of("READERS", "ER"), UsersFile.read(file).get(name).roles());
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna:%s", "anna::%s:", "anna::READERS:%s", "anna"})
    void aLineHasThreeFields(String line) throws IOException {
        Files.writeString(file, String.format(line, HASH) + '\n');

        String message = assertThrows(IOException.class, () -> UsersFile.read(file)).getMessage();
        assertEquals(file + ", line 1: not name:roles:password hash", message);
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(10_000_001);
        }
        assertEquals(file + " is larger than 10000000 bytes", assertThrows(IOException.class, () -> UsersFile.read(file)).getMessage());
    }

    /** So that two files with the same users are equal. */
    @Test
    void rolesAreWrittenInTheirOrder() throws IOException {
        UsersFile.write(file, List.of(new Entry("anna", new LinkedHashSet<>(List.of("ER", "CT", "MR")), PasswordHash.parse(HASH))));

        assertEquals("anna:CT,ER,MR:" + HASH + '\n', Files.readString(file));
    }

    @Test
    void aFileThatCannotBeReplacedLeavesNothingBehind() throws IOException {
        Files.createDirectories(file.resolve("not empty"));

        assertThrows(IOException.class, () -> UsersFile.write(file, List.of()));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
