package org.hpqr.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/statuses.md has every status, and says what to do. */
class StatusesPageTest {

    private static final String HEAD = "| Status | Services | HTTP | Meaning | Defined in | What to do |";

    @Test
    void statuses() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/statuses.md")).stream().dropWhile(line -> !line.equals(HEAD)).skip(2)
                .takeWhile(line -> line.startsWith("|")).toList();
        String expected = Arrays.stream(HpStatus.values()).map(StatusesPageTest::row).collect(Collectors.joining("\n"));

        assertEquals(expected, rows.stream().map(row -> row.substring(0, row.lastIndexOf(" | ", row.length() - 3) + 3))
                .collect(Collectors.joining("\n")));
        assertEquals(List.of(), rows.stream().filter(row -> row.endsWith(" | |") || row.split(" \\| ").length != 6).toList());
    }

    private static String row(HpStatus status) {
        String services = Arrays.stream(HpService.values()).filter(status.services()::contains)
                .map(service -> service.name().substring(0, 1)).collect(Collectors.joining());
        return String.format("| %04X | %s | %d | %s | %s | ", status.code(), services, status.httpStatus(), status.condition(), status.clause());
    }
}
