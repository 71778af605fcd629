package org.hpqr.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names the modules, packages and classes that exist. */
class ArchitecturePageTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PLUGIN = Path.of("src/main/java/org/hpqr");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ROW_OF_MODULES = Pattern.compile("(?m)^\\| ((?:`[a-z0-9/-]+`(?:, )?)+) \\|");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\| `org\\.hpqr\\.([a-z]+)` \\|");
    private static final Pattern PICTURE = Pattern.compile("(?s)## One picture.*?```(.*?)```");
    private static final Pattern CLASS_IN_PICTURE = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)+)(?:\\.[a-z][A-Za-z]*)?`");
    private static final Pattern MODULE_IN_PICTURE = Pattern.compile("hp-qr-[a-z]+");
    /** Words of the picture that are no classes of this project. */
    private static final Set<String> FOREIGN = Set.of("DicomService", "WildFly");

    private final String page = read(ROOT.resolve("docs/architecture.md"));

    @Test
    void modules() {
        Set<String> modules = new TreeSet<>(find(MODULE, read(ROOT.resolve("pom.xml"))));
        modules.remove("toolkit");
        find(MODULE, read(ROOT.resolve("toolkit/pom.xml"))).forEach(module -> modules.add("toolkit/" + module));
        Set<String> named = ROW_OF_MODULES.matcher(page).results().flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(name -> name.replace("`", "")).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(modules, named);
        assertEquals(List.of(), find(MODULE_IN_PICTURE, picture()).stream().filter(module -> !modules.contains(module)).toList());
    }

    @Test
    void packages() throws IOException {
        try (Stream<Path> folders = Files.list(PLUGIN)) {
            assertEquals(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(find(PACKAGE, page)));
        }
    }

    @Test
    void classes() throws IOException {
        Set<String> existing = new TreeSet<>(FOREIGN);
        try (Stream<Path> files = Files.walk(ROOT, 14)) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .forEach(name -> existing.add(name.substring(0, name.length() - ".java".length())));
        }
        List<String> named = Stream.concat(find(CLASS_IN_PICTURE, picture()).stream(), find(CLASS, page).stream()).toList();

        assertTrue(named.size() > 50, named::toString);
        assertEquals(List.of(), named.stream().filter(name -> !existing.contains(name)).distinct().toList());
    }

    private String picture() {
        return find(PICTURE, page).get(0);
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(found.groupCount() == 0 ? 0 : 1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
