package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.ExternalProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run.sh} builds, starts and says. Maven and the server are replaced by scripts. */
class RunScriptIT {

    private static final Path SCRIPT = Path.of(System.getProperty("it.sources"), "../run.sh");

    @TempDir
    private Path directory;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectory(directory.resolve("the project"));
        Files.createDirectories(directory.resolve("bin"));
        for (String folder : List.of("toolkit", "hp-qr-ear/src/main", "src/config"))
            Files.createDirectories(project.resolve(folder));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("hp-qr-ear/pom.xml"));
        Files.copy(SCRIPT, project.resolve("run.sh"));
        maven("""
                for i in $(seq 1000); do echo "output of a build"; done
                server="$PROJECT/hp-qr-ear/target/server"
                mkdir -p "$server/bin" "$server/standalone/deployments"
                touch "$server/standalone/deployments/hp-qr.ear"
                echo 'echo "server with data in $HPQR_DATA, given: $*"' >"$server/bin/hp-qr.sh"
                """);
    }

    @Test
    void firstStartBuildsAndSaysLittle() {
        try (ExternalProcess run = run("-Dhpqr.port=104", "a b")) {
            assertEquals(0, run.awaitEnd(), run::output);

            assertEquals(List.of(
                    "Building, which takes a few minutes the first time; Maven's output is in " + project + "/target/build.log",
                    "Starting, with data in " + project + "/data",
                    "server with data in " + project + "/data, given: -Dhpqr.port=104 a b"), run.lines());
        }
        try (ExternalProcess run = run()) {
            assertEquals(0, run.awaitEnd(), run::output);
            assertEquals("Starting, with data in " + project + "/data", run.lines().get(0), "built once");
        }
    }

    @Test
    void failedBuildIsNotStartedAndNamesItsLog() throws IOException {
        maven("echo '[ERROR] no space left'; exit 1");
        try (ExternalProcess run = run()) {
            assertEquals(1, run.awaitEnd());

            assertEquals("hp-qr cannot start: the build failed, see " + project + "/target/build.log",
                    run.lines().get(run.lines().size() - 1));
        }
        assertEquals("[ERROR] no space left", Files.readString(project.resolve("target/build.log")).strip());
    }

    @Test
    void symbolicLinkFromAnywhereStartsTheProjectAndRelativeDataIsTheCallers() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("start"), project.resolve("run.sh"));
        try (ExternalProcess run = run(link, Map.of("HPQR_DATA", "my data"))) {
            assertEquals(0, run.awaitEnd(), run::output);

            assertTrue(run.output().endsWith("server with data in my data, given: "), run::output);
        }
        assertFalse(Files.exists(project.resolve("my data")));
    }

    @Test
    void signalWhileItBuildsEndsTheBuild() throws IOException {
        maven("echo $$ >\"$PROJECT/maven\"; exec sleep 600");
        try (ExternalProcess run = run()) {
            Path maven = project.resolve("maven");
            Await.untilTrue("Maven runs", () -> Files.exists(maven) && read(maven).endsWith("\n"));
            ProcessHandle build = ProcessHandle.of(Long.parseLong(read(maven).strip())).orElseThrow();

            run.terminate();

            assertNotEquals(0, run.awaitEnd());
            Await.untilTrue("Maven has ended", () -> !build.isAlive());
        }
    }

    private void maven(String script) throws IOException {
        Path maven = directory.resolve("bin/mvn");
        Files.writeString(maven, "#!/bin/bash\n" + script);
        assertTrue(maven.toFile().setExecutable(true));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ExternalProcess run(String... arguments) {
        return run(project.resolve("run.sh"), Map.of(), arguments);
    }

    private ExternalProcess run(Path script, Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PROJECT", project.toString());
        environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        return new ExternalProcess(directory, environment, command);
    }
}
