package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is of the form that the standard describes, whatever the object is. */
class TextModelSchemaTest {

    private static final int RANDOM = 200;
    private static final Set<String> NUMBERS = Set.of("DS", "FL", "FD", "IS", "SL", "SS", "SV", "UL", "US", "UV");
    private static final Set<String> BINARY = Set.of("OB", "OD", "OF", "OL", "OV", "OW", "UN");
    private static final Set<String> TEXTS = Set.of("AE", "AS", "AT", "CS", "DA", "DT", "LO", "LT", "SH", "ST", "TM", "UC", "UI", "UR", "UT");

    static Stream<Map.Entry<String, Supplier<Attributes>>> objects() {
        RandomProtocols random = new RandomProtocols(19);
        return Stream.concat(Stream.concat(SampleProtocols.all().entrySet().stream(), Stream.of(Map.entry("complete", CompleteProtocol::make))),
                Stream.generate(() -> Map.<String, Supplier<Attributes>>entry("random", random::next)).limit(RANDOM));
    }

    @ParameterizedTest
    @MethodSource("objects")
    @Clause("PS3.19 A.1")
    void xmlIsANativeDicomModel(Map.Entry<String, Supplier<Attributes>> object) throws Exception {
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        NativeDicomWriter.write(received(object.getValue().get()), xml);
        validate(xml.toByteArray());
    }

    /** The schema is one that refuses something. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', value = {"<DicomAttribute tag='80060' vr='CS'/>", "<DicomAttribute tag='00080060' vr='XX'/>",
        "<DicomAttribute tag='00080060' vr='CS'><Value>CT</Value></DicomAttribute>", "<DicomAttribute vr='CS'/>",
        "<DicomAttribute tag='0072000C' vr='SQ'><Item number='0'/></DicomAttribute>"})
    void theSchemaRefusesWhatIsNone(String content) {
        String document = "<NativeDicomModel xmlns='http://dicom.nema.org/PS3.19/models/NativeDICOM'>" + content + "</NativeDicomModel>";
        boolean valid = true;
        try {
            validate(document.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            valid = false;
        }
        assertEquals(false, valid, document);
    }

    private static void validate(byte[] xml) throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(TextModelSchemaTest.class.getResource("native-dicom-model.xsd"));
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
    }

    @ParameterizedTest
    @MethodSource("objects")
    @Clause("PS3.18 Annex F")
    void jsonIsADicomJsonModel(Map.Entry<String, Supplier<Attributes>> object) throws Exception {
        JsonArray datasets = json(received(object.getValue().get()));
        assertEquals(1, datasets.size());
        checkDataset(datasets.getJsonObject(0));
    }

    /** F.2: keys are tags in order; vr is always there, and beside it at most one of Value, BulkDataURI, InlineBinary. */
    private static void checkDataset(JsonObject dataset) {
        assertEquals(List.copyOf(new TreeSet<>(dataset.keySet())), List.copyOf(dataset.keySet()), "tags in order");
        dataset.forEach((tag, value) -> {
            assertTrue(tag.matches("[0-9A-F]{8}") && !tag.endsWith("0000"), tag);
            JsonObject element = value.asJsonObject();
            String vr = element.getString("vr");
            List<String> names = new ArrayList<>(element.keySet());
            names.remove("vr");
            assertTrue(names.isEmpty() || List.of("Value").equals(names) && !BINARY.contains(vr)
                    || List.of("InlineBinary").equals(names) && BINARY.contains(vr), tag + " " + element);
            if (names.contains("Value"))
                checkValues(vr, element.getJsonArray("Value"));
            else if (!names.isEmpty())
                assertTrue(Base64.getDecoder().decode(element.getString("InlineBinary")).length > 0);
        });
    }

    /** F.2.3, F.2.5. */
    private static void checkValues(String vr, JsonArray values) {
        assertTrue(!values.isEmpty(), vr);
        for (JsonValue value : values) {
            ValueType type = value.getValueType();
            if (vr.equals("SQ")) {
                assertEquals(ValueType.OBJECT, type);
                checkDataset(value.asJsonObject());
            } else if (vr.equals("PN")) {
                assertTrue(type == ValueType.NULL || Set.of("Alphabetic", "Ideographic", "Phonetic").containsAll(value.asJsonObject().keySet()));
            } else {
                assertTrue(NUMBERS.contains(vr) || TEXTS.contains(vr), vr);
                assertTrue(type == ValueType.NULL || type == (NUMBERS.contains(vr) ? ValueType.NUMBER : ValueType.STRING), vr + ' ' + value);
            }
        }
    }

    /** F.2.1.1: several data sets are one array. */
    @Test
    @Clause("PS3.18 Annex F")
    void severalDataSetsAreOneArray() throws Exception {
        JsonArray datasets = json(SampleProtocols.chestXray(), SampleProtocols.privateElements());
        assertEquals(2, datasets.size());
        datasets.getValuesAs(JsonObject.class).forEach(TextModelSchemaTest::checkDataset);
    }

    private static JsonArray json(Attributes... datasets) throws Exception {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        DicomJsonWriter writer = new DicomJsonWriter(json);
        for (Attributes dataset : datasets)
            writer.write(dataset);
        writer.close();
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json.toByteArray()))) {
            return reader.readArray();
        }
    }

    /** As it is after it was received. */
    private static Attributes received(Attributes object) throws Exception {
        return DatasetCodec.decode(DatasetCodec.encode(object, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
    }
}
