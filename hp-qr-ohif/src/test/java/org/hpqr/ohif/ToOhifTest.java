package org.hpqr.ohif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.store.iod.HangingProtocolIod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table in docs/viewers.md, from DICOM to OHIF; {@code OhifEngineIT} asks the same of the browser's half. */
class ToOhifTest {

    private static final List<String> OF_THE_SAMPLE = reported(ToOhif.convert(SampleProtocol.make()));

    static Stream<DicomRow> rows() {
        return DicomRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void becomesWhatTheTableSays(DicomRow row) {
        OhifProtocols converted = ToOhif.convert(row.protocol());
        JsonArray protocols = Json.createArrayBuilder(converted.protocols()).build();

        for (Map.Entry<String, String> expected : row.expected().entrySet())
            assertEquals(expected.getValue() == null ? null : parse(expected.getValue()), at(protocols, expected.getKey()), expected.getKey());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void reportsWhatIsLost(DicomRow row) {
        List<String> reported = new ArrayList<>(reported(ToOhif.convert(row.protocol())));
        OF_THE_SAMPLE.forEach(reported::remove);

        assertEquals(row.reported().stream().sorted().toList(), reported.stream().sorted().toList());
    }

    /** A row that nobody could store would show nothing. */
    @ParameterizedTest
    @MethodSource("rows")
    void rowsAreProtocolsThatAreValid(DicomRow row) {
        Attributes protocol = row.protocol();
        protocol.setString(Tag.HangingProtocolCreator, VR.LO, "Test");

        if (row.isValid())
            assertEquals(Optional.empty(), HangingProtocolIod.firstViolation(protocol));
    }

    private static List<String> reported(OhifProtocols converted) {
        return converted.diagnostics().stream().map(diagnostic -> diagnostic.path() + ' ' + diagnostic.code()).toList();
    }

    private static JsonValue at(JsonArray protocols, String pointer) {
        return Json.createPointer(pointer).containsValue(protocols) ? Json.createPointer(pointer).getValue(protocols) : null;
    }

    private static JsonValue parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }
}
