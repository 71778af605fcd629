package org.hpqr.testkit.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Messages that a document quotes: between backticks in the first column of tables that begin with "Message". The sign … stands for a
 * value. A status before an Error Comment is not looked for, as the log adds it.
 */
public final class QuotedMessages {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern STATUS = Pattern.compile("^[0-9A-F]{4}H ");
    /** In the code, a message may be put together of literals. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final String HEAD = "| message |";

    private QuotedMessages() {
    }

    /** The messages that {@code document} quotes. */
    public static List<String> in(Path document) throws IOException {
        List<String> lines = Files.readAllLines(document);
        return lines.stream()
                .filter(line -> line.startsWith("| ") && headOf(line, lines).toLowerCase(Locale.ROOT).startsWith(HEAD))
                .flatMap(line -> QUOTED.matcher(line.split(" \\| ")[0]).results())
                .map(result -> STATUS.matcher(result.group(1)).replaceFirst(""))
                .toList();
    }

    private static String headOf(String row, List<String> lines) {
        int first = lines.indexOf(row);
        while (first > 0 && lines.get(first - 1).startsWith("|"))
            first--;
        return lines.get(first);
    }

    /** Those of {@code messages} whose fixed parts are not all in the Java files and shell scripts of {@code sources}. */
    public static List<String> unknown(List<String> messages, List<Path> sources) throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path source : sources)
            try (Stream<Path> files = Files.walk(source)) {
                code.append(files.filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".sh"))
                        .map(QuotedMessages::read).collect(Collectors.joining()));
            }
        String text = JOINT.matcher(code).replaceAll("");
        return messages.stream().filter(message -> !fixedParts(message).allMatch(text::contains)).toList();
    }

    /** Without the quotation marks, which are escaped in the code. */
    private static Stream<String> fixedParts(String message) {
        return Arrays.stream(message.split("[…\"]")).map(String::strip).filter(part -> part.length() > 2);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
