package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** PS3.19 A.1, as it is written. */
class NativeDicomWriterTest {

    @Clause("PS3.19 A.1")
    @Test
    void a1_5_attributesWithTagVrAndKeywordAndNumberedValues() throws Exception {
        assertXml("<DicomAttribute tag=\"00080018\" vr=\"UI\" keyword=\"SOPInstanceUID\"><Value number=\"1\">1.2</Value></DicomAttribute>"
                + "<DicomAttribute tag=\"00080060\" vr=\"CS\" keyword=\"Modality\"></DicomAttribute>"
                + "<DicomAttribute tag=\"00720066\" vr=\"LO\" keyword=\"SelectorLOValue\"><Value number=\"1\">a&lt;b&amp;</Value>"
                + "<Value number=\"3\">c</Value></DicomAttribute>", item -> {
            item.setString(Tag.SOPInstanceUID, VR.UI, "1.2");
            item.setNull(Tag.Modality, VR.CS);
            item.setString(Tag.SelectorLOValue, VR.LO, "a<b&", "", "c");
        });
    }

    @Clause("PS3.19 A.1")
    @Test
    void a1_5_itemsAndBinaryValues() throws Exception {
        assertXml("<DicomAttribute tag=\"0072000C\" vr=\"SQ\" keyword=\"HangingProtocolDefinitionSequence\"><Item number=\"1\">"
                + "<DicomAttribute tag=\"00080060\" vr=\"CS\" keyword=\"Modality\"><Value number=\"1\">CT</Value></DicomAttribute>"
                + "</Item><Item number=\"2\"></Item></DicomAttribute><DicomAttribute tag=\"00720065\" vr=\"OB\" "
                + "keyword=\"SelectorOBValue\"><InlineBinary>AQI=</InlineBinary></DicomAttribute>", item -> {
            Attributes definition = new Attributes();
            definition.setString(Tag.Modality, VR.CS, "CT");
            var definitions = item.newSequence(Tag.HangingProtocolDefinitionSequence, 2);
            definitions.add(definition);
            definitions.add(new Attributes());
            item.setBytes(Tag.SelectorOBValue, VR.OB, new byte[] {1, 2});
        });
    }

    @Clause("PS3.19 A.1")
    @Test
    void a1_5_personNamesInTheirComponents() throws Exception {
        assertXml("<DicomAttribute tag=\"0072006A\" vr=\"PN\" keyword=\"SelectorPNValue\"><PersonName number=\"1\"><Alphabetic>"
                + "<FamilyName>Yamada</FamilyName><NamePrefix>Dr</NamePrefix></Alphabetic><Phonetic><FamilyName>Y</FamilyName>"
                + "</Phonetic></PersonName></DicomAttribute>", item -> item.setString(Tag.SelectorPNValue, VR.PN, "Yamada^^^Dr==Y"));
    }

    @Clause("PS3.19 A.1")
    @Test
    void a1_5_2_privateElementsNameTheirCreatorInsteadOfTheirBlock() throws Exception {
        assertXml("<DicomAttribute tag=\"00730001\" vr=\"LO\" privateCreator=\"HPQR\"><Value number=\"1\">a</Value></DicomAttribute>",
                item -> {
                    item.setString(0x00730011, VR.LO, "HPQR");
                    item.setString(0x00731101, VR.LO, "a");
                });
    }

    @Clause("PS3.18 8.8")
    @Test
    void textIsUtf8AndSpecificCharacterSetSaysSo() throws Exception {
        assertXml("<DicomAttribute tag=\"00080005\" vr=\"CS\" keyword=\"SpecificCharacterSet\"><Value number=\"1\">ISO_IR 192</Value>"
                + "</DicomAttribute><DicomAttribute tag=\"00720010\" vr=\"LO\" keyword=\"HangingProtocolUserGroupName\">"
                + "<Value number=\"1\">Ärzte</Value></DicomAttribute>", item -> {
            item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
            item.setString(Tag.HangingProtocolUserGroupName, VR.LO, "Ärzte");
        });
    }

    /** XML 1.0 2.2: a form feed has no place in a document, which would be none with it. */
    @Test
    void charactersThatXmlDoesNotAllowAreReplaced() throws Exception {
        assertXml("<DicomAttribute tag=\"0072006E\" vr=\"ST\" keyword=\"SelectorSTValue\"><Value number=\"1\">a\uFFFDb\tc</Value></DicomAttribute>",
                item -> item.setString(Tag.SelectorSTValue, VR.ST, "a\fb\tc"));
    }

    private static void assertXml(String expected, Consumer<Attributes> content) throws Exception {
        Attributes item = new Attributes();
        content.accept(item);
        assertEquals("<?xml version=\"1.0\" encoding=\"UTF-8\"?><NativeDicomModel "
                + "xmlns=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\" xml:space=\"preserve\">" + expected
                + "</NativeDicomModel>", new String(TextFormatRoundTripTest.toXml(TextFormatRoundTripTest.received(item)),
                StandardCharsets.UTF_8));
    }
}
