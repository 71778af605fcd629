package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.19 A.1, as it is read. */
class NativeDicomReaderTest {

    private static final DecodingLimits LIMITS = new DecodingLimits(2, 3);

    @Clause("PS3.19 A.1")
    @Test
    void a1_5_valuesGoToTheirNumbers() throws Exception {
        Attributes item = read("<DicomAttribute tag='00720066' vr='LO'><Value number='2'>b</Value><Value number='4'>d &amp; ef</Value>"
                + "</DicomAttribute>");
        assertEquals("\\b\\\\d & ef", new String(TextFormatRoundTripTest.received(item).getBytes(Tag.SelectorLOValue),
                StandardCharsets.US_ASCII));
    }

    @Test
    void theNamespaceMayBeMissing() throws Exception {
        assertEquals("CT", document("<NativeDicomModel><DicomAttribute tag=\"00080060\" vr=\"CS\"><Value number=\"1\">CT</Value>"
                + "</DicomAttribute></NativeDicomModel>").getString(Tag.Modality));
    }

    @Clause("PS3.19 A.1")
    @Test
    void a1_5_2_privateElementsFindTheirCreator() throws Exception {
        Attributes item = read("<DicomAttribute tag='00730001' vr='LO' privateCreator='HPQR'><Value number='1'>a</Value></DicomAttribute>"
                + "<DicomAttribute tag='00730002' vr='LO' privateCreator='HPQR'><Value number='1'>b</Value></DicomAttribute>");
        assertEquals("HPQR", item.getString(0x00730010));
        assertEquals("a", item.getString(0x00731001));
        assertEquals("b", item.getString(0x00731002));
    }

    /** dcmtk's dcm2xml writes creators and blocks as they are. */
    @Test
    void privateElementsMayStandInTheirBlock() throws Exception {
        Attributes item = read("<DicomAttribute tag='00730011' vr='LO'><Value number='1'>HPQR</Value></DicomAttribute>"
                + "<DicomAttribute tag='00731101' vr='LO' privateCreator='HPQR'><Value number='1'>a</Value></DicomAttribute>");
        assertEquals("a", item.getString(0x00731101));
        assertNull(item.getString(0x00730010));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<Other/>", "text", "<DicomAttribute/>", "<DicomAttribute tag='00080060'/>", "<DicomAttribute tag='0008' vr='CS'/>",
        "<DicomAttribute tag='00080060' vr='ZZ'/>", "<DicomAttribute tag='00020010' vr='UI'/>",
        "<DicomAttribute tag='00080060' vr='CS'>CT</DicomAttribute>", "<DicomAttribute tag='00080060' vr='CS'><Value number='0'>CT</Value></DicomAttribute>",
        "<DicomAttribute tag='00080060' vr='CS'><Value number='2'>a</Value><Value number='1'>b</Value></DicomAttribute>",
        "<DicomAttribute tag='00080060' vr='CS'><Value number='99999999'>a</Value></DicomAttribute>",
        "<DicomAttribute tag='00080060' vr='CS'><Value number='x'>a</Value></DicomAttribute>",
        "<DicomAttribute tag='00080060' vr='CS'><Value><b>CT</b></Value></DicomAttribute>",
        "<DicomAttribute tag='00080060' vr='CS'><InlineBinary>AA==</InlineBinary></DicomAttribute>",
        "<DicomAttribute tag='00720067' vr='OB'><InlineBinary>A</InlineBinary></DicomAttribute>",
        "<DicomAttribute tag='00720067' vr='OB'><BulkData uri='file:///etc/passwd'/></DicomAttribute>",
        "<DicomAttribute tag='0072000C' vr='SQ'><Value>a</Value></DicomAttribute>",
        "<DicomAttribute tag='0072000C' vr='SQ'><Item number='2'/></DicomAttribute>",
        "<DicomAttribute tag='0072000C' vr='CS'><Item number='1'/></DicomAttribute>",
        "<DicomAttribute tag='0072000C' vr='UN'><Item/><InlineBinary>AA==</InlineBinary></DicomAttribute>",
        "<DicomAttribute tag='00080060' vr='CS' privateCreator='a'/>", "<DicomAttribute tag='00730001' vr='LO' privateCreator=' '/>",
        "<DicomAttribute tag='00080060' vr='CS'/><DicomAttribute tag='00080060' vr='CS'/>",
        "<DicomAttribute xmlns='other' tag='00080060' vr='CS'/>", "<DicomAttribute tag='00080060' vr='CS'>",
        "<DicomAttribute tag='0072006A' vr='PN'><PersonName><Alphabetic><FamilyName>a^b</FamilyName></Alphabetic></PersonName></DicomAttribute>",
        "<DicomAttribute tag='0072006A' vr='PN'><PersonName><Ideographic><FamilyName>a=b</FamilyName></Ideographic></PersonName></DicomAttribute>",
        "<DicomAttribute tag='0072006A' vr='PN'><Value number='1'>a</Value></DicomAttribute>",
        "<DicomAttribute tag='00720010' vr='LO'><PersonName><Alphabetic><FamilyName>a</FamilyName></Alphabetic></PersonName></DicomAttribute>",
        // what would be lost if it was accepted
        "<DicomAttribute tag='0072006A' vr='PN'><PersonName><Alphabetic><FamilyName>a</FamilyName><FamilyName>b</FamilyName></Alphabetic>"
                + "</PersonName></DicomAttribute>",
        "<DicomAttribute tag='0072006A' vr='PN'><PersonName><Alphabetic><FamilyName>a</FamilyName></Alphabetic>"
                + "<Alphabetic><FamilyName>b</FamilyName></Alphabetic></PersonName></DicomAttribute>",
        "<DicomAttribute tag='00720067' vr='OB'><InlineBinary>AAA=</InlineBinary><InlineBinary>AAE=</InlineBinary></DicomAttribute>",
        "<DicomAttribute tag='00720067' vr='OB'><InlineBinary>-_-_</InlineBinary></DicomAttribute>",
        "<DicomAttribute tag='00720014' vr='FL'><Value number='1'>1E39</Value></DicomAttribute>"})
    void whatIsNotOfTheModelIsRefused(String content) {
        assertThrows(MalformedContentException.class, () -> read(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<a/>", "<NativeDicomModel>", "<NativeDicomModel/><NativeDicomModel/>",
            "<?xml version='1.0' encoding='ISO-8859-1'?><NativeDicomModel/>", "<?xml version='1.0' encoding='UTF-16'?><NativeDicomModel/>"})
    void otherDocumentsAreRefused(String document) {
        assertThrows(MalformedContentException.class, () -> document(document));
    }

    @Clause("PS3.19 A.1")
    @Test
    void nothingIsResolved(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "SECRET");
        for (String definition : new String[] {"<!ENTITY x SYSTEM '" + secret.toUri() + "'>", "<!ENTITY x 'SECRET'>",
                "<!ENTITY % y SYSTEM '" + secret.toUri() + "'> %y;"})
            assertThrows(MalformedContentException.class, () -> document("<!DOCTYPE NativeDicomModel [" + definition
                    + "]><NativeDicomModel><DicomAttribute tag='00080060' vr='CS'><Value number='1'>&x;</Value></DicomAttribute></NativeDicomModel>"));
        assertThrows(MalformedContentException.class, () -> document("<!DOCTYPE NativeDicomModel SYSTEM '" + secret.toUri()
                + "'><NativeDicomModel/>"));
        // without a definition: the reference alone
        assertThrows(MalformedContentException.class,
                () -> read("<DicomAttribute tag='00080060' vr='CS'><Value number='1'>&x;</Value></DicomAttribute>"));
    }

    @Test
    void brokenUtf8IsRefused() {
        byte[] document = "<NativeDicomModel><DicomAttribute tag='00720010' vr='LO'><Value>Ä</Value></DicomAttribute></NativeDicomModel>"
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(MalformedContentException.class, () -> new NativeDicomReader(new ByteArrayInputStream(document), LIMITS).next());
    }

    @Test
    void aByteOrderMarkIsNoContent() throws Exception {
        assertNotNull(document("\uFEFF<?xml version='1.0' encoding='utf-8'?><NativeDicomModel/>"));
    }

    @Test
    void itemsAndDepthHaveLimits() throws Exception {
        String sequence = "<DicomAttribute tag='0072000C' vr='SQ'>%s</DicomAttribute>";
        String nested = String.format(sequence, "<Item>%s</Item>");
        assertNotNull(read(String.format(nested, String.format(nested, ""))));
        assertThrows(MalformedContentException.class, () -> read(String.format(nested, String.format(nested, String.format(nested, "")))));
        assertNotNull(read(String.format(sequence, "<Item/>".repeat(3))));
        assertThrows(MalformedContentException.class, () -> read(String.format(sequence, "<Item/>".repeat(4))));
    }

    private static Attributes read(String content) throws IOException {
        return document("<NativeDicomModel xmlns='" + NativeDicomModel.NAMESPACE + "' xml:space='preserve'>" + content
                + "</NativeDicomModel>");
    }

    private static Attributes document(String document) throws IOException {
        return new NativeDicomReader(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), LIMITS).next();
    }
}
