package org.hpqr.standalone.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hpqr.spi.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users in a file: what the command writes, and who can log in by it. */
class UserCommandTest {

    private static final String SECRET = "correct horse";

    @TempDir
    private Path directory;
    private Path file;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void name() {
        file = directory.resolve("data/users");
    }

    private boolean run(String password, String... arguments) throws IOException {
        return new UserCommand(file, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(arguments), password::toCharArray);
    }

    @Test
    void whoWasAddedCanLogIn() throws Exception {
        assertTrue(run(SECRET, "add", "anna", "--role", "READERS", "--role", "group-manager"));
        PasswordLogin login = new PasswordLogin(file);

        Optional<User> anna = Optional.of(new User("anna", Set.of("READERS", "group-manager"), true));
        assertEquals(anna, login.verify("anna", SECRET.toCharArray(), "127.0.0.1"));
        assertEquals(anna, login.verify("anna", SECRET.toCharArray(), "127.0.0.1"), "again, by what is remembered");
        assertEquals(Optional.empty(), login.verify("anna", "correct horsf".toCharArray(), "127.0.0.1"));
        assertEquals(Optional.empty(), login.verify("anna", new char[0], "127.0.0.1"));
        assertEquals(Optional.of(new User("anna", Set.of("READERS", "group-manager"), false)), login.named("anna"), "without proof");
        assertEquals(Optional.empty(), login.verify("bert", SECRET.toCharArray(), "127.0.0.1"));
        assertEquals(Optional.empty(), login.verify("bert", "nobody".toCharArray(), "127.0.0.1"), "what his password is compared with");
    }

    @Test
    void aRunningServerSeesChanges() throws Exception {
        run(SECRET, "add", "anna");
        PasswordLogin login = new PasswordLogin(file);
        assertTrue(login.verify("anna", SECRET.toCharArray(), "127.0.0.1").isPresent());

        run("another secret", "add", "anna", "--role", "administrator");
        assertFalse(login.verify("anna", SECRET.toCharArray(), "127.0.0.1").isPresent());
        assertEquals(Set.of("administrator"), login.verify("anna", "another secret".toCharArray(), "127.0.0.1").orElseThrow().roles());

        run("", "remove", "anna");
        assertFalse(login.verify("anna", "another secret".toCharArray(), "127.0.0.1").isPresent());
    }

    @Test
    void nobodyLogsInByAFileThatIsGone() throws Exception {
        run(SECRET, "add", "anna");
        PasswordLogin login = new PasswordLogin(file);
        Files.delete(file);

        assertEquals(Optional.empty(), login.verify("anna", SECRET.toCharArray(), "127.0.0.1"));
    }

    @Test
    void theFileIsForItsOwnerAndHasNoPassword() throws IOException {
        run(SECRET, "add", "anna");
        run(SECRET, "add", "bert");

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertFalse(String.join("", lines).contains(SECRET));
        assertFalse(lines.get(0).split(":")[2].equals(lines.get(1).split(":")[2]), "each has a salt of its own");
        assertEquals(List.of(file), Files.list(file.getParent()).toList());
    }

    @Test
    void usersAreListedAndRemoved() throws IOException {
        run(SECRET, "add", "bert", "--role", "ER", "--role", "CT");
        run(SECRET, "add", "anna");
        run("", "remove", "anna");
        out.reset();

        assertTrue(run("", "list"));
        assertEquals("bert CT,ER\n", out.toString(StandardCharsets.UTF_8));
        assertThrows(IllegalArgumentException.class, () -> run("", "remove", "anna"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a,b", "#a", "a\"b", "a\\b", "a\nb", " a"})
    void namesThatTheFileCannotCarryAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> run(SECRET, "add", name));
        assertThrows(IllegalArgumentException.class, () -> run(SECRET, "add", "anna", "--role", name));
        assertFalse(Files.exists(file));
    }

    @Test
    void aShortPasswordIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> run("1234567", "add", "anna"));
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "add", "add anna READERS", "add anna --rolle READERS", "remove", "list all", "help"})
    void whatIsNoCommandIsExplained(String arguments) throws IOException {
        assertFalse(run(SECRET, arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Usage:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "anna:READERS", "anna:READERS:secret", ":READERS:x", "anna::pbkdf2-sha512$0$AAAA$AAAA",
        "anna::pbkdf2-sha512$999999999$AAAA$AAAA", "anna::pbkdf2-sha512$1$AAAA$AAAA"})
    void aMalformedLineIsNamed(String line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# users\n\n" + line + '\n');

        assertTrue(assertThrows(IOException.class, () -> new PasswordLogin(file)).getMessage().startsWith(file + ", line 3: "));
    }
}
