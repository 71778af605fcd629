package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpqr.testkit.documentation.QuotedMessages;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/installation.md explains messages: they have to be ones of the code. */
class InstallationGuideTest {

    private static final Path ROOT = Path.of("..");

    @Test
    @DisplayName("every message in the tables of the chapter Troubleshoot is in the code")
    void messages() throws IOException {
        List<String> messages = QuotedMessages.in(ROOT.resolve("docs/installation.md"));

        assertTrue(messages.size() > 20, messages::toString);
        assertEquals(List.of(), QuotedMessages.unknown(messages,
                List.of(ROOT.resolve("hp-qr-arc/src/main"), ROOT.resolve("hp-qr-ejb/src/main"), ROOT.resolve("hp-qr-installer/src/main"),
                        ROOT.resolve("hp-qr-web/src/main"))));
    }

    @Test
    @DisplayName("the settings that only the archive has are as the guide says")
    void settings() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/installation.md")).stream()
                .dropWhile(line -> !line.equals("### DICOMweb and the page"))
                .takeWhile(line -> !line.startsWith("The archive knows as its own"))
                .filter(line -> line.startsWith("| `")).toList();
        assertEquals(WebSettings.ALL.stream().map(setting -> "| `" + setting.name() + "` | " + setting.defaultText() + " | "
                + setting.allowed() + " | " + setting.description() + " |").toList(), rows);
    }
}
