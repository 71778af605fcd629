package org.hpqr.web.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.18 8.3.4, 12.6. */
class SearchRequestTest {

    private static final int MAX_KEYS = 16;

    /** 8.3.4.1: a keyword, or 8 hexadecimal digits. */
    @Clause("PS3.18 8.3.4.1")
    @ParameterizedTest
    @ValueSource(strings = {"HangingProtocolName=CT", "00720002=CT", "HangingProtocolName=%43T"})
    void anAttributeIsNamedByKeywordOrTag(String query) throws Exception {
        assertEquals("CT", parse(query).identifier().getString(Tag.HangingProtocolName));
    }

    /** 8.3.4.1: dots lead into sequences; keys into one sequence are met by one item. */
    @Clause("PS3.18 8.3.4.1")
    @Test
    void dotsLeadIntoSequences() throws Exception {
        Attributes identifier = parse("HangingProtocolDefinitionSequence.Modality=CT&0072000C.00082218.00080100=51185008"
                + "&0072000C.AnatomicRegionSequence.CodingSchemeDesignator=SCT").identifier();
        Sequence definitions = identifier.getSequence(Tag.HangingProtocolDefinitionSequence);
        assertEquals(1, definitions.size());
        assertEquals("CT", definitions.get(0).getString(Tag.Modality));
        Attributes region = definitions.get(0).getNestedDataset(Tag.AnatomicRegionSequence);
        assertEquals("51185008", region.getString(Tag.CodeValue));
        assertEquals("SCT", region.getString(Tag.CodingSchemeDesignator));
        assertNotNull(FindIdentifier.of(identifier, UnknownValues.STRICT, 1_000)
                .respond(SampleProtocols.chestXray(), "HPQR"));
    }

    /** 8.3.4.1: lists are for UIDs only, and have commas. */
    @Clause("PS3.18 8.3.4.1")
    @Test
    void commasSeparateUidsAndNothingElse() throws Exception {
        assertArrayEquals(new String[] {"1.2", "1.3"}, parse("SOPInstanceUID=1.2,1.3").identifier().getStrings(Tag.SOPInstanceUID));
        assertEquals("CT,MR", parse("HangingProtocolName=CT,MR").identifier().getString(Tag.HangingProtocolName));
    }

    @Clause("PS3.18 8.3.4.1")
    @Test
    void aBackslashSeparatesNothing() throws Exception {
        Attributes stored = new Attributes();
        stored.setString(Tag.HangingProtocolName, VR.SH, "CT");
        assertFalse(matches("HangingProtocolName=CT%5CMR", stored));
        assertTrue(matches("HangingProtocolName=CT", stored));
        stored.setString(Tag.SOPInstanceUID, VR.UI, "1.2");
        assertFalse(matches("SOPInstanceUID=1.2%5C1.3", stored));
        assertTrue(matches("SOPInstanceUID=1.3,1.2", stored));
    }

    private static boolean matches(String query, Attributes stored) throws Exception {
        SearchRequest request = parse(query);
        return FindIdentifier.of(request.identifier(), UnknownValues.STRICT, 1_000, request.emptyValues()).respond(stored, "HPQR").isPresent();
    }

    /** 8.3.1: percent-encoded UTF-8; a plus sign is no space. */
    @Clause("PS3.18 8.3.1")
    @Test
    void valuesArePercentEncodedUtf8() throws Exception {
        assertEquals("a+b c", parse("HangingProtocolName=a+b%20c").identifier().getString(Tag.HangingProtocolName));
        assertEquals("Ärzte", parse("HangingProtocolUserGroupName=%C3%84rzte").identifier().getString(Tag.HangingProtocolUserGroupName));
        assertEquals("ISO_IR 192", parse("").identifier().getString(Tag.SpecificCharacterSet));
    }

    @Clause("PS3.18 8.3.1")
    @ParameterizedTest
    @ValueSource(strings = {"HangingProtocolName=%", "HangingProtocolName=%4", "HangingProtocolName=%GG", "%zz=1", "x=%C3%28", "x=%ED%A0%80"})
    void brokenEncodingIsRefused(String query) {
        assertThrows(InvalidQueryException.class, () -> QueryString.parse(query));
    }

    /** 8.3.4.1: an attribute comes once, however it is named. */
    @Clause("PS3.18 8.3.4.1")
    @ParameterizedTest
    @ValueSource(strings = {"HangingProtocolName=a&HangingProtocolName=b", "HangingProtocolName=a&00720002=a",
            "0072000C.Modality=CT&HangingProtocolDefinitionSequence.00080060=MR", "limit=1&limit=1", "PatientID=1&PatientID=2"})
    void anAttributeTwiceIsRefused(String query) {
        assertThrows(InvalidQueryException.class, () -> parse(query));
    }

    @Clause("PS3.18 8.3.4")
    @ParameterizedTest
    @ValueSource(strings = {"limit=abc", "limit=", "limit=-1", "limit=+1", "limit=1.5", "offset=x", "fuzzymatching=yes",
            "emptyvaluematching=", "multiplevaluematching=TRUE", "NumberOfScreens=x", "NumberOfScreens=1,2", "NumberOfScreens=65536",
            "NumberOfScreens=-1", "HangingProtocolDefinitionSequence=CT", "limit=%D9%A1"})
    void aKnownParameterWithABadValueIsRefused(String query) {
        assertThrows(InvalidQueryException.class, () -> parse(query));
    }

    @Clause("PS3.18 8.3.4")
    @ParameterizedTest
    @ValueSource(strings = {"", "&", "=", "=x", "unknown=1", "unknown", "limitx=abc", "Name.of=1", "HangingProtocolName.unknown=1",
            "accept=application/dicom", "charset=utf-8", "includefield=", "includefield=nonsense"})
    void anUnknownParameterIsIgnored(String query) throws Exception {
        assertEquals(parse("").identifier(), parse(query).identifier());
        assertEquals(List.of(), parse(query).warnings());
    }

    /** 8.3.4.4. */
    @Clause("PS3.18 8.3.4.4")
    @Test
    void limitAndOffset() throws Exception {
        assertEquals(Long.MAX_VALUE, parse("").limit());
        assertEquals(0, parse("").offset());
        assertEquals(0, parse("limit=0").limit());
        assertEquals(10, parse("offset=20&limit=10").limit());
        assertEquals(20, parse("offset=20&limit=10").offset());
        assertEquals(Long.MAX_VALUE, parse("offset=99999999999999999999").offset());
    }

    @Clause("PS3.4 C.2.2.2.3")
    @Test
    void anEmptyValueIsUniversalMatching() throws Exception {
        assertFalse(parse("HangingProtocolName=").identifier().containsValue(Tag.HangingProtocolName));
        assertTrue(parse("HangingProtocolUserGroupName").identifier().contains(Tag.HangingProtocolUserGroupName));
    }

    /** An attribute that is no matching key is ignored, and the client is told so. */
    @Clause("PS3.4 K.4-1")
    @ParameterizedTest
    @CsvSource({"PatientID=1,00100020", "HangingProtocolDescription=a,00720004", "HangingProtocolName.Modality=CT,00720002.00080060",
            "0072000C.PatientID=1,0072000C.00100020", "includefield=PatientID,00100020", "00720300=,00720300"})
    void anAttributeThatIsNoKeyIsNamedInAWarning(String query, String path) throws Exception {
        assertEquals(List.of("These attributes are no keys of the information model and were ignored: " + path), parse(query).warnings());
        assertFalse(parse(query).identifier().containsValue(Tag.HangingProtocolDescription));
    }

    /** 8.3.4.2: no key of the model is a person's name. */
    @Clause("PS3.18 8.3.4.2")
    @Test
    void matchingThatIsNotSupportedIsNamedInAWarning() throws Exception {
        assertEquals(List.of("The fuzzymatching parameter is not supported. Only literal matching has been performed."),
                parse("fuzzymatching=true&emptyvaluematching=true&multiplevaluematching=true").warnings());
        assertEquals(List.of(), parse("fuzzymatching=false&emptyvaluematching=false&multiplevaluematching=false").warnings());
    }

    /** 8.3.4.5, PS3.4 C.2.2.2.7: two quotation marks match what has no value. */
    @Clause({"PS3.18 8.3.4.5", "PS3.4 C.2.2.2.7"})
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"HangingProtocolUserGroupName=%22%22", "NumberOfScreens=\"\"", "HangingProtocolUserIdentificationCodeSequence=\"\"",
            "HangingProtocolDefinitionSequence.Laterality=%22%22", "HangingProtocolDefinitionSequence.ProcedureCodeSequence=%22%22"})
    void anEmptyValueIsMatched(String parameter) throws Exception {
        Attributes with = new Attributes();
        with.setString(Tag.HangingProtocolUserGroupName, VR.LO, "Readers");
        with.setInt(Tag.NumberOfScreens, VR.US, 2);
        with.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 1).add(new Attributes());
        Attributes definition = new Attributes();
        definition.setString(Tag.Laterality, VR.CS, "L");
        definition.newSequence(Tag.ProcedureCodeSequence, 1).add(new Attributes());
        with.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        Attributes without = new Attributes();
        without.setNull(Tag.HangingProtocolUserGroupName, VR.LO);
        without.setNull(Tag.HangingProtocolUserIdentificationCodeSequence, VR.SQ);
        without.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(new Attributes());

        String query = parameter + "&emptyvaluematching=true";
        assertFalse(matches(query, with));
        assertTrue(matches(query, without));
        assertTrue(matches(query + "&HangingProtocolName=*", without), "with other keys");
        assertEquals(List.of(), parse(query).warnings());
    }

    /** 8.3.4.5: without the parameter they are a value like others, which a number or a sequence cannot have. */
    @Clause("PS3.18 8.3.4.5")
    @Test
    void quotationMarksAreAValueUnlessEmptyValueMatchingIsAskedFor() throws Exception {
        Attributes stored = new Attributes();
        assertFalse(matches("HangingProtocolUserGroupName=%22%22", stored));
        stored.setString(Tag.HangingProtocolUserGroupName, VR.LO, "\"\"");
        assertTrue(matches("HangingProtocolUserGroupName=%22%22&emptyvaluematching=false", stored));
        assertFalse(matches("HangingProtocolUserGroupName=%22%22&emptyvaluematching=true", stored));
        assertThrows(InvalidQueryException.class, () -> parse("NumberOfScreens=%22%22"));
        assertThrows(InvalidQueryException.class, () -> parse("HangingProtocolUserIdentificationCodeSequence=%22%22"));
    }

    /** As over DIMSE, also where the attribute is no text. */
    @Clause({"PS3.18 8.3.4.1", "PS3.4 C.2.2.2.3"})
    @ParameterizedTest
    @ValueSource(strings = {"SOPInstanceUID=*", "SOPClassUID=**", "HangingProtocolName=*", "NumberOfScreens=*", "NumberOfPriorsReferenced=%2A",
            "HangingProtocolDefinitionSequence=*", "HangingProtocolDefinitionSequence.Modality=*", "HangingProtocolDescription=*"})
    void onlyAsterisksMatchEverything(String query) throws Exception {
        assertTrue(matches(query, new Attributes()));
        Attributes stored = new Attributes();
        stored.setString(Tag.SOPInstanceUID, VR.UI, "1.2");
        stored.setInt(Tag.NumberOfScreens, VR.US, 2);
        assertTrue(matches(query, stored));
    }

    /** 8.3.4.6, PS3.4 C.2.2.2.8: for attributes of several values, which none of these is (PS3.6 chapter 6). */
    @Clause({"PS3.18 8.3.4.6", "PS3.4 C.2.2.2.8"})
    @Test
    void multipleValueMatchingAppliesToNoKey() throws Exception {
        Attributes stored = new Attributes();
        stored.setString(Tag.HangingProtocolName, VR.SH, "CT");
        assertFalse(matches("HangingProtocolName=CT%5CMR&multiplevaluematching=true", stored));
        assertTrue(matches("HangingProtocolName=CT&multiplevaluematching=true", stored));
        assertEquals(List.of("AnatomicRegionSequence", "CodeValue", "CodingSchemeDesignator", "CodingSchemeVersion", "EquivalentCodeSequence",
                "HangingProtocolDefinitionSequence", "HangingProtocolLevel", "HangingProtocolName", "HangingProtocolUserGroupName",
                "HangingProtocolUserIdentificationCodeSequence", "Laterality", "LongCodeValue", "Modality", "NumberOfPriorsReferenced",
                "NumberOfScreens", "ProcedureCodeSequence", "ReasonForRequestedProcedureCodeSequence", "SOPClassUID", "SOPInstanceUID",
                "URNCodeValue"), keywords(HangingProtocolModel.ATTRIBUTES).sorted().distinct().toList(),
                "a new key: does PS3.6 give it several values?");
    }

    private static Stream<String> keywords(List<ModelAttribute> attributes) {
        return attributes.stream().filter(ModelAttribute::isMatchingKey)
                .flatMap(key -> Stream.concat(Stream.of(ElementDictionary.keywordOf(key.tag(), null)), keywords(key.items())));
    }

    /** 8.3.4.1: a private attribute needs its creator. */
    @Clause("PS3.18 8.3.4.1")
    @Test
    void aPrivateAttributeNeedsItsCreator() throws Exception {
        assertThrows(InvalidQueryException.class, () -> parse("00731001=a"));
        assertThrows(InvalidQueryException.class, () -> parse("00731001=a&00730011=HPQR"));
        assertThrows(InvalidQueryException.class, () -> parse("0072000C.00731001=a&00730010=HPQR"));
        assertEquals(1, parse("00731001=a&00730010=HPQR").warnings().size());
        assertEquals(1, parse("0072000C.00730010=HPQR&0072000C.00731001=a").warnings().size());
    }

    /** What is returned without being asked for: types 1, 1C and 2 of PS3.4 Table U.6-1. */
    @Clause("PS3.4 Table U.6-1")
    @Test
    void defaultAttributes() throws Exception {
        Attributes result = result("", CompleteProtocol.make());
        for (int tag : new int[] {Tag.SOPClassUID, Tag.SOPInstanceUID, Tag.HangingProtocolName, Tag.HangingProtocolDescription,
                Tag.HangingProtocolLevel, Tag.HangingProtocolCreator, Tag.HangingProtocolCreationDateTime,
                Tag.HangingProtocolDefinitionSequence, Tag.NumberOfPriorsReferenced, Tag.HangingProtocolUserIdentificationCodeSequence,
                Tag.NumberOfScreens, Tag.NominalScreenDefinitionSequence})
            assertTrue(result.contains(tag), () -> Integer.toHexString(tag));
        for (int tag : new int[] {Tag.HangingProtocolUserGroupName, Tag.RetrieveAETitle, Tag.SourceHangingProtocolSequence,
                Tag.PartialDataDisplayHandling})
            assertFalse(result.contains(tag), () -> Integer.toHexString(tag));
    }

    /** Of an item, too, whether something is asked of it or not. */
    @Clause("PS3.4 Table U.6-1")
    @ParameterizedTest
    @ValueSource(strings = {"", "0072000C.00082218.CodeMeaning=", "includefield=0072000C.00082218.MappingResourceUID"})
    void defaultAttributesOfItems(String query) throws Exception {
        Attributes definition = result(query, withMappedCode()).getNestedDataset(Tag.HangingProtocolDefinitionSequence);
        assertTrue(definition.contains(Tag.Modality));
        Attributes region = definition.getNestedDataset(Tag.AnatomicRegionSequence);
        assertEquals("51185008", region.getString(Tag.CodeValue));
        assertTrue(region.contains(Tag.CodeMeaning));
        assertFalse(region.contains(Tag.MappingResource));
        assertFalse(region.contains(Tag.EquivalentCodeSequence));
        assertEquals(query.endsWith("UID"), region.contains(Tag.MappingResourceUID));
    }

    @Test
    void defaultAttributesOfItemsOfASequenceThatIsNone() throws Exception {
        Attributes equivalent = result("includefield=0072000C.00082218.EquivalentCodeSequence.MappingResourceUID", withMappedCode())
                .getNestedDataset(Tag.HangingProtocolDefinitionSequence).getNestedDataset(Tag.AnatomicRegionSequence)
                .getNestedDataset(Tag.EquivalentCodeSequence);
        assertEquals("51185008", equivalent.getString(Tag.CodeValue));
        assertTrue(equivalent.contains(Tag.MappingResourceUID));
        assertFalse(equivalent.contains(Tag.MappingResource));
    }

    /** With attributes of type 3 in the code of the anatomic region, among them an equivalent code. */
    private static Attributes withMappedCode() {
        Attributes stored = SampleProtocols.chestXray();
        Attributes code = stored.getNestedDataset(Tag.HangingProtocolDefinitionSequence).getNestedDataset(Tag.AnatomicRegionSequence);
        code.setString(Tag.MappingResource, VR.CS, "DCMR");
        code.setString(Tag.MappingResourceUID, VR.UI, "1.2.840.10008.8.1.1");
        Attributes equivalent = new Attributes(code);
        code.newSequence(Tag.EquivalentCodeSequence, 1).add(equivalent);
        return stored;
    }

    private static Attributes result(String query, Attributes stored) throws Exception {
        return FindIdentifier.of(parse(query).identifier(), UnknownValues.STRICT, 1_000).withDefaultReturnKeys().respond(stored, "HPQR")
                .orElseThrow();
    }

    /** 8.3.4.3. */
    @Clause("PS3.18 8.3.4.3")
    @Test
    void includefieldAddsAttributes() throws Exception {
        Attributes identifier = parse("includefield=HangingProtocolUserGroupName,RetrieveAETitle&includefield=00720208"
                + "&includefield=0072000C.AnatomicRegionSequence.EquivalentCodeSequence").identifier();
        assertTrue(identifier.contains(Tag.HangingProtocolUserGroupName));
        assertTrue(identifier.contains(Tag.RetrieveAETitle));
        assertTrue(identifier.contains(Tag.PartialDataDisplayHandling));
        Attributes region = identifier.getNestedDataset(Tag.HangingProtocolDefinitionSequence).getNestedDataset(Tag.AnatomicRegionSequence);
        assertTrue(region.contains(Tag.EquivalentCodeSequence));
        assertNull(region.getNestedDataset(Tag.EquivalentCodeSequence));
    }

    @Clause("PS3.18 8.3.4.3")
    @Test
    void includefieldAllAsksForWholeSequences() throws Exception {
        Attributes identifier = parse("includefield=all").identifier();
        assertTrue(identifier.contains(Tag.SourceHangingProtocolSequence));
        assertNull(identifier.getNestedDataset(Tag.HangingProtocolDefinitionSequence));
        // with a key in the item, each matching item with everything the model has
        Attributes definition = parse("includefield=all&0072000C.Modality=CT").identifier().getNestedDataset(Tag.HangingProtocolDefinitionSequence);
        assertEquals("CT", definition.getString(Tag.Modality));
        assertTrue(definition.contains(Tag.ReasonForRequestedProcedureCodeSequence));
    }

    @Test
    void thereIsALimitToKeys() throws Exception {
        StringBuilder query = new StringBuilder("includefield=all");
        for (int i = 0; i < MAX_KEYS; i++)
            query.append(String.format("&0072%04X=a", 0x0400 + i));
        assertEquals(1, parse("includefield=all&0072000C.Modality=CT").identifier().getSequence(Tag.HangingProtocolDefinitionSequence).size());
        assertThrows(InvalidQueryException.class, () -> parse(query.toString()));
        assertThrows(InvalidQueryException.class, () -> parse("includefield=" + "HangingProtocolName,".repeat(MAX_KEYS + 1)));
    }

    private static SearchRequest parse(String query) throws InvalidQueryException {
        return SearchRequest.parse(QueryString.parse(query), MAX_KEYS);
    }
}
