package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpqr.testkit.server.ExternalProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code hp-qr.sh}, which {@code run.sh} starts, makes of {@code --db} and the environment. Java is replaced by a script
 * that says what it was given.
 */
class DatabaseChoiceIT {

    private static final String SCRIPT = "bin/hp-qr.sh";
    private static final String POSTGRESQL = "postgresql jdbc:postgresql://127.0.0.1:5432/hpqr hpqr hpqr";
    private static final String MARIADB = "mariadb jdbc:mariadb://127.0.0.1:3306/hpqr hpqr hpqr";

    @TempDir
    private Path home;

    private Path java;

    @BeforeEach
    void replaceJava() throws IOException {
        java = home.resolve("java");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("standalone/configuration"));
        for (String name : List.of("hp-qr.properties", "standalone.xml", "logging.properties"))
            Files.createFile(home.resolve("standalone/configuration").resolve(name));
        Files.copy(Path.of(System.getProperty("it.server"), SCRIPT), home.resolve(SCRIPT));
        for (String used : List.of("bin/hp-qr-settings.sh", "bin/hp-qr-status.sh"))
            Files.copy(Path.of(System.getProperty("it.server"), used), home.resolve(used));
        Files.writeString(java, """
                #!/bin/bash
                echo "database: $HPQR_DB ${HPQR_DB_URL-unset} ${HPQR_DB_USER-unset} ${HPQR_DB_PASSWORD-unset}"
                for argument in "$@"; do echo "argument: $argument"; done
                """);
        assertTrue(java.toFile().setExecutable(true));
    }

    static Stream<Arguments> databases() {
        return Stream.of(
                Arguments.of(List.of(), Map.of(), "h2 unset unset unset"),
                Arguments.of(List.of(), Map.of("HPQR_DB_URL", "jdbc:postgresql://db/hp", "HPQR_DB_USER", "u"), "h2 unset unset unset"),
                Arguments.of(List.of("--db", "postgresql"), Map.of(), POSTGRESQL),
                Arguments.of(List.of("--db=mariadb"), Map.of(), MARIADB),
                Arguments.of(List.of(), Map.of("HPQR_DB", "mariadb"), MARIADB),
                Arguments.of(List.of("--db", "postgresql"), Map.of("HPQR_DB", "mariadb"), POSTGRESQL),
                Arguments.of(List.of("--db", "postgresql"),
                        Map.of("HPQR_DB_URL", "jdbc:postgresql://db/hp", "HPQR_DB_USER", "u", "HPQR_DB_PASSWORD", "p"),
                        "postgresql jdbc:postgresql://db/hp u p"),
                Arguments.of(List.of("--db", "postgresql"), Map.of("HPQR_DB_URL", "", "HPQR_DB_USER", "", "HPQR_DB_PASSWORD", ""),
                        POSTGRESQL));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsNotSaidHasADefault(List<String> arguments, Map<String, String> variables, String expected) {
        try (ExternalProcess script = start(arguments, variables)) {
            assertEquals(0, script.awaitEnd(), script::output);
            assertEquals(List.of("database: " + expected), lines(script, "database: "));
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of("--db", "oracle"), Map.of(), "oracle"),
                Arguments.of(List.of("--db=PostgreSQL"), Map.of(), "PostgreSQL"),
                Arguments.of(List.of("--db"), Map.of(), "none"),
                Arguments.of(List.of(), Map.of("HPQR_DB", "db2"), "db2"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void anotherDatabaseIsRefusedInOneSentence(List<String> arguments, Map<String, String> variables, String named) {
        try (ExternalProcess script = start(arguments, variables)) {
            assertEquals(1, script.awaitEnd());
            assertEquals("hp-qr cannot start: database \"" + named + "\": allowed is h2, postgresql, mariadb", script.output());
        }
    }

    @Test
    void whatIsNotAboutTheDatabaseGoesToWildFly() {
        try (ExternalProcess script = start(List.of("-Dhpqr.port=104", "--db", "postgresql", "-b", "a b"), Map.of())) {
            assertEquals(0, script.awaitEnd(), script::output);
            List<String> given = lines(script, "argument: ");
            assertEquals(List.of("argument: -Dhpqr.port=104", "argument: -b", "argument: a b"), given.subList(given.size() - 3, given.size()));
        }
    }

    private ExternalProcess start(List<String> arguments, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HPQR_DATA", home.resolve("data").toString());
        environment.put("JAVA", java.toString());
        environment.put("HPQR_HTTP_PORT", "0");
        return new ExternalProcess(home, environment,
                Stream.concat(Stream.of("bash", home.resolve(SCRIPT).toString()), arguments.stream()).toList());
    }

    private static List<String> lines(ExternalProcess script, String prefix) {
        return script.lines().stream().filter(line -> line.startsWith(prefix)).toList();
    }
}
