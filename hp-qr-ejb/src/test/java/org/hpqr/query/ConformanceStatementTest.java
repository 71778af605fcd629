package org.hpqr.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.ModelAttribute.MatchingType;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;

/** The tables of {@code docs/conformance.md} that restate code say what the code says. */
class ConformanceStatementTest {

    private static final Path STATEMENT = Path.of("..", "docs", "conformance.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "hpqr");
    /** The text of a failure: literals, with what is between them. */
    private static final Pattern COMMENT =
            Pattern.compile("(?:new HpFailure\\([^,]+,|mismatch\\()\\s*\"((?:[^\"]|\" \\+ [^\"]+ \\+ \")+)\"");

    private static final String STORAGE = "### Storage";
    private static final String FIND = "### C-FIND";

    /** The items of these are described by those of Anatomic Region Sequence. */
    private static final List<Integer> LIKE_REGION = List.of(Tag.ProcedureCodeSequence,
            Tag.ReasonForRequestedProcedureCodeSequence, Tag.HangingProtocolUserIdentificationCodeSequence,
            Tag.EquivalentCodeSequence);

    @Test
    void keys() throws IOException {
        checkTable(FIND, "| Attribute | Tag | VR | Matching key | Types of matching | Return key | Defined in |",
                rows("", HangingProtocolModel.ATTRIBUTES));
    }

    @Test
    void statuses() throws IOException {
        checkStatuses(STORAGE, HpService.STORE);
        checkStatuses(FIND, HpService.FIND);
    }

    private static void checkStatuses(String section, HpService service) throws IOException {
        checkTable(section, "| Status | When | Defined in |", Arrays.stream(HpStatus.values())
                .filter(status -> status.services().contains(service))
                .map(status -> row(String.format("%04X", status.code()), status.condition(), status.clause())).toList());
    }

    @Test
    void limits() throws IOException {
        checkLimits(STORAGE, HpSettings.DUPLICATE_POLICY, HpSettings.HISTORY_SIZE, HpSettings.VALIDATION, HpSettings.MAX_OBJECT_SIZE,
                HpSettings.RECEIVE_TIMEOUT);
        checkLimits(FIND, HpSettings.UNKNOWN_VALUES, HpSettings.MAX_IDENTIFIER_SIZE, HpSettings.MAX_KEYS,
                HpSettings.MAX_MATCHES, HpSettings.MAX_CONCURRENT_FINDS, HpSettings.FIND_TIMEOUT, HpSettings.SEND_TIMEOUT,
                HpSettings.RECEIVE_TIMEOUT);
    }

    private static void checkLimits(String section, Setting<?>... settings) throws IOException {
        checkTable(section, "| Setting | Default | What it does |", Arrays.stream(settings)
                .map(setting -> row("`" + setting.name() + "`", setting.defaultText(), setting.description())).toList());
    }

    /** Every failure of a store is in the table that says what to do. */
    @Test
    void everyFailureOfAStoreHasARecovery() throws IOException {
        List<String> recoveries = table(STORAGE, "| Status | Condition | Offending Element | Recovery |");
        for (HpStatus status : HpStatus.values())
            if (status.services().contains(HpService.STORE) && status != HpStatus.SUCCESS)
                assertTrue(recoveries.stream().anyMatch(row -> row.startsWith(String.format("| %04X | ", status.code()))),
                        status::toString);
    }

    /** Every Error Comment of a C-FIND that stands in the code stands in the statement; a number in it as N. */
    @Test
    void errorComments() throws IOException {
        String statement = Files.readString(STATEMENT);
        List<String> comments = new ArrayList<>();
        for (String source : List.of("query/KeyParser", "query/FindIdentifier", "dimse/HangingProtocolFindScp", "dimse/FindTask",
                "dimse/HangingProtocolScp"))
            COMMENT.matcher(Files.readString(SOURCES.resolve(source + ".java"))).results()
                    .map(comment -> comment.group(1).replaceAll("\" \\+ [^\"]+ \\+ \"", "N")).forEach(comments::add);
        // in one place for all services
        comments.addAll(List.of("The identifier is larger than N bytes", "No memory is free for the identifier"));
        assertTrue(comments.size() > 20, comments::toString);
        for (String comment : comments)
            assertTrue(statement.contains(" | " + comment + " | "), comment);
    }

    private static List<String> rows(String prefix, List<ModelAttribute> attributes) {
        List<String> rows = new ArrayList<>();
        for (ModelAttribute attribute : attributes) {
            rows.add(row(prefix + attribute.name(), String.format("(%04X,%04X)", attribute.tag() >>> 16,
                            attribute.tag() & 0xFFFF), attribute.vr().toString(), TableSymbols.of(attribute.key()),
                    types(attribute), TableSymbols.of(attribute.response()), attribute.clause()));
            if (!LIKE_REGION.contains(attribute.tag()))
                rows.addAll(rows(prefix + ">", attribute.items()));
        }
        return rows;
    }

    private static String types(ModelAttribute attribute) {
        return attribute.matching().stream().sorted().map(type -> type == MatchingType.WILD_CARD && attribute.vr() == VR.CS
                ? "(" + TableSymbols.of(type) + ")" : TableSymbols.of(type)).collect(Collectors.joining(", "));
    }

    private static String row(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |")).replace("|  |", "| |");
    }

    private static void checkTable(String section, String head, List<String> rows) throws IOException {
        assertEquals(String.join("\n", rows), String.join("\n", table(section, head)), section + ": " + head);
    }

    private static List<String> table(String section, String head) throws IOException {
        List<String> lines = Files.readAllLines(STATEMENT);
        List<String> inSection = lines.subList(lines.indexOf(section) + 1, lines.size());
        int begin = inSection.indexOf(head);
        assertTrue(begin >= 0, () -> "no table: " + head);
        return inSection.subList(begin + 2, inSection.size()).stream().takeWhile(line -> line.startsWith("|")).toList();
    }
}
