package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
