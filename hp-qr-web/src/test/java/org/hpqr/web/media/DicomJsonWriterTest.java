package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** PS3.18 Annex F, as it is written. */
class DicomJsonWriterTest {

    @Clause("PS3.18 Annex F")
    @Test
    void f2_2_anArrayOfObjectsWithTagsInOrderAndVrAlways() throws Exception {
        assertJson("[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]},\"00720002\":{\"vr\":\"SH\",\"Value\":[\"CT\"]}}]", item -> {
            item.setString(Tag.HangingProtocolName, VR.SH, "CT");
            item.setString(Tag.SOPInstanceUID, VR.UI, "1.2");
        });
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_2_tagsAreUnsigned() throws Exception {
        assertJson("[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]},\"FFFCFFFC\":{\"vr\":\"OB\",\"InlineBinary\":\"AAA=\"}}]",
                item -> {
                    item.setBytes(Tag.DataSetTrailingPadding, VR.OB, new byte[2]);
                    item.setString(Tag.SOPInstanceUID, VR.UI, "1.2");
                });
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_5_anEmptyAttributeHasNoValue() throws Exception {
        assertJson("[{\"00080060\":{\"vr\":\"CS\"},\"0072000C\":{\"vr\":\"SQ\"}}]", item -> {
            item.setNull(Tag.Modality, VR.CS);
            item.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ);
        });
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_5_anEmptyValueAmongOthersIsNullAndAnEmptyItemAnObject() throws Exception {
        assertJson("[{\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{}]},\"00720066\":{\"vr\":\"LO\",\"Value\":[\"a\",null,\"b\"]}}]", item -> {
            item.setString(Tag.SelectorLOValue, VR.LO, "a", "", "b");
            item.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(new Attributes());
        });
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_3_numbersOfIsDsAndBinaryVrsAreNumbers() throws Exception {
        assertJson("[{\"00720014\":{\"vr\":\"US\",\"Value\":[65535]},\"00720064\":{\"vr\":\"IS\",\"Value\":[12]},"
                + "\"00720072\":{\"vr\":\"DS\",\"Value\":[1.50,-2]},\"00720108\":{\"vr\":\"FD\",\"Value\":[0.0,0.5]}}]", item -> {
            item.setInt(Tag.NumberOfPriorsReferenced, VR.US, 65_535);
            item.setString(Tag.SelectorISValue, VR.IS, "12 ");
            item.setString(Tag.SelectorDSValue, VR.DS, "1.50", "-2");
            item.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, 0, 0.5);
        });
    }

    @Test
    void f2_3_aNumberThatIsNoneStaysText() throws Exception {
        assertJson("[{\"00720072\":{\"vr\":\"DS\",\"Value\":[\"many\"]},\"00720108\":{\"vr\":\"FD\",\"Value\":[\"NaN\",\"-Infinity\"]}}]",
                item -> {
                    item.setString(Tag.SelectorDSValue, VR.DS, "many");
                    item.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, Double.NaN, Double.NEGATIVE_INFINITY);
                });
    }

    @Test
    void f2_3_anAttributeTagIsItsDigits() throws Exception {
        assertJson("[{\"00720026\":{\"vr\":\"AT\",\"Value\":[\"00080060\",\"FFFEE000\"]}}]",
                item -> item.setInt(Tag.SelectorAttribute, VR.AT, Tag.Modality, 0xFFFEE000));
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_2_aPersonNameHasItsComponentGroups() throws Exception {
        assertJson("[{\"0072006A\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Yamada^Tarou\",\"Phonetic\":\"Y\"}]}}]",
                item -> item.setString(Tag.SelectorPNValue, VR.PN, "Yamada^Tarou==Y"));
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_7_aBinaryValueIsInlineBase64InLittleEndian() throws Exception {
        Attributes item = new Attributes(true);
        item.setBytes(Tag.SelectorOWValue, VR.OW, new byte[] {1, 2});
        assertEquals("[{\"00720069\":{\"vr\":\"OW\",\"InlineBinary\":\"AgE=\"}}]", json(item));
    }

    @Clause("PS3.18 8.8")
    @Test
    void f1_textIsUtf8AndSpecificCharacterSetSaysSo() throws Exception {
        assertJson("[{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},\"00720010\":{\"vr\":\"LO\",\"Value\":[\"Ärzte\"]}}]", item -> {
            item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
            item.setString(Tag.HangingProtocolUserGroupName, VR.LO, "Ärzte");
        });
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_2_severalDataSetsAreOneArray() {
        Attributes item = new Attributes();
        item.setNull(Tag.Modality, VR.CS);
        assertEquals("[]", new String(TextFormatRoundTripTest.toJson(), StandardCharsets.UTF_8));
        assertEquals("[{},{\"00080060\":{\"vr\":\"CS\"}},{}]",
                new String(TextFormatRoundTripTest.toJson(new Attributes(), item, new Attributes()), StandardCharsets.UTF_8));
    }

    /** RFC 8259 chapter 7. */
    @Test
    void whatAStringMustNotHaveIsEscaped() throws Exception {
        assertJson("[{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},\"00720070\":{\"vr\":\"UT\",\"Value\":"
                + "[\"\\u0001\\u001f\\b\\t\\n\\u000b\\f\\r \\\" \\\\ / \u007f \u2028 é 漢 😀\"]}}]", item -> {
            item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
            item.setString(Tag.SelectorUTValue, VR.UT, "\u0001\u001f\b\t\n\u000b\f\r \" \\ / \u007f \u2028 é 漢 😀");
        });
    }

    /** UTF-8 has no bytes for half of a pair of surrogates. */
    @Test
    void anUnpairedSurrogateIsAQuestionMark() {
        Attributes item = new Attributes();
        item.setString(Tag.SelectorLOValue, VR.LO, "a\uD83D", "\uDE00\uD83Db");
        assertEquals("[{\"00720066\":{\"vr\":\"LO\",\"Value\":[\"a?\",\"??b\"]}}]", json(item));
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_3_decimalsKeepTheirDigits() throws Exception {
        assertJson("[{\"00720072\":{\"vr\":\"DS\",\"Value\":[1E+2,0.00,-1.5E-10,0.1,\"1,5\"]}}]",
                item -> item.setString(Tag.SelectorDSValue, VR.DS, "1e2", "0.00", "-1.5E-10", ".1", "1,5"));
    }

    /** PS3.5 6.2: what comes before a value of some VRs is no padding. */
    @Clause("PS3.5 6.2")
    @Test
    void valuesHaveNoPadding() throws Exception {
        assertJson("[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]},\"00720002\":{\"vr\":\"SH\",\"Value\":[\"C T\"]},"
                + "\"00720066\":{\"vr\":\"LO\"},\"00720068\":{\"vr\":\"LT\",\"Value\":[\" a\"]}}]", item -> {
            item.setBytes(Tag.SOPInstanceUID, VR.UI, "1.2\0".getBytes(StandardCharsets.US_ASCII));
            item.setBytes(Tag.HangingProtocolName, VR.SH, " C T  ".getBytes(StandardCharsets.US_ASCII));
            item.setBytes(Tag.SelectorLOValue, VR.LO, "  ".getBytes(StandardCharsets.US_ASCII));
            item.setBytes(Tag.SelectorLTValue, VR.LT, " a  ".getBytes(StandardCharsets.US_ASCII));
        });
    }

    /** The bytes are collected, and a long value is not. */
    @Test
    void valuesOfAllLengthsComeWhole() throws Exception {
        for (int length = 1; length < 5_000; length += 61) {
            String text = "x".repeat(length);
            String escaped = "\"" + "y".repeat(length);
            assertJson("[{\"0072006F\":{\"vr\":\"UC\",\"Value\":[\"" + text + "\",\"\\" + escaped + "\"]},\"00720070\":{\"vr\":\"UT\",\"Value\":[\""
                    + text + "\"]}}]", item -> {
                item.setString(Tag.SelectorUCValue, VR.UC, text, escaped);
                item.setString(Tag.SelectorUTValue, VR.UT, text);
            });
        }
    }

    @Test
    void aMemberOfOtherContentIsTheSame() throws Exception {
        Attributes item = new Attributes();
        item.setString(Tag.SelectorDSValue, VR.DS, "1.50");
        item.setString(Tag.HangingProtocolName, VR.SH, "\"CT\"");
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(text)) {
            json.writeStartObject();
            DicomJsonWriter.writeMember(json, "found", item);
            json.writeEnd();
        }
        String array = json(item);
        assertEquals("{\"found\":" + array.substring(1, array.length() - 1) + "}", text.toString());
    }

    /** A response that the client does not take. */
    @Test
    void aStreamThatFailsIsAnIoException() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the connection was closed");
            }
        };
        Attributes item = new Attributes();
        item.setString(Tag.SelectorUTValue, VR.UT, "x".repeat(100_000));
        assertThrows(IOException.class, () -> new DicomJsonWriter(broken).write(item));
        assertThrows(IOException.class, () -> new DicomJsonWriter(broken).close());
    }

    @Clause("PS3.18 Annex F")
    @Test
    void noGroupLengths() throws Exception {
        assertJson("[{}]", item -> item.setInt(0x00720000, VR.UL, 8));
    }

    private static void assertJson(String expected, Consumer<Attributes> content) throws Exception {
        Attributes item = new Attributes();
        content.accept(item);
        assertEquals(expected, json(TextFormatRoundTripTest.received(item)));
        // what has been read before is text in memory and no bytes
        assertEquals(expected, json(item));
    }

    private static String json(Attributes item) {
        return new String(TextFormatRoundTripTest.toJson(item), StandardCharsets.UTF_8);
    }
}
