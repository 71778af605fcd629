package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written as text comes back with the same values (PS3.18 Annex F, PS3.19 A.1). */
class TextFormatRoundTripTest {

    static Stream<Map.Entry<String, Supplier<Attributes>>> samples() {
        return Stream.concat(SampleProtocols.all().entrySet().stream(),
                Stream.of(Map.entry("complete", CompleteProtocol::make)));
    }

    @Clause("PS3.18 Annex F")
    @ParameterizedTest
    @MethodSource("samples")
    void jsonKeepsTheValues(Map.Entry<String, Supplier<Attributes>> sample) throws Exception {
        Attributes object = received(sample.getValue().get());
        assertEquals(values(object), values(fromJson(toJson(object))));
    }

    @Clause("PS3.19 A.1")
    @ParameterizedTest
    @MethodSource("samples")
    void xmlKeepsTheValues(Map.Entry<String, Supplier<Attributes>> sample) throws Exception {
        Attributes object = received(sample.getValue().get());
        assertEquals(values(object), values(fromXml(toXml(object))));
    }

    @Clause("PS3.18 8.8")
    @Test
    void bothKeepTheValuesOfProtocolsInEveryCharacterSet() throws Exception {
        RandomProtocols protocols = new RandomProtocols(14);
        for (int i = 0; i < 500; i++) {
            Attributes object = received(protocols.next());
            assertEquals(values(object), values(fromJson(toJson(object))));
            assertEquals(values(object), values(fromXml(toXml(object))));
        }
    }

    @Test
    void bothReadBigEndianObjects() throws Exception {
        Attributes object = DatasetCodec.decode(DatasetCodec.encode(CompleteProtocol.make(), UID.ExplicitVRBigEndian),
                UID.ExplicitVRBigEndian);
        String expected = values(received(CompleteProtocol.make()));
        assertEquals(expected, values(fromJson(toJson(object))));
        assertEquals(expected, values(fromXml(toXml(object))));
    }

    /** What is stored, also by C-STORE, can be exported and imported. */
    @ParameterizedTest
    @ValueSource(strings = {"a^b^c^d^e=f=g", "=f", "==g", "^^^^e", "a=b=c=d", "a==^^^^5=d", "a^b^c^d^e^f", "a==c=", "a^^^^e^"})
    void bothKeepNamesOfMoreComponentsThanANameHas(String name) throws Exception {
        Attributes object = new Attributes();
        object.setValue(Tag.SelectorPNValue, VR.PN, name);
        object = received(object);
        assertEquals(values(object), values(fromJson(toJson(object))));
        assertEquals(values(object), values(fromXml(toXml(object))));
    }

    /** PS3.5 6.2: only spaces at the end are padding. */
    @Clause("PS3.5 6.2")
    @ParameterizedTest
    @CsvSource({"UC, 0072006F", "UR, 00720071", "LT, 00720068", "ST, 0072006E", "UT, 00720070"})
    void bothKeepSpacesAtTheBeginning(String vr, String tag) throws Exception {
        String json = "[{\"" + tag + "\":{\"vr\":\"" + vr + "\",\"Value\":[\"  a b\"]}}]";
        Attributes object = fromJson(json.getBytes(StandardCharsets.UTF_8));
        assertEquals(json, new String(toJson(object), StandardCharsets.UTF_8));
        assertEquals(json, new String(toJson(fromXml(toXml(object))), StandardCharsets.UTF_8));
    }

    /** Without validation, an object may have such values. */
    @ParameterizedTest
    @CsvSource({"AT, 00720026", "UL, 00720074", "FD, 00720074"})
    void aValueThatIsCutShortIsNone(VR vr, String tag) throws Exception {
        Attributes object = new Attributes();
        object.setBytes(Integer.parseInt(tag, 16), vr, new byte[2]);
        assertEquals("[{\"" + tag + "\":{\"vr\":\"" + vr + "\"}}]", new String(toJson(received(object)), StandardCharsets.UTF_8));
        assertFalse(fromXml(toXml(received(object))).containsValue(Integer.parseInt(tag, 16)));
    }

    @Test
    void aValueOfControlCharactersOnlyIsEmpty() throws Exception {
        String json = new String(toJson(fromJson("[{\"00080119\":{\"vr\":\"UN\",\"InlineBinary\":\"AAk=\"}}]".getBytes(StandardCharsets.UTF_8))),
                StandardCharsets.UTF_8);
        assertEquals("[{\"00080119\":{\"vr\":\"UC\"}}]", json);
    }

    static Attributes received(Attributes object) throws IOException {
        return DatasetCodec.decode(DatasetCodec.encode(object, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
    }

    static byte[] toJson(Attributes... objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DicomJsonWriter writer = new DicomJsonWriter(out)) {
            for (Attributes object : objects)
                writer.write(object);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static Attributes fromJson(byte[] json) throws IOException {
        DicomJsonReader reader = new DicomJsonReader(new ByteArrayInputStream(json), DecodingLimits.NONE_SMALLER);
        Attributes object = reader.next();
        assertNull(reader.next());
        return received(object);
    }

    static byte[] toXml(Attributes object) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NativeDicomWriter.write(object, out);
        return out.toByteArray();
    }

    static Attributes fromXml(byte[] xml) throws IOException {
        NativeDicomReader reader = new NativeDicomReader(new ByteArrayInputStream(xml), DecodingLimits.NONE_SMALLER);
        Attributes object = reader.next();
        assertNull(reader.next());
        return received(object);
    }

    /** Every element with its values as text; Specific Character Set is that of the text format. */
    private static String values(Attributes item) {
        StringBuilder text = new StringBuilder();
        for (int tag : item.tags()) {
            VR.Holder vr = new VR.Holder();
            Object value = item.getValue(tag, vr);
            text.append(String.format("%n%08X %s ", tag, vr.vr));
            if (tag == Tag.SpecificCharacterSet)
                text.append("UTF-8");
            else if (value instanceof Sequence items)
                items.forEach(nested -> text.append('{').append(values(nested)).append('}'));
            else if (vr.vr.isInlineBinary())
                text.append(Arrays.toString(ElementValues.littleEndian(item, vr.vr, bytes(item, tag))));
            else
                text.append(Arrays.toString(item.getStrings(tag)));
        }
        return text.toString();
    }

    private static byte[] bytes(Attributes item, int tag) {
        try {
            return item.getBytes(tag) == null ? new byte[0] : item.getBytes(tag);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
