package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between documents lead to files and headings that exist, and every page of docs is in the index. */
class DocumentationLinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents())
            for (String link : links(document))
                if (!link.contains(":") && !exists(document, link))
                    broken.add(document + " -> " + link);
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPageIsInTheIndex() throws IOException {
        Set<String> linked = links(ROOT.resolve("docs/README.md")).stream().map(link -> link.replaceFirst("#.*", ""))
                .collect(Collectors.toSet());
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            assertEquals(List.of(), pages.map(page -> page.getFileName().toString())
                    .filter(page -> page.endsWith(".md") && !page.equals("README.md") && !linked.contains(page)).toList());
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of("docs", "toolkit", "src/library"))
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md") && !file.toString().contains("/target/")).forEach(documents::add);
            }
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        assertTrue(documents.size() > 15, documents::toString);
        return documents;
    }

    private static List<String> links(Path document) throws IOException {
        return LINK.matcher(text(document)).results().map((MatchResult link) -> link.group(1)).toList();
    }

    private static String text(Path document) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
    }

    private static boolean exists(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As forges make them: the second heading of the same text has -1 behind it, the third -2. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        text(document).lines().filter(line -> line.matches("#+ .*")).forEach(line -> {
            String anchor = line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
            int count = seen.merge(anchor, 1, Integer::sum);
            anchors.add(count == 1 ? anchor : anchor + '-' + (count - 1));
        });
        return anchors;
    }
}
