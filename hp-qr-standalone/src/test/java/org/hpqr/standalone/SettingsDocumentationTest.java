package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hpqr.spi.Setting;
import org.junit.jupiter.api.Test;

/** What administrators read about the settings is what the code says about them. */
class SettingsDocumentationTest {

    private static final Path TABLE = Path.of("../docs/settings.md");
    private static final Path FILE = Path.of("../hp-qr-ear/src/main/server/standalone/configuration/hp-qr.properties");

    @Test
    void tableListsEverySetting() throws IOException {
        String rows = lines(TABLE).filter(line -> line.startsWith("| `")).collect(Collectors.joining("\n"));
        String expected = ServerSettings.allOfHome().map(SettingsDocumentationTest::row).collect(Collectors.joining("\n"));

        assertEquals(expected, rows, () -> "rows of " + TABLE + " should be those of " + kept(expected, "settings-rows.md"));
    }

    @Test
    void propertiesFileExplainsEverySettingAndSetsNone() throws IOException {
        String head = lines(FILE).takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
        String expected = Stream.concat(Stream.of(head), ServerSettings.allOfHome().map(SettingsDocumentationTest::entry))
                .collect(Collectors.joining("\n\n", "", "\n"));

        assertEquals(expected, Files.readString(FILE), () -> FILE + " should be " + kept(expected, "hp-qr.properties"));
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream();
    }

    /** To copy from, after a setting was added or changed. */
    private static Path kept(String expected, String name) {
        try {
            return Files.writeString(Path.of("target").resolve(name), expected).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(Setting<?> setting) {
        String defaultText = setting.defaultText().isEmpty() ? "" : '`' + setting.defaultText() + '`';
        return "| `" + ServerSettings.key(setting) + "` | " + defaultText + " | " + setting.allowed() + " | "
                + setting.description() + " |";
    }

    private static String entry(Setting<?> setting) {
        return ("# " + setting.description() + "\n# Allowed: " + setting.allowed() + "\n#" + ServerSettings.key(setting)
                + " = " + setting.defaultText()).stripTrailing();
    }
}
