package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.DataSets.received;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values are compared by what they mean: PS3.3 C.23.4.2. */
class TypedValueTest {

    private static TypedValue value(VR vr, String text) {
        Attributes item = new Attributes();
        item.setString(Tag.PatientComments, vr, text);
        List<TypedValue> values = TypedValue.of(received(item), Tag.PatientComments);
        assertEquals(1, values.size());
        return values.get(0);
    }

    @Clause("PS3.3 C.23.4.2")
    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
        "IS,001, 1 ,MATCHES", "IS,1,-1,DOES_NOT_MATCH", "IS,1,one,NOT_EVALUABLE",
        "DS,1.0,1,MATCHES", "DS,1e2,100.00,MATCHES", "DS, .5,0.50 ,MATCHES", "DS,0.333333333333,0.3333333333333333,MATCHES",
        "DS,0.333,0.334,DOES_NOT_MATCH", "DS,0,-0,MATCHES", "DS,1,1.00001,DOES_NOT_MATCH", "DS,1e999,1,NOT_EVALUABLE",
        "CS,AXIAL,AXIAL ,MATCHES", "CS,AXIAL,axial,DOES_NOT_MATCH", "LO, thin,thin,MATCHES",
        "DA,20240229,2024.02.29,MATCHES", "DA,20240229,20240230,NOT_EVALUABLE",
        "TM,10,100000,MATCHES", "TM,101500,10:15:00,MATCHES", "TM,1015,101501,DOES_NOT_MATCH",
        "DT,2024022910+0100,2024022909+0000,MATCHES", "DT,2024022910,20240229110000,DOES_NOT_MATCH",
        "PN,Chan^Susan^^^,Chan^Susan,MATCHES", "PN,Chan^Susan==,Chan^Susan,MATCHES", "PN,Chan^S,Chan^Susan,DOES_NOT_MATCH",
        "UI,1.2.3,1.2.3,MATCHES", "AE,SCANNER ,SCANNER,MATCHES", "AS,018Y,018Y,MATCHES", "UT,a\\b,a\\b,MATCHES"})
    void textsMeanTheSame_C_23_4_2(String vr, String a, String b, Outcome same) {
        assertEquals(same, value(VR.valueOf(vr), a).isSameAs(value(VR.valueOf(vr), b)));
        assertEquals(same, value(VR.valueOf(vr), b).isSameAs(value(VR.valueOf(vr), a)));
    }

    @Clause("PS3.3 C.23.4.2")
    @ParameterizedTest
    @EnumSource(value = VR.class, names = {"US", "SS", "UL", "SL", "FL", "FD", "AT"})
    void numbersOfEachBinaryVr(VR vr) {
        Attributes item = new Attributes();
        if (vr == VR.FL || vr == VR.FD)
            item.setDouble(Tag.PatientComments, vr, 3, 4);
        else
            item.setInt(Tag.PatientComments, vr, 3, 4);
        List<TypedValue> values = TypedValue.of(received(item), Tag.PatientComments);

        assertEquals(2, values.size());
        assertEquals(MATCHES, values.get(0).isSameAs(values.get(0)));
        assertEquals(DOES_NOT_MATCH, values.get(0).isSameAs(values.get(1)));
    }

    @Test
    void numbersOfDifferentVrsAreNumbers() {
        Attributes item = dataSet(Tag.NumberOfFrames, "3", Tag.SliceThickness, "3.0", Tag.Rows, 3);

        TypedValue three = TypedValue.of(item, Tag.Rows).get(0);
        assertEquals(MATCHES, three.isSameAs(TypedValue.of(item, Tag.NumberOfFrames).get(0)));
        assertEquals(MATCHES, three.isSameAs(TypedValue.of(item, Tag.SliceThickness).get(0)));
    }

    @Clause("PS3.3 C.23.4.2")
    @Test
    void unsignedAndVeryLongNumbers() {
        Attributes item = new Attributes();
        item.setInt(Tag.PatientComments, VR.UL, -1);
        assertEquals("4294967295", TypedValue.of(item, Tag.PatientComments).get(0).text());
        item.setBytes(Tag.PatientComments, VR.UN, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
        assertEquals("18446744073709551615", TypedValue.of(item, Tag.PatientComments, "UV").get(0).value().toString());
        assertEquals("-1", TypedValue.of(item, Tag.PatientComments, "SV").get(0).text());
    }

    @Test
    void bytesAreComparedAsTheyAre() {
        Attributes item = new Attributes();
        item.setBytes(Tag.PatientComments, VR.OB, new byte[] {1, 2});
        item.setBytes(Tag.ImageComments, VR.OB, new byte[] {1, 3});

        TypedValue value = TypedValue.of(item, Tag.PatientComments).get(0);
        assertEquals(MATCHES, value.isSameAs(value));
        assertEquals(DOES_NOT_MATCH, value.isSameAs(TypedValue.of(item, Tag.ImageComments).get(0)));
    }

    @Test
    void aValueOfVrUnIsReadAsTheSelectorSays() {
        Attributes item = new Attributes();
        item.setBytes(Tag.PatientComments, VR.UN, "AXIAL ".getBytes(StandardCharsets.US_ASCII));

        assertEquals(MATCHES, TypedValue.of(item, Tag.PatientComments, "CS").get(0).isSameAs(value(VR.CS, "AXIAL")));
        item.setBytes(Tag.PatientComments, VR.UN, "Sch\u00e4del".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(NOT_EVALUABLE, TypedValue.of(item, Tag.PatientComments, "LO").get(0).isSameAs(value(VR.LO, "Sch")));
    }

    @Clause("PS3.3 C.23.4.2")
    @Test
    void characterSetsOfImageAndProtocolMayDiffer_C_23_4_2_1_1() {
        Attributes latin1 = received(dataSet(Tag.SpecificCharacterSet, "ISO_IR 100", Tag.StudyDescription, "Schädel"));
        Attributes utf8 = received(dataSet(Tag.SpecificCharacterSet, "ISO_IR 192", Tag.StudyDescription, "Schädel"));

        assertEquals(MATCHES, TypedValue.of(latin1, Tag.StudyDescription).get(0)
                .isSameAs(TypedValue.of(utf8, Tag.StudyDescription).get(0)));
    }

    @Test
    void valuesThatWereNotGivenAreNotGuessed() {
        Attributes item = new Attributes();
        item.setValue(Tag.PatientComments, VR.LT, new BulkData("bulk", "http://localhost/bulk", false));

        assertEquals(NOT_EVALUABLE, TypedValue.of(item, Tag.PatientComments).get(0).isSameAs(value(VR.LT, "text")));
    }

    @Test
    void differentKindsAreNotCompared() {
        assertEquals(NOT_EVALUABLE, value(VR.CS, "3").isSameAs(value(VR.IS, "3")));
        assertEquals(NOT_EVALUABLE, value(VR.DA, "20240229").isSameAs(value(VR.DT, "20240229")));
    }

    /** Any bytes under any VR: a value, or one that cannot be read; equal to itself if it can. */
    @Property
    void noValueIsAnError(@ForAll VR vr, @ForAll byte[] bytes, @ForAll boolean bigEndian) {
        Attributes item = new Attributes(bigEndian);
        if (vr == VR.SQ)
            return;
        item.setBytes(Tag.PatientComments, vr, bytes);
        for (TypedValue value : TypedValue.of(item, Tag.PatientComments, "LO"))
            assertEquals(value.value() == null ? NOT_EVALUABLE : MATCHES, value.isSameAs(value), value::text);
    }
}
