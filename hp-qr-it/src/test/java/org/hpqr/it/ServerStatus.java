package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.server.ExternalProcess;

/**
 * What {@code hp-qr-status.sh} and the status file tell an administrator.
 *
 * @param data data directory of the server
 */
public record ServerStatus(Path data) {

    private static final Path SCRIPT = Path.of(System.getProperty("it.server"), "bin", "hp-qr-status.sh").toAbsolutePath();

    Path file() {
        return data.resolve("hp-qr.prom");
    }

    /** What the script prints, without its cost: this is asked until something is told. */
    public List<String> metrics() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the script, which has to end with this exit code and to say these lines; returns all it says. */
    public List<String> assertStatus(int code, String... lines) {
        try (ExternalProcess status = script()) {
            assertEquals(code, status.awaitEnd(), status::output);
            assertTrue(status.lines().containsAll(List.of(lines)), status::output);
            return status.lines();
        }
    }

    ExternalProcess script(String... options) {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(options));
        return new ExternalProcess(data, Map.of("HPQR_DATA", data.toString()), command);
    }
}
