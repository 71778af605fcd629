package org.hpqr.ohif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.store.iod.HangingProtocolIod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table in docs/viewers.md, from OHIF to DICOM and back. */
class FromOhifTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Pattern STEP = Pattern.compile("(\\w+)(?:\\[(\\d+)\\])?(?:\\.|$)");

    static Stream<OhifRow> rows() {
        return OhifRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void becomesWhatTheTableSays(OhifRow row) throws Exception {
        Attributes dataset = FromOhif.convert(row.protocol(), NOW).dataset();

        for (Map.Entry<String, String> expected : row.expected().entrySet())
            assertEquals(expected.getValue(), at(dataset, expected.getKey()), expected.getKey());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void reportsWhatIsLost(OhifRow row) throws Exception {
        List<String> reported = new ArrayList<>(FromOhif.convert(row.protocol(), NOW).diagnostics().stream()
                .map(FromOhifTest::at).toList());

        assertEquals(row.reported().stream().sorted().toList(), reported.stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isValidInEveryRule(OhifRow row) throws Exception {
        assertEquals(Optional.empty(), HangingProtocolIod.firstViolation(FromOhif.convert(row.protocol(), NOW).dataset()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void comesBackAsItWas(OhifRow row) throws Exception {
        JsonObject protocol = row.protocol();
        Attributes dataset = FromOhif.convert(protocol, NOW).dataset();

        for (String transferSyntax : List.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian))
            assertEquals(new OhifProtocols(List.of(protocol), List.of()),
                    ToOhif.convert(DatasetCodec.decode(DatasetCodec.encode(dataset, transferSyntax), transferSyntax)));
    }

    @Test
    void keepsTextOfOtherAlphabets() throws Exception {
        JsonObject protocol = OhifRow.parse(OhifRow.all().findFirst().orElseThrow().protocol().toString().replace("MR two up", "胸部 \\\"CT\\\""));
        Attributes dataset = FromOhif.convert(protocol, NOW).dataset();

        assertEquals("胸部 \"CT\"", dataset.getString(Tag.HangingProtocolName));
        assertEquals(List.of(protocol), ToOhif.convert(dataset).protocols());
    }

    /** Who has changed the DICOM object wants to see the change in OHIF, too. */
    @Test
    void isConvertedAnewIfTheStandardPartWasChanged() throws Exception {
        JsonObject protocol = OhifRow.all().findFirst().orElseThrow().protocol();
        Attributes dataset = FromOhif.convert(protocol, NOW).dataset();
        dataset.setString(Tag.HangingProtocolName, VR.SH, "changed");

        OhifProtocols converted = ToOhif.convert(dataset);
        assertEquals("changed", converted.protocols().get(0).getString("name"));
        assertEquals("HPQR OHIF original", at(converted.diagnostics().get(0)));
    }

    @Test
    void ignoresAnElementThatSomebodyElseHasWritten() {
        Attributes dataset = SampleProtocol.make();
        dataset.setString("HPQR OHIF", 0x00730001, VR.UT, "{\"digest\": 1");

        OhifProtocols converted = ToOhif.convert(dataset);
        assertEquals("CT prior", converted.protocols().get(0).getString("name"));
        assertEquals("HPQR OHIF original", at(converted.diagnostics().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "{\"id\": \"a\"}",
        "{\"id\": 1, \"stages\": 2, \"displaySetSelectors\": []}",
        "{\"id\": \"a\", \"stages\": [{\"viewports\": [{\"displaySets\": [{\"id\": \"none\"}]}]}]}",
    })
    void refusesWhatShowsNothing(String json) {
        assertThrows(InvalidOhifProtocolException.class, () -> FromOhif.convert(OhifRow.parse(json), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\": \"a\", \"displaySetSelectors\": {\"s\": 1}, \"stages\": [{\"viewports\": [{\"displaySets\": [{\"id\": \"s\"}]}]}]}",
        "{\"id\": \"a\", \"numberOfPriorsReferenced\": 1e300, \"displaySetSelectors\": {\"s\": {\"seriesMatchingRules\": [1, {}, {\"constraint\": {\"equals\": null}}]}},"
                + " \"stages\": [{\"viewports\": [{\"viewportOptions\": [], \"displaySets\": [{\"id\": \"s\", \"options\": 3}]}]}]}",
        "{\"id\": \"\\u0007\", \"name\": \"\\\\\", \"createdDate\": \"2026-13-45\", \"displaySetSelectors\": {\"\\n\\u0001s\": {}},"
                + " \"stages\": [{\"name\": \"\\\\\", \"viewportStructure\": {\"properties\": {\"rows\": -1, \"columns\": 1e9}},"
                + " \"viewports\": [{\"displaySets\": [{\"id\": \"\\n\\u0001s\"}]}]}]}",
    })
    void staysValidWhateverComes(String json) throws Exception {
        assertEquals(Optional.empty(), HangingProtocolIod.firstViolation(FromOhif.convert(OhifRow.parse(json), NOW).dataset()));
    }

    private static String at(Diagnostic diagnostic) {
        return diagnostic.path() + ' ' + diagnostic.code();
    }

    private static String at(Attributes dataset, String path) {
        Attributes item = dataset;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            int tag = tag(step.group(1));
            if (step.group(2) == null)
                return text(item, tag);
            Sequence items = item.getSequence(tag);
            int index = Integer.parseInt(step.group(2));
            if (items == null || items.size() < index)
                return null;
            item = items.get(index - 1);
        }
        throw new AssertionError(path);
    }

    private static int tag(String keyword) {
        return Mapping.tag(keyword).orElseGet(() -> Mapping.attribute(keyword).orElseThrow().tag());
    }

    private static String text(Attributes item, int tag) {
        if (!item.containsValue(tag))
            return null;
        if (item.getVR(tag) == VR.AT)
            return String.format("%08X", item.getInt(tag, 0));
        return String.join("\\", item.getStrings(tag));
    }
}
