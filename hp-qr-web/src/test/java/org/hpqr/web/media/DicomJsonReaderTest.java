package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.Tag;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.18 Annex F, as it is read. */
class DicomJsonReaderTest {

    private static final DecodingLimits LIMITS = new DecodingLimits(2, 3);

    @Clause("PS3.18 Annex F")
    @Test
    void oneObjectAfterTheOtherIsRead() throws Exception {
        DicomJsonReader reader = reader("[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}},"
                + "{\"00080018\":{\"Value\":[\"1.3\"],\"vr\":\"UI\"}}]");
        assertEquals("1.2", reader.next().getString(Tag.SOPInstanceUID));
        assertEquals("1.3", reader.next().getString(Tag.SOPInstanceUID));
        assertNull(reader.next());
        assertNull(reader.next());
    }

    @Test
    void aSingleObjectNeedsNoArray() throws Exception {
        assertEquals("1.2", read("{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}").getString(Tag.SOPInstanceUID));
    }

    @Test
    void anEmptyArrayHasNone() throws Exception {
        assertNull(reader("[]").next());
    }

    @Clause("PS3.18 Annex F")
    @Test
    void f2_5_noValueAndNullAreEmptyValues() throws Exception {
        Attributes item = read("{\"00080060\":{\"vr\":\"CS\"},\"00720066\":{\"vr\":\"LO\",\"Value\":[\"a\",null,\"b\"]},"
                + "\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{},null]},\"00720002\":{\"vr\":\"SH\",\"Value\":[null]}}");
        assertFalse(item.containsValue(Tag.Modality));
        assertFalse(item.containsValue(Tag.HangingProtocolName));
        assertEquals("a\\\\b", new String(TextFormatRoundTripTest.received(item).getBytes(Tag.SelectorLOValue),
                StandardCharsets.US_ASCII));
        assertEquals(2, item.getSequence(Tag.HangingProtocolDefinitionSequence).size());
    }

    /** Table F.2.3-1: number or string. */
    @Clause("PS3.18 Annex F")
    @ParameterizedTest
    @CsvSource({"IS,12,12", "IS,'\"12\"',12", "IS,12.0,12", "IS,'\"many\"',many", "DS,1.50,1.50", "DS,'\"1.5\"',1.5",
            "DS,0.30000000000000004,0.3", "DS,-123456789012345678,-1.23456789E+17", "DS,1E+300,1E+300"})
    void decimalsComeAsNumbersOrStrings(String vr, String json, String value) throws Exception {
        String text = read("{\"00720072\":{\"vr\":\"" + vr + "\",\"Value\":[" + json + "]}}").getString(Tag.SelectorDSValue);
        assertEquals(value, text);
    }

    @ParameterizedTest
    @CsvSource({"US,65535,65535", "SS,-32768,-32768", "UL,4294967295,4294967295", "SL,-2147483648,-2147483648", "US,7.0,7",
            "US,'\"7\"',7", "FL,0.25,0.25"})
    void numbersKeepTheirValue(String vr, String json, String value) throws Exception {
        Attributes item = read("{\"00720014\":{\"vr\":\"" + vr + "\",\"Value\":[" + json + "]}}");
        assertEquals(value, item.getString(Tag.NumberOfPriorsReferenced));
    }

    @ParameterizedTest
    @CsvSource({"1.7976931348623157E308,1.7976931348623157E308", "4.9E-324,4.9E-324", "'\"NaN\"',NaN",
            "'\"-Infinity\"',-Infinity", "3,3.0", "1E-390,0.0"})
    void doublesKeepTheirValue(String json, double value) throws Exception {
        Attributes item = read("{\"00720014\":{\"vr\":\"FD\",\"Value\":[" + json + "]}}");
        assertEquals(value, item.getDouble(Tag.NumberOfPriorsReferenced, 0));
    }

    /** A 64-bit number, which the toolkit of the default build does not know, is at least not lost (PS3.5 6.2.2). */
    @Test
    void longNumbersKeepTheirBytes() throws Exception {
        Attributes item = read("{\"00720082\":{\"vr\":\"SV\",\"Value\":[-2]},\"00720083\":{\"vr\":\"UV\",\"Value\":[18446744073709551615]}}");
        assertArrayEquals(new byte[] {-2, -1, -1, -1, -1, -1, -1, -1}, item.getBytes(0x00720082));
        assertArrayEquals(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, item.getBytes(0x00720083));
    }

    /** Some encoders make lines of 76 characters, or leave the padding out. */
    @ParameterizedTest
    @ValueSource(strings = {"AQIDBA==", "AQID\\r\\nBA==", " AQIDBA", "AQ\\tIDBA"})
    void binaryValuesMayHaveLines(String base64) throws Exception {
        assertArrayEquals(new byte[] {1, 2, 3, 4}, read("{\"00720067\":{\"vr\":\"OB\",\"InlineBinary\":\"" + base64 + "\"}}").getBytes(0x00720067));
    }

    @Clause("PS3.18 8.8")
    @Test
    void f1_textIsUtf8WhateverTheSenderSays() throws Exception {
        Attributes item = TextFormatRoundTripTest.received(read("{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]},"
                + "\"00720010\":{\"vr\":\"LO\",\"Value\":[\"Ärzte 医\"]}}"));
        assertEquals("ISO_IR 192", item.getString(Tag.SpecificCharacterSet));
        assertEquals("Ärzte 医", item.getString(Tag.HangingProtocolUserGroupName));
        assertEquals("ISO_IR 192", read("{\"00720010\":{\"vr\":\"LO\",\"Value\":[\"Ä\"]}}").getString(Tag.SpecificCharacterSet));
        assertFalse(read("{\"00720010\":{\"vr\":\"LO\",\"Value\":[\"A\"]}}").contains(Tag.SpecificCharacterSet));
    }

    /** PS3.18 10.4.1.1.2: bulk data is elsewhere, and nothing is fetched. */
    @Test
    void metadataMayHaveBulkDataElsewhere() throws Exception {
        DicomJsonReader reader = metadata("[{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"http://h/1\"},\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}},{}]",
                DecodingLimits.NONE_SMALLER);
        Attributes item = reader.next();
        assertInstanceOf(BulkData.class, item.getValue(Tag.PixelData));
        assertEquals("CT", item.getString(Tag.Modality));
        assertTrue(reader.next().isEmpty());
        assertNull(reader.next());
        assertThrows(MalformedContentException.class, () -> metadata("{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"u\",\"InlineBinary\":\"AA==\"}}",
                DecodingLimits.NONE_SMALLER).next());
    }

    @Test
    void theLimitsOfMetadataAreThoseOfAllDataSetsTogether() throws Exception {
        String item = "{\"00081110\":{\"vr\":\"SQ\",\"Value\":[{},{}]}}";
        DicomJsonReader reader = metadata('[' + item + ',' + item + ']', new DecodingLimits(8, 3));
        reader.next();
        assertThrows(MalformedContentException.class, reader::next);
    }

    private static DicomJsonReader metadata(String json, DecodingLimits limits) {
        return DicomJsonReader.ofMetadata(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), limits);
    }

    @Test
    void groupLengthsAreLeftOut() throws Exception {
        assertFalse(read("{\"00720000\":{\"vr\":\"UL\",\"Value\":[8]}}").contains(0x00720000));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[", "[{]", "{}}", "[{},]", "[1]", "[null]", "[[]]", "\"a\"", "[{}]]", "[{\"Alphabetic\":\"a\"}]",
        "{\"0072\":{\"vr\":\"SH\"}}", "{\"HangingProtocolName\":{\"vr\":\"SH\"}}", "{\"00020010\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}",
        "{\"FFFEE000\":{\"vr\":\"UN\"}}", "{\"00000002\":{\"vr\":\"UI\"}}", "{\"0072000２\":{\"vr\":\"SH\"}}",
        "{\"00720002\":{}}", "{\"00720002\":{\"vr\":\"XX\"}}", "{\"00720002\":{\"vr\":7}}", "{\"00720002\":\"SH\"}",
        "{\"00720002\":{\"vr\":\"SH\",\"Value\":\"a\"}}", "{\"00720002\":{\"vr\":\"SH\",\"Value\":[1]}}",
        "{\"00720002\":{\"vr\":\"SH\",\"Value\":[true]}}", "{\"00720002\":{\"vr\":\"SH\",\"Value\":[[\"a\"]]}}",
        "{\"00720002\":{\"vr\":\"SH\",\"Value\":[{\"Alphabetic\":\"a\"}]}}", "{\"00720002\":{\"vr\":\"SH\",\"Value\":[\"a\\\\b\"]}}",
        "{\"00720002\":{\"vr\":\"SH\",\"InlineBinary\":\"AAA=\"}}", "{\"00720002\":{\"vr\":\"SH\",\"BulkDataURI\":\"file:///etc/passwd\"}}",
        "{\"00720002\":{\"vr\":\"SH\",\"Value\":[\"a\"],\"Value\":[\"b\"]}}", "{\"00720002\":{\"vr\":\"SH\",\"other\":1}}",
        "{\"00720002\":{\"vr\":\"SH\"},\"00720002\":{\"vr\":\"SH\"}}", "{\"00720002\":{\"vr\":\"SH\",\"Value\":[\"\\ud800\"]}}",
        "{\"0072000C\":{\"vr\":\"SQ\",\"Value\":[\"a\"]}}", "{\"00720067\":{\"vr\":\"OB\",\"InlineBinary\":\"A\"}}",
        "{\"00720067\":{\"vr\":\"OB\",\"Value\":[\"AAA=\"]}}", "{\"00720014\":{\"vr\":\"US\",\"Value\":[65536]}}",
        "{\"00720014\":{\"vr\":\"US\",\"Value\":[-1]}}", "{\"00720014\":{\"vr\":\"US\",\"Value\":[1.5]}}",
        "{\"00720014\":{\"vr\":\"UL\",\"Value\":[1E+999999999]}}", "{\"00720014\":{\"vr\":\"US\",\"Value\":[null,1]}}",
        "{\"00720026\":{\"vr\":\"AT\",\"Value\":[\"0008\"]}}",
        "{\"00720082\":{\"vr\":\"SV\",\"Value\":[18446744073709551616]}}", "{\"0072006E\":{\"vr\":\"ST\",\"Value\":[\"a\",\"b\"]}}",
        "{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2Ä\"]}}", "{\"0072006A\":{\"vr\":\"PN\",\"Value\":[\"a\"]}}",
        "{\"0072006A\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"a\",\"00720002\":{\"vr\":\"SH\"}}]}}",
        "{\"0072006A\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"a=b\"}]}}",
        // what would be lost if it was accepted
        "{\"00720067\":{\"vr\":\"OB\",\"InlineBinary\":\"-_-_\"}}", "{\"00720067\":{\"vr\":\"OB\",\"InlineBinary\":\"AQ%ID\"}}",
        "{\"00720067\":{\"vr\":\"OB\",\"InlineBinary\":\"AAA=\",\"InlineBinary\":\"AAE=\"}}",
        "{\"00720002\":{\"vr\":\"LO\",\"vr\":\"SH\",\"Value\":[\"a\"]}}", "{\"00720014\":{\"vr\":\"FL\",\"Value\":[1E+39]}}",
        "{\"00720014\":{\"vr\":\"FD\",\"Value\":[-1E+309]}}", "{\"00720026\":{\"vr\":\"AT\",\"Value\":[\"+0080060\"]}}"})
    void whatIsNotOfTheModelIsRefused(String json) {
        assertThrows(MalformedContentException.class, () -> {
            DicomJsonReader reader = reader(json);
            while (reader.next() != null)
                continue;
        });
    }

    @Clause("PS3.18 8.8")
    @Test
    void otherEncodingsThanUtf8AreRefused() {
        byte[] latin1 = "{\"00720010\":{\"vr\":\"LO\",\"Value\":[\"Ä\"]}}".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(MalformedContentException.class, () -> new DicomJsonReader(new ByteArrayInputStream(latin1), LIMITS).next());
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16);
        assertThrows(MalformedContentException.class, () -> new DicomJsonReader(new ByteArrayInputStream(utf16), LIMITS).next());
    }

    @Test
    void itemsAndDepthHaveLimits() throws Exception {
        String nested = "{\"0072000C\":{\"vr\":\"SQ\",\"Value\":[%s]}}";
        assertNotNull(read(String.format(nested, String.format(nested, "{}"))));
        assertThrows(MalformedContentException.class, () -> read(String.format(nested, String.format(nested, String.format(nested, "{}")))));
        assertNotNull(read(String.format(nested, "{},{},{}")));
        assertThrows(MalformedContentException.class, () -> read(String.format(nested, "{},{},{},{}")));
    }

    @Test
    void valuesHaveALimit() throws Exception {
        String element = "{\"00720073\":{\"vr\":\"IS\",\"Value\":[1%s]},\"00720074\":{\"vr\":\"DS\",\"Value\":[1%s]}}";
        String half = ",1".repeat(ElementTarget.MAX_VALUES / 2 - 1);
        assertNotNull(read(String.format(element, half, half)));
        assertThrows(MalformedContentException.class, () -> read(String.format(element, half, half + ",1")));
    }

    /** The limits are those of an object, not of all objects of a request. */
    @Test
    void eachObjectHasItsOwnLimits() throws Exception {
        String object = "{\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{},{}]}}";
        DicomJsonReader reader = reader("[" + object + "," + object + "]");
        assertNotNull(reader.next());
        assertNotNull(reader.next());
    }

    @Test
    void aFailureToReadIsNoMalformedContent() {
        IOException lost = new IOException("connection lost");
        InputStream in = new SequenceInputStream(new ByteArrayInputStream("[{".getBytes(StandardCharsets.UTF_8)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw lost;
            }
        });
        assertSame(lost, assertThrows(IOException.class, () -> new DicomJsonReader(in, LIMITS).next()));
    }

    private static DicomJsonReader reader(String json) {
        return new DicomJsonReader(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), LIMITS);
    }

    private static Attributes read(String json) throws IOException {
        return reader(json).next();
    }
}
