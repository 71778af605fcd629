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
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No value of a peer ever is part of the text of a statement. */
class BoundValuesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Where a statement is made: the text is whatever stands in the first argument. */
    private static final Pattern CALL = Pattern.compile(
            "\\.(createQuery|createNativeQuery|createStatement|prepareStatement|prepareCall|execute(?:Query|Update)?)\\(\\s*((?:\"[^\"]*\"|[^,)\"])*)");
    /** String literals and constants, put together. */
    private static final Pattern CONSTANT = Pattern.compile("(\"[^\"]*\"|[A-Z][A-Z0-9_]*|\\+|\\s)+");

    @ParameterizedTest
    @ValueSource(strings = {"' OR '1'='1", "x'; DROP TABLE hp_object; --", "\"", "?", "%", "_", "*'*", "*\" OR 1=1 --",
        "{fn user()}", "${x}", ":uid", "-- */", "\u2019"})
    void statementIsTheSameForAnyValue(String value) throws HpFailure {
        String plain = value.indexOf('*') >= 0 || value.indexOf('?') >= 0 ? "A*" : "A";

        assertEquals(statement(plain), statement(value));
    }

    private static String statement(String value) throws HpFailure {
        Attributes request = new Attributes();
        request.setString(Tag.HangingProtocolName, VR.SH, value);
        request.setString(Tag.HangingProtocolUserGroupName, VR.LO, value);
        Attributes user = new Attributes();
        user.setString(Tag.CodeValue, VR.SH, value);
        request.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 1).add(user);
        Attributes definition = new Attributes();
        definition.setString(Tag.Modality, VR.CS, value);
        Attributes region = new Attributes();
        region.setString(Tag.LongCodeValue, VR.UC, value);
        region.setString(Tag.CodingSchemeDesignator, VR.SH, value);
        definition.newSequence(Tag.AnatomicRegionSequence, 1).add(region);
        request.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        return new CandidateSql(FindIdentifier.of(request, UnknownValues.STRICT, 100).filter()).text();
    }

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
        // one of constants; the marks of as many values as there are; what the test above is about
        assertEquals(Set.of("CommitSync.java", "HangingProtocolRepository.java", "ReadingConnection.java"), madeElsewhere);
    }

    /** Tasks are executed, too. */
    private static boolean isOfExecutor(Matcher call) {
        return call.group(1).equals("execute") && (call.group(2).contains("->") || call.group(2).isEmpty()
                || call.group(2).equals("task") || call.group(2).equals("("));
    }
}
