package org.hpqr.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;

/** The retrieve tables of {@code docs/conformance.md} that restate code say what the code says. */
class RetrieveStatementTest {

    private static final Path STATEMENT = Path.of("..", "docs", "conformance.md");

    @Test
    void statuses() throws IOException {
        checkTable("| Status | C-MOVE | C-GET | When | Defined in |", Arrays.stream(HpStatus.values())
                .filter(status -> isOf(status, HpService.MOVE) || isOf(status, HpService.GET))
                .map(status -> row(String.format("%04X", status.code()), isOf(status, HpService.MOVE) ? "x" : "",
                        isOf(status, HpService.GET) ? "x" : "", status.condition(), status.clause())).toList());
    }

    private static boolean isOf(HpStatus status, HpService service) {
        return status.services().contains(service);
    }

    @Test
    void limits() throws IOException {
        checkTable("| Retrieve setting | Default | What it does |", Stream.<Setting<?>>of(HpSettings.RETRIEVE_KEYS,
                        HpSettings.MAX_IDENTIFIER_SIZE, HpSettings.MAX_CONCURRENT_RETRIEVES, HpSettings.PENDING_INTERVAL,
                        HpSettings.STORE_ASSOCIATIONS, HpSettings.CONNECT_TIMEOUT, HpSettings.STORE_RESPONSE_TIMEOUT,
                        HpSettings.SEND_TIMEOUT, HpSettings.RECEIVE_TIMEOUT)
                .map(setting -> row("`" + setting.name() + "`", setting.defaultText(), setting.description())).toList());
    }

    @Test
    void everyFailureOfARetrieveIsExplained() throws IOException {
        String statement = Files.readString(STATEMENT);
        String failures = statement.substring(statement.indexOf("#### Statuses of C-MOVE and C-GET"),
                statement.indexOf("#### Time limits of a retrieve"));
        List<String> explained = failures.lines().filter(line -> line.endsWith("|"))
                .dropWhile(line -> !line.startsWith("| Status | Condition |")).skip(2)
                .flatMap(line -> Stream.of(line.substring(2, line.indexOf(" |", 2)).split(", "))).toList();
        for (HpStatus status : HpStatus.values())
            if ((isOf(status, HpService.MOVE) || isOf(status, HpService.GET)) && status.code() >= 0xA000
                    && status.code() < 0xD000 && status != HpStatus.WARNING && status != HpStatus.NO_STATUS
                    && status != HpStatus.STATUS_NOT_ALLOWED)
                assertTrue(explained.contains(String.format("%04X", status.code())), status::toString);
    }

    private static String row(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |")).replace("|  |", "| |");
    }

    private static void checkTable(String head, List<String> rows) throws IOException {
        List<String> lines = Files.readAllLines(STATEMENT);
        int begin = lines.indexOf(head);
        assertTrue(begin >= 0, () -> "no table: " + head);
        List<String> found = lines.subList(begin + 2, lines.size()).stream().takeWhile(line -> line.startsWith("|")).toList();
        assertEquals(String.join("\n", rows), String.join("\n", found), head);
    }
}
