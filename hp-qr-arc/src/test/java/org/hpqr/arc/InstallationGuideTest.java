package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/installation.md explains messages: they have to be ones of the code. */
class InstallationGuideTest {

    private static final Pattern MESSAGE = Pattern.compile("`([^`]+)`");
    /** Answers are logged with their status before the Error Comment. */
    private static final Pattern STATUS = Pattern.compile("^[0-9A-F]{4}H ");
    /** In the code, a message may be put together of literals. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Path ROOT = Path.of("..");

    @Test
    @DisplayName("every message in the tables of the chapter Troubleshoot stands in the code")
    void messages() throws IOException {
        String code = code();
        List<String> messages = messagesOfTheGuide();
        assertTrue(messages.size() > 20, messages::toString);

        List<String> unknown = messages.stream()
                .filter(message -> !fixedPartsOf(message).allMatch(code::contains))
                .toList();

        assertEquals(List.of(), unknown);
    }

    private static List<String> messagesOfTheGuide() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/installation.md")).stream()
                .dropWhile(line -> !line.equals("## Troubleshoot"))
                .takeWhile(line -> !line.startsWith("At the peer"))
                .filter(line -> line.startsWith("| "))
                .flatMap(line -> MESSAGE.matcher(line.split("\\|")[1]).results())
                .map(result -> STATUS.matcher(result.group(1)).replaceFirst(""))
                .toList();
    }

    /** What stands between the places of values; without the quotation marks, which are escaped in the code. */
    private static Stream<String> fixedPartsOf(String message) {
        return Arrays.stream(message.split("[…\"]")).map(String::strip).filter(part -> part.length() > 2);
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("hp-qr-arc", "hp-qr-ejb", "hp-qr-installer"))
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                code.append(files.filter(file -> file.toString().endsWith(".java"))
                        .map(InstallationGuideTest::read).collect(Collectors.joining()));
            }
        return JOINT.matcher(code).replaceAll("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
