package org.hpqr.query;

import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.matches;
import static org.hpqr.query.Finds.response;
import static org.hpqr.query.Finds.stored;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text in other than the default repertoire: PS3.4 C.2.2.2, K.4.1.1.3; PS3.5 6.1, 7.5.3. */
class CharacterSetTest {

    /** A set, a text in it, and how that is encoded there; {@code code} as (0008,0005) has it. */
    record Encoded(String code, String text, byte[] bytes) {

        Attributes name() {
            return with(attributes -> {
                attributes.setString(Tag.SpecificCharacterSet, VR.CS, code.split("\\\\", -1));
                attributes.setBytes(Tag.HangingProtocolName, VR.SH, bytes);
            });
        }

        @Override
        public String toString() {
            return code + " " + text;
        }
    }

    static List<Encoded> sets() throws IOException {
        return List.of(
                simple("ISO_IR 100", "Schädel", "ISO-8859-1"), simple("ISO_IR 101", "Głowa", "ISO-8859-2"),
                simple("ISO_IR 109", "Ĝamba", "ISO-8859-3"), simple("ISO_IR 110", "Galvā", "ISO-8859-4"),
                simple("ISO_IR 144", "Голова", "ISO-8859-5"), simple("ISO_IR 127", "رأس", "ISO-8859-6"),
                simple("ISO_IR 126", "Κεφάλι", "ISO-8859-7"), simple("ISO_IR 138", "ראש", "ISO-8859-8"),
                simple("ISO_IR 148", "Başım", "ISO-8859-9"), simple("ISO_IR 203", "Œdème", "ISO-8859-15"),
                simple("ISO_IR 13", "ｱﾀﾏ", "JIS_X0201"), simple("ISO_IR 166", "ศีรษะ", "TIS-620"),
                simple("ISO_IR 192", "胸部 Brust 😀", "UTF-8"), simple("GB18030", "胸部 😀", "GB18030"),
                simple("GBK", "胸部", "GBK"),
                simple("\\ISO 2022 IR 87", "胸部", "ISO-2022-JP"),
                simple("ISO 2022 IR 6\\ISO 2022 IR 87", "CT 胸部", "ISO-2022-JP"),
                simple("ISO 2022 IR 87", "胸部", "ISO-2022-JP"),
                new Encoded("ISO 2022 IR 13\\ISO 2022 IR 87", "ｱﾀﾏ胸", joined("ｱﾀﾏ".getBytes("JIS_X0201"), "\033$B".getBytes(),
                        "胸".getBytes("x-JIS0208"), "\033(J".getBytes())),
                new Encoded("ISO_IR 13\\ISO 2022 IR 87", "ｱﾀﾏ胸", joined("ｱﾀﾏ".getBytes("JIS_X0201"), "\033$B".getBytes(),
                        "胸".getBytes("x-JIS0208"), "\033(J".getBytes())),
                simple("ISO_IR 6\\ISO 2022 IR 87", "CT 胸部", "ISO-2022-JP"),
                simple("ISO_IR 192\\ISO 2022 IR 87", "胸部 Brust", "UTF-8"),
                new Encoded("ISO_IR 100\\ISO 2022 IR 144", "äЖ", joined("ä".getBytes("ISO-8859-1"), "\033-L".getBytes(),
                        "Ж".getBytes("ISO-8859-5"))),
                new Encoded("ISO_IR 100\\ISO_IR 144", "äЖ", joined("ä".getBytes("ISO-8859-1"), "\033-L".getBytes(),
                        "Ж".getBytes("ISO-8859-5"))),
                new Encoded("\\ISO 2022 IR 159", "丂", joined("\033$(D".getBytes(), "丂".getBytes("JIS_X0212-1990"),
                        "\033(B".getBytes())),
                new Encoded("\\ISO 2022 IR 149", "김 CT", joined("\033$)C".getBytes(), "김".getBytes("EUC-KR"), " CT".getBytes())),
                new Encoded("ISO 2022 IR 149", "김", joined("\033$)C".getBytes(), "김".getBytes("EUC-KR"))),
                new Encoded("\\ISO 2022 IR 58", "张", joined("\033$)A".getBytes(), "张".getBytes("GB2312"))),
                new Encoded("ISO 2022 IR 6\\ISO 2022 IR 126\\ISO 2022 IR 144", "αЖ", joined("\033-F".getBytes(),
                        "α".getBytes("ISO-8859-7"), "\033-L".getBytes(), "Ж".getBytes("ISO-8859-5"))));
    }

    private static Encoded simple(String code, String text, String charset) {
        return new Encoded(code, text, text.getBytes(Charset.forName(charset)));
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts)
            joined.write(part);
        return joined.toByteArray();
    }

    private static Attributes utf8(String name) {
        return simple("ISO_IR 192", name, "UTF-8").name();
    }

    /** The fork behind the default build does not know ISO_IR 203; dcm4che does. */
    private static void assumeKnown(Encoded set) {
        assumeTrue(Arrays.stream(set.code().split("\\\\", -1)).allMatch(code -> {
            try {
                SpecificCharacterSet.checkSpecificCharacterSet(code);
                return true;
            } catch (IllegalArgumentException e) {
                return !code.equals("ISO_IR 203");
            }
        }), "ISO_IR 203 is not known to this toolkit");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void objectIsFoundByAKeyInAnotherSet(Encoded set) throws HpFailure {
        assumeKnown(set);
        assertTrue(matches(utf8(set.text()), set.name()));
        assertFalse(matches(utf8(set.text() + "!"), set.name()));
        assertTrue(matches(utf8(set.text().substring(0, 1) + "*"), set.name()));
    }

    /** PS3.4 C.2.2.2: the set of the request is that of its keys, and no key itself. */
    @Clause("C.2.2.2")
    @ParameterizedTest
    @MethodSource("sets")
    void keyFindsAnObjectInAnotherSet(Encoded set) throws HpFailure {
        assumeKnown(set);
        assertTrue(matches(set.name(), utf8(set.text())));
        assertFalse(matches(set.name(), utf8(set.text() + "!")));
        assertTrue(matches(set.name(), set.name()));
    }

    @Clause("C.2.2.2.4")
    @ParameterizedTest
    @MethodSource("sets")
    void questionMarkStandsForOneCharacterHoweverManyBytesItHas(Encoded set) throws HpFailure {
        assumeKnown(set);
        int characters = set.text().codePointCount(0, set.text().length());
        assertTrue(matches(utf8("?".repeat(characters)), set.name()));
        if (characters > 1)
            assertFalse(matches(utf8("?".repeat(characters - 1)), set.name()));
        assertFalse(matches(utf8("?".repeat(characters + 1)), set.name()));
    }

    /** K.4.1.1.3.2: the response may be in another set than the request; the bytes are those that were stored. */
    @Clause("K.4.1.1.3.2")
    @ParameterizedTest
    @MethodSource("sets")
    void responseHasTheStoredBytesAndNamesTheirSet(Encoded set) throws Exception {
        assumeKnown(set);
        Attributes response = response(utf8(set.text()), set.name());
        assertArrayEquals(set.bytes(), trimmed(response.getBytes(Tag.HangingProtocolName)));
        assertEquals(set.code(), String.join("\\", notNull(response.getStrings(Tag.SpecificCharacterSet))));
    }

    private static byte[] trimmed(byte[] bytes) {
        return bytes[bytes.length - 1] == ' ' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static String[] notNull(String[] codes) {
        return Arrays.stream(codes).map(code -> code == null ? "" : code).toArray(String[]::new);
    }

    /** Text is compared as it stands: PS3.4 C.2.2.2.1, no Unicode normalisation. */
    @Test
    void composedAndDecomposedCharactersDiffer() throws HpFailure {
        assertFalse(matches(utf8("a\u0308"), utf8("ä")));
    }

    /** C.2.2.2.1: accent-sensitive. */
    @Clause("C.2.2.2.1")
    @Test
    void accentsCount() throws HpFailure {
        assertFalse(matches(utf8("Schadel"), utf8("Schädel")));
    }

    @Test
    void defaultRepertoireUnderAnotherName() throws HpFailure {
        for (String code : List.of("ISO_IR 6", "ISO 2022 IR 6", ""))
            assertTrue(matches(simple(code, "Chest", "US-ASCII").name(), key(Tag.HangingProtocolName, VR.SH, "Chest")));
    }

    /** PS3.5 7.5.3: an item may have a set of its own. */
    @Test
    void itemWithItsOwnSet() throws HpFailure {
        Attributes object = groupAndRegion("ISO_IR 144", "ISO_IR 192", "Γ".getBytes(StandardCharsets.UTF_8));
        Attributes request = regionKey("ISO_IR 126", "Γ".getBytes(Charset.forName("ISO-8859-7")));
        assertTrue(matches(request, object));
        assertFalse(matches(regionKey("ISO_IR 144", "Ж".getBytes(Charset.forName("ISO-8859-5"))), object));
    }

    @Test
    void setOfAnItemGovernsWhatIsNestedInIt() throws HpFailure {
        Attributes object = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence, item -> {
            item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
            items(item, Tag.AnatomicRegionSequence, code -> code.setBytes(Tag.CodeValue, VR.SH, new byte[] {(byte) 0xE4}));
        }));
        Attributes request = regionKey("ISO_IR 192", "ä".getBytes(StandardCharsets.UTF_8));
        assertTrue(matches(request, object));
        Attributes response = response(request, object);
        Attributes definition = response.getNestedDataset(Tag.HangingProtocolDefinitionSequence);
        assertFalse(response.contains(Tag.SpecificCharacterSet));
        assertEquals("ISO_IR 100", definition.getString(Tag.SpecificCharacterSet));
        assertEquals("ä", definition.getNestedDataset(Tag.AnatomicRegionSequence).getString(Tag.CodeValue));
    }

    /** As if it were absent. */
    @Test
    void setOfZeroLengthInAnItemChangesNothing() throws HpFailure {
        Attributes object = groupAndRegion("ISO_IR 192", "", "Γ".getBytes(StandardCharsets.UTF_8));
        assertTrue(matches(regionKey("ISO_IR 192", "Γ".getBytes(StandardCharsets.UTF_8)), object));
    }

    /** PS3.4 K.4.1.1.3.2: present if characters outside the default repertoire are in the response, else absent. */
    @Clause("K.4.1.1.3.2")
    @Test
    void setIsNamedOnlyIfItIsUsed() throws HpFailure {
        Attributes object = SampleProtocols.latin1();
        assertEquals("ISO_IR 100", response(key(Tag.HangingProtocolName, VR.SH), object).getString(Tag.SpecificCharacterSet));
        assertFalse(response(key(Tag.HangingProtocolLevel, VR.CS), object).contains(Tag.SpecificCharacterSet));
        object.setString(Tag.HangingProtocolName, VR.SH, "Skull");
        assertFalse(response(key(Tag.HangingProtocolName, VR.SH), object).contains(Tag.SpecificCharacterSet));
        assertEquals("ISO_IR 100", response(key(Tag.HangingProtocolDescription, VR.LO), object)
                .getString(Tag.SpecificCharacterSet));
    }

    @Test
    void setIsNamedForTextInItems() throws HpFailure {
        Attributes request = with(attributes -> attributes.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ));
        assertEquals("ISO_IR 100", response(request, SampleProtocols.latin1()).getString(Tag.SpecificCharacterSet));
        assertFalse(response(request, SampleProtocols.ctOnePrior()).contains(Tag.SpecificCharacterSet));
    }

    /** An ISO 2022 escape sequence is in no byte beyond the default repertoire, its text is. */
    @Test
    void setIsNamedForEscapeSequences() throws HpFailure {
        Attributes object = simple("\\ISO 2022 IR 87", "胸部", "ISO-2022-JP").name();
        assertTrue(response(key(Tag.HangingProtocolName, VR.SH), object).contains(Tag.SpecificCharacterSet));
    }

    /** In JIS X 0201 the code of the tilde is an overline. */
    @Test
    void setIsNamedForTheCharactersThatDifferInJisX0201() throws HpFailure {
        assertEquals("ISO_IR 13", response(key(Tag.HangingProtocolName, VR.SH), simple("ISO_IR 13", "A~", "US-ASCII").name())
                .getString(Tag.SpecificCharacterSet));
        assertNull(response(key(Tag.HangingProtocolName, VR.SH), simple("ISO_IR 13", "A", "US-ASCII").name())
                .getString(Tag.SpecificCharacterSet));
        assertNull(response(key(Tag.HangingProtocolName, VR.SH), simple("ISO_IR 100", "A~", "US-ASCII").name())
                .getString(Tag.SpecificCharacterSet));
    }

    @Test
    void setsOfItemsAreNamedOnlyIfTheyAreUsed() throws HpFailure {
        Attributes object = groupAndRegion("ISO_IR 144", "ISO_IR 192", "Γ".getBytes(StandardCharsets.UTF_8));
        Attributes request = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence, item ->
                items(item, Tag.AnatomicRegionSequence, code -> code.setNull(Tag.CodeValue, VR.SH))));
        Attributes response = response(request, object);
        assertFalse(response.contains(Tag.SpecificCharacterSet), "the item has its own");
        assertEquals("ISO_IR 192", regionOf(response).getString(Tag.SpecificCharacterSet));
        assertEquals("Γ", regionOf(response).getString(Tag.CodeValue));
        request.setNull(Tag.HangingProtocolUserGroupName, VR.LO);
        response = response(request, object);
        assertEquals("ISO_IR 144", response.getString(Tag.SpecificCharacterSet));
        assertEquals("Группа", response.getString(Tag.HangingProtocolUserGroupName));
        assertEquals("Γ", regionOf(response).getString(Tag.CodeValue));
        Attributes ascii = groupAndRegion("ISO_IR 144", "ISO_IR 192", "G".getBytes(StandardCharsets.UTF_8));
        assertFalse(regionOf(response(request, ascii)).contains(Tag.SpecificCharacterSet));
    }

    /** The set of the request says how its keys are encoded, nothing else: K.4.1.1.3.2. */
    @Clause("K.4.1.1.3.2")
    @Test
    void theSetOfTheRequestIsNotEchoed() throws HpFailure {
        assertFalse(response(utf8("Chest X-ray"), SampleProtocols.chestXray()).contains(Tag.SpecificCharacterSet));
    }

    /** Bytes that mean nothing where they stand come back as they are, and are found by nothing but wild cards. */
    @Test
    void undecodableStoredText() throws Exception {
        Attributes object = with(attributes -> attributes.setBytes(Tag.HangingProtocolName, VR.SH, new byte[] {'A', (byte) 0xE9}));
        assertTrue(matches(key(Tag.HangingProtocolName, VR.SH, "A*"), object));
        assertFalse(matches(simple("ISO_IR 100", "Aé", "ISO-8859-1").name(), object));
        Attributes response = response(key(Tag.HangingProtocolName, VR.SH), object);
        assertArrayEquals(new byte[] {'A', (byte) 0xE9}, response.getBytes(Tag.HangingProtocolName));
        assertFalse(response.contains(Tag.SpecificCharacterSet));
    }

    @Test
    void storedTextInAnUnknownSet() throws Exception {
        Attributes object = with(attributes -> {
            attributes.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 999");
            attributes.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
            attributes.setBytes(Tag.HangingProtocolName, VR.SH, new byte[] {'A', (byte) 0xE9});
        });
        assertTrue(matches(key(Tag.HangingProtocolLevel, VR.CS, "SITE"), object));
        Attributes response = response(key(Tag.HangingProtocolName, VR.SH), object);
        assertEquals("ISO_IR 999", response.getString(Tag.SpecificCharacterSet));
        assertArrayEquals(new byte[] {'A', (byte) 0xE9}, response.getBytes(Tag.HangingProtocolName));
    }

    /** PS3.5 6.1.2.5: without code extensions, or where it leads to no set, an escape sequence says nothing. */
    @ParameterizedTest
    @CsvSource({"ISO_IR 100,$BF|", "ISO_IR 13,$BF|", "ISO_IR 192,$BF|", "'',$BF|", "\\ISO 2022 IR 87,ZZ", "\\ISO 2022 IR 87,$",
        "\\ISO 2022 IR 149,$)Q", "ISO_IR 192\\ISO 2022 IR 87,$BF|"})
    void keyWithEscapeSequenceThatMeansNothing(String code, String sequence) {
        for (String before : List.of("", "CT")) {
            Encoded key = new Encoded(code, "", (before + '\033' + sequence).getBytes(StandardCharsets.US_ASCII));
            HpFailure failure = assertThrows(HpFailure.class, () -> matches(key.name(), SampleProtocols.chestXray()));
            assertEquals(HpStatus.FIND_IDENTIFIER_UNREADABLE, failure.status());
            assertEquals("A key cannot be decoded in its character set", failure.comment());
            assertArrayEquals(new int[] {Tag.SpecificCharacterSet, Tag.HangingProtocolName}, failure.offendingElements());
        }
    }

    /** However a multi-byte text is cut, it is read as something. */
    @ParameterizedTest
    @MethodSource("sets")
    void textCutAnywhere(Encoded set) throws HpFailure {
        assumeKnown(set);
        for (int length = 1; length < set.bytes().length; length++) {
            Encoded cut = new Encoded(set.code(), "", Arrays.copyOf(set.bytes(), length));
            assertTrue(matches(key(Tag.HangingProtocolName, VR.SH, "*"), cut.name()));
            matches(key(Tag.HangingProtocolName, VR.SH, "A"), cut.name());
        }
    }

    /** Of text that was set as such, not received, the characters decide. */
    @ParameterizedTest
    @CsvSource({"ISO_IR 192,Schädel,true", "ISO_IR 192,Skull,false", "ISO_IR 192,~,false", "ISO_IR 13,~,true"})
    void responseOfDecodedText(String code, String name, boolean named) throws HpFailure {
        Attributes stored = stored(SampleProtocols.chestXray());
        stored.setString(Tag.SpecificCharacterSet, VR.CS, code);
        stored.setString(Tag.HangingProtocolName, VR.SH, name);
        stored.setString(Tag.HangingProtocolUserGroupName, VR.LO, "A", name);
        for (Attributes request : List.of(key(Tag.HangingProtocolName, VR.SH), key(Tag.HangingProtocolUserGroupName, VR.LO)))
            assertEquals(named, Finds.identifier(request).respond(stored, Finds.CALLED).orElseThrow()
                    .contains(Tag.SpecificCharacterSet));
    }

    private static Attributes groupAndRegion(String outer, String inner, byte[] region) {
        return with(attributes -> {
            attributes.setString(Tag.SpecificCharacterSet, VR.CS, outer);
            attributes.setBytes(Tag.HangingProtocolUserGroupName, VR.LO, "Группа".getBytes(Charset.forName("ISO-8859-5")));
            items(attributes, Tag.HangingProtocolDefinitionSequence, item -> items(item, Tag.AnatomicRegionSequence, code -> {
                code.setString(Tag.SpecificCharacterSet, VR.CS, inner);
                code.setBytes(Tag.CodeValue, VR.SH, region);
            }));
        });
    }

    private static Attributes regionKey(String set, byte[] value) {
        Consumer<Attributes> code = item -> item.setBytes(Tag.CodeValue, VR.SH, value);
        return with(attributes -> {
            attributes.setString(Tag.SpecificCharacterSet, VR.CS, set);
            items(attributes, Tag.HangingProtocolDefinitionSequence, item -> items(item, Tag.AnatomicRegionSequence, code));
        });
    }

    private static Attributes regionOf(Attributes response) {
        return response.getNestedDataset(Tag.HangingProtocolDefinitionSequence).getNestedDataset(Tag.AnatomicRegionSequence);
    }
}
