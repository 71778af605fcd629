package org.hpqr.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every text file has the form that .editorconfig asks for. */
class EditorConfigTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TEXT = Pattern.compile(".*\\.(?:java|xml|md|sh|yml|yaml|json|html|css|js|mjs|py|sql|ldif|cli|properties)");
    /** What is made, and what others wrote. */
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "node_modules", "data");
    private static final Pattern TRAILING = Pattern.compile("(?m)[ \\t]+$");

    @Test
    void textFiles() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Path> files = files();
        for (Path file : files) {
            String text = text(file, wrong);
            boolean isMarkdown = file.toString().endsWith(".md");
            if (text.contains("\r"))
                wrong.add(file + ": end_of_line = lf");
            if (!text.isEmpty() && !text.endsWith("\n"))
                wrong.add(file + ": insert_final_newline");
            if (!isMarkdown && TRAILING.matcher(text).find())
                wrong.add(file + ": trim_trailing_whitespace");
            if (file.toString().endsWith(".java") && text.contains("\t"))
                wrong.add(file + ": indent_style = space");
        }
        assertTrue(files.size() > 400, () -> "only " + files.size());
        assertEquals(List.of(), wrong);
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return LEFT_OUT.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && TEXT.matcher(file.getFileName().toString()).matches())
                    files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static String text(Path file, List<String> wrong) throws IOException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException e) {
            wrong.add(file + ": charset = utf-8");
            return "";
        }
    }
}
