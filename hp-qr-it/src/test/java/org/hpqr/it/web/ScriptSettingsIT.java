package org.hpqr.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.hpqr.testkit.server.ExternalProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start script reads settings as the server does, whose rules are those of {@code ConfigurationTest} in hp-qr-standalone. */
class ScriptSettingsIT {

    private static final Path SCRIPT = Path.of(System.getProperty("it.server"), "bin/hp-qr-settings.sh").toAbsolutePath();
    private static final int FILES = 300;
    private static final List<String> PIECES = List.of("hpqr.a", "hpqr.b", "c", "=", ":", " ", "\t", "\f", "\\", "\\\\", "\n", "\n", "\r\n", "\r", "#", "!",
            "\\n", "\\t", "\\=", "\\:", "\\ ", "\\\n", "\\u00e4", "\\u005c", "\\u0025", "\u00e4", "%s", "$(x)", "`y`", "'", "\"", "*", "${z}");

    @TempDir
    private Path directory;

    @Test
    void aPropertiesFileIsReadAsJavaReadsIt() throws IOException {
        Random random = new Random(14);
        List<Map<String, String>> expected = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            StringBuilder text = new StringBuilder("hpqr.c=\\ud83d\\ude00\nhpqr.a=");
            for (int left = random.nextInt(30); left > 0; left--)
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            Properties properties = new Properties();
            properties.load(new StringReader(text.toString()));
            // the shell has no empty key
            properties.remove("");
            expected.add(asMap(properties));
            Files.writeString(directory.resolve(i + ".properties"), text);
        }
        run("""
                for ((i = 0; i < %d; i++)); do
                    read_file $i.properties
                    for key in "${!of_file[@]}"; do printf '%%s\\0%%s\\0' "$key" "${of_file[$key]}"; done
                    printf '\\0'
                done >read""".formatted(FILES));

        String[] read = Files.readString(directory.resolve("read"), StandardCharsets.UTF_8).split("\0", -1);
        int next = 0;
        for (int i = 0; i < FILES; i++) {
            Map<String, String> actual = new TreeMap<>();
            for (; !read[next].isEmpty(); next += 2)
                actual.put(read[next], read[next + 1]);
            next++;
            String text = Files.readString(directory.resolve(i + ".properties"));
            assertEquals(expected.get(i), actual, () -> text);
        }
    }

    private static Map<String, String> asMap(Properties properties) {
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "||||default", "a||||a", "a|b|||b", "a|b|c||c", "a|b|c|d|d", "a|none|||default", "a|b|none||default", "a|b|c|none|default", " a\t||||a", "a| b |||b"})
    void theSourceFurtherUpWins(String file, String variable, String option, String argument, String expected) throws IOException {
        if (file != null)
            Files.writeString(directory.resolve("file.properties"), "hpqr.http-port = " + file);
        String script = "read_file file.properties\n" + (variable == null ? "" : "export HPQR_HTTP_PORT='" + valueOf(variable) + "'\n")
                + (option == null ? "" : "options=('-Dhpqr.http-port=" + valueOf(option) + "')\n")
                + (argument == null ? "" : "arguments=(-x '-Dhpqr.http-port=" + valueOf(argument) + "')\n");
        assertEquals(List.of(expected), run(script + "setting http-port default"));
    }

    private static String valueOf(String column) {
        return column.equals("none") ? "" : column;
    }

    @Test
    void aPasswordIsTheFirstLineOfItsFile() throws IOException {
        Files.writeString(directory.resolve("password"), "a\\b @c\r\nd\n");
        assertEquals(List.of("a\\b @c"), run("hpqr_tls_keystore_password=@" + directory.resolve("password") + "; secret tls-keystore-password none"));
        assertEquals(List.of("none"), run("secret tls-keystore-password none"));
    }

    private List<String> run(String script) {
        return ExternalProcess.run(directory, List.of("bash", "-euc", "options=(); arguments=(); . \"$0\"\n" + script, SCRIPT.toString()));
    }
}
