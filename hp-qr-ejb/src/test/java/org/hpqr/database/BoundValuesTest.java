package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No value of a peer ever is part of the text of a statement. */
class BoundValuesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Where a statement is made: the text is whatever stands in the first argument. */
    private static final Pattern CALL = Pattern.compile(
            "\\.(createQuery|createNativeQuery|createStatement|prepareStatement|prepareCall|execute(?:Query|Update)?)\\(\\s*((?:\"[^\"]*\"|[^,)\"])*)");
    /** String literals and constants, put together. */
    private static final Pattern CONSTANT = Pattern.compile("(\"[^\"]*\"|[A-Z][A-Z0-9_]*|\\+|\\s)+");

    /** Texts that are not constants are made where it has been looked at how. */
    @Test
    void statementsAreMadeOfConstants() throws IOException {
        List<String> calls = new ArrayList<>();
        Set<String> madeElsewhere = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher call = CALL.matcher(Files.readString(file));
                while (call.find()) {
                    if (isOfExecutor(call))
                        continue;
                    calls.add(call.group());
                    if (!call.group(2).isEmpty() && !CONSTANT.matcher(call.group(2)).matches())
                        madeElsewhere.add(file.getFileName().toString());
                }
            }
        }
        assertTrue(calls.size() > 5, calls::toString);
        // one of constants; the marks of as many values as there are; constants that one method prepares
        assertEquals(Set.of("CommitSync.java", "HangingProtocolRepository.java", "IntegrityRecords.java"), madeElsewhere);
    }

    /** Tasks are executed, too. */
    private static boolean isOfExecutor(Matcher call) {
        return call.group(1).equals("execute") && (call.group(2).contains("->") || call.group(2).isEmpty()
                || call.group(2).equals("task") || call.group(2).equals("("));
    }
}
