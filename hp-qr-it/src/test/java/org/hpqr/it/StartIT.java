package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How {@code hp-qr.sh} starts the server: one process, whatever it is given; and what it says when it cannot. */
@Order(1)
class StartIT {

    private static final Path HOME = Path.of(System.getProperty("it.server")).toAbsolutePath().normalize();
    private static final String SCRIPT = HOME.resolve("bin/hp-qr.sh").toString();
    private static final int NOBODY = 65_534;
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    private static final String REFUSAL = "hp-qr cannot start: ";

    @TempDir
    private Path directory;

    /**
     * By a link, with a relative folder for its data, whose name the shell makes, as Java knows it only in a locale that has it;
     * and by another user than the one who has built it, where that can be tried: by root.
     */
    @Test
    void processOfTheScriptIsThatOfTheServerWhereverItsDataIsWhichNoOtherServerGets() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("start"), Path.of(SCRIPT));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        boolean byNobody = mayBeRunByNobody();
        String start = """
                cd "$1"; name=$(printf 'd\\303\\244 ta'); export LC_ALL=C HPQR_DATA="$name"; shift
                exec "$@\"""";
        List<String> command = new ArrayList<>(List.of("bash", "-c", start, "start", directory.toString()));
        command.addAll(byNobody ? AS_NOBODY : List.of());
        command.addAll(List.of("bash", link.toString()));
        try (ExternalProcess server = start(Map.of(), command.toArray(String[]::new))) {
            server.awaitLine(line -> line.contains("hp-qr listening: "));
            List<ProcessHandle> processes = server.handles();
            ProcessHandle started = processes.get(processes.size() - 1);
            assertTrue(started.info().command().orElse("").endsWith("/java"), () -> started.info().toString());

            assertEquals(List.of("d\\303\\244 ta"), shell("LC_ALL=C ls --escape -d d* | sed 's/\\\\ / /g'"));
            assertTrue(shell("ls d*").containsAll(List.of("hp-qr.properties", "hp-qr.mv.db", "log")), "all is in it");
            assertEquals(List.of("server.log"), shell("ls d*/log | grep server.log"));
            assertEquals(List.of(byNobody ? String.valueOf(NOBODY) : shell("id -u").get(0)), shell("stat -c %u d*/hp-qr.mv.db"));
            assertSecondServerIsRefusedAtOnce(started, command);
            server.terminate();
            assertEquals(0, server.awaitEnd());
        }
    }

    /** Root runs this test, and the build is not in a folder that only root may enter. */
    private boolean mayBeRunByNobody() {
        return shell("[ $(id -u) = 0 ] && " + String.join(" ", AS_NOBODY) + " test -r " + HOME.resolve("jboss-modules.jar")
                + " && echo yes || echo no").equals(List.of("yes"));
    }

    private void assertSecondServerIsRefusedAtOnce(ProcessHandle first, List<String> command) {
        Await.untilTrue("the status is told", () -> shell("ls d*").contains("hp-qr.prom"));
        try (ExternalProcess second = start(Map.of(), command.toArray(String[]::new))) {
            assertEquals(1, second.awaitEnd());

            assertEquals(1, second.lines().size(), second::output);
            assertTrue(second.output().startsWith(REFUSAL + "the data directory " + directory + "/d"), second::output);
            assertTrue(second.output().endsWith(" is in use by another server, process " + first.pid()), second::output);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Map.of("JAVA", "/nowhere/java"), List.of(), "there is no Java: /nowhere/java not found"),
                Arguments.of(Map.of("HPQR_DATA", "/proc/nowhere"), List.of(), "the data directory /proc/nowhere cannot be made: "),
                Arguments.of(Map.of("JAVA_OPTS", "-Xmx12z"), List.of(), "Invalid maximum heap size: -Xmx12z; see "),
                Arguments.of(Map.of(), List.of("--wrong"), "WFLYSRV0073: Invalid option '--wrong'; see "),
                Arguments.of(Map.of("HPQR_DB_URL", "jdbc:postgresql://127.0.0.1:1/hpqr"), List.of("--db", "postgresql"),
                        "the database (postgresql) cannot be used: Connection to 127.0.0.1:1 refused. "),
                Arguments.of(Map.of("HPQR_BIND_ADDRESS", "192.0.2.1"), List.of(),
                        "hpqr.bind-address, hpqr.port: cannot listen on 192.0.2.1:"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void lastLineOfARefusedStartSaysWhy(Map<String, String> variables, List<String> arguments, String reason) {
        Map<String, String> environment = new HashMap<>(Map.of("HPQR_DATA", directory.toString()));
        environment.putAll(variables);
        try (ExternalProcess server = start(environment, Stream.concat(Stream.of("bash", SCRIPT), arguments.stream()).toArray(String[]::new))) {
            assertNotEquals(0, server.awaitEnd());

            List<String> lines = server.lines();
            assertTrue(lines.get(lines.size() - 1).startsWith(REFUSAL + reason), server::output);
            assertTrue(lines.size() <= 10, server::output);
        }
    }

    /** So that one user may build it and another run it. */
    @Test
    void whoMayReadWildFlyMayReadAllOfIt() throws IOException {
        Set<PosixFilePermission> read = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        Set<PosixFilePermission> needed = Files.getPosixFilePermissions(HOME.resolve("jboss-modules.jar"));
        try (Stream<Path> files = Files.walk(HOME)) {
            assertEquals(List.of(), files.filter(Files::isRegularFile).filter(file -> read.stream()
                    .anyMatch(who -> needed.contains(who) && !permissions(file).contains(who))).toList());
        }
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ExternalProcess start(Map<String, String> variables, String... command) {
        Map<String, String> environment = new HashMap<>(Map.of("HPQR_PORT", String.valueOf(FreePort.find()), "HPQR_HTTP_PORT", "0"));
        environment.putAll(variables);
        environment.putIfAbsent("JAVA_OPTS", StandaloneServer.QUICK_START);
        return new ExternalProcess(directory, environment, List.of(command));
    }

    private List<String> shell(String script) {
        return ExternalProcess.run(directory, List.of("bash", "-c", script));
    }
}
