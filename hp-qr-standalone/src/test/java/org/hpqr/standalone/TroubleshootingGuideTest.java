package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hpqr.spi.Setting;
import org.hpqr.testkit.documentation.QuotedMessages;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md and docs/statuses.md name messages and settings: they have to be ones of the code. */
class TroubleshootingGuideTest {

    private static final Path ROOT = Path.of("..");
    private static final Path GUIDE = ROOT.resolve("docs/troubleshooting.md");
    private static final Pattern NAME = Pattern.compile("`(?:hpqr\\.)?([a-z]+(?:-[a-z]+)+)(?:=[^`]*)?`");

    @Test
    void everyMessageIsInTheCode() throws IOException {
        List<String> messages = QuotedMessages.in(GUIDE);

        assertTrue(messages.size() > 30, messages::toString);
        assertEquals(List.of(), QuotedMessages.unknown(messages, List.of(ROOT.resolve("run.sh"), ROOT.resolve("hp-qr-ear/src/main"),
                ROOT.resolve("hp-qr-ejb/src/main"), ROOT.resolve("hp-qr-standalone/src/main"))));
    }

    @Test
    void everySettingExists() throws IOException {
        Set<String> settings = ServerSettings.allOfHome().map(Setting::name).collect(Collectors.toSet());
        String text = Files.readString(GUIDE) + Files.readString(ROOT.resolve("docs/statuses.md"));
        Stream<String> named = NAME.matcher(text).results().map((MatchResult name) -> name.group(1));

        assertEquals(List.of(), named.filter(name -> !settings.contains(name)).distinct().toList());
    }
}
