package org.hpqr.query;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Requests and objects by chance, of a vocabulary so small that they meet, and with all that makes an object irregular:
 * several values, too long ones, NUL, bytes that mean nothing in their character set, several user codes, codes with two
 * values, private elements, missing attributes.
 */
final class RandomRequests {

    private static final String UNKNOWN_SET = "NO SUCH SET";
    private static final List<String> NAMES = List.of("Chest", "CHEST", "chest ", "Chest CT", "Chest*", "C%est", "C_est",
            "Ch!st", "Schädel", "胸部 CT", "移 乗", "a😀b", "x".repeat(64), "x".repeat(65), "x".repeat(70), "nul\0nul", "Chest\\Head");
    private static final List<String> PATTERNS = List.of("Ch*", "*est", "C?est", "*e*t*", "?????", "*", "**", "C%*", "C_*",
            "*!*", "a?b", "a??b", "*ä*", "胸*", "x*x", "?*", "*x*x*x*x*", "nul?nul", "*Head", "C*s*t*C*T");
    private static final List<String> MODALITIES = List.of("CT", "MR", "CR", "ct", "CT\\MR", "MODALITY_TOO_LONG");
    private static final List<String> CODES = List.of("51185008", "T-D3000", "69536005", "LONG-CODE-OF-MORE-THAN-16",
            "urn:oid:1.2.3", "y".repeat(300));
    private static final List<Integer> CODE_TAGS = List.of(Tag.CodeValue, Tag.CodeValue, Tag.LongCodeValue, Tag.URNCodeValue);
    private static final List<String> SCHEMES = List.of("SCT", "SRT", "99Local", "sct");
    private static final List<String> VERSIONS = List.of("1.5", "2", "v40a");
    private static final List<String> GROUPS = List.of("NEURO_READERS", "NEURO", "ABC Hospital", "Ärzte", "NEURO\\ABC Hospital");
    private static final List<String> LEVELS = List.of("SITE", "SINGLE_USER", "SI?E");
    private static final List<String> LATERALITIES = List.of("R", "L", "B");
    private static final List<String> UIDS = List.of("1.2.3", "1.2.4");
    /** As (0008,0005) has them. */
    private static final Map<String, Charset> CHARACTER_SETS = Map.of("", StandardCharsets.US_ASCII,
            "ISO_IR 100", StandardCharsets.ISO_8859_1, "ISO 2022 IR 100", StandardCharsets.ISO_8859_1,
            "ISO_IR 192", StandardCharsets.UTF_8, "GB18030", Charset.forName("GB18030"),
            "\\ISO 2022 IR 87", Charset.forName("ISO-2022-JP"), UNKNOWN_SET, StandardCharsets.US_ASCII);
    private static final List<String> KNOWN_SETS = CHARACTER_SETS.keySet().stream().filter(set -> !set.equals(UNKNOWN_SET))
            .sorted().toList();

    private final Random random;
    /** Whether what is made may have what makes an object irregular. */
    private boolean wild;

    RandomRequests(Random random) {
        this.random = random;
    }

    /** An object; {@code number} makes its UID. */
    Attributes object(int number) {
        wild = chance(3);
        Attributes object = new Attributes();
        Charset charset = characterSet(object);
        object.setString(Tag.SOPInstanceUID, VR.UI, "1.2." + number);
        if (wild && chance(10))
            object.setString(Tag.SOPInstanceUID, VR.UI, "1.2." + number, "1.2.3.4");
        object.setString(Tag.SOPClassUID, VR.UI, chance(10) ? "1.2.3" : "1.2.4");
        maybe(object, Tag.HangingProtocolName, VR.SH, NAMES, charset);
        maybe(object, Tag.HangingProtocolLevel, VR.CS, LEVELS, charset);
        maybe(object, Tag.HangingProtocolUserGroupName, VR.LO, GROUPS, charset);
        numbers(object, Tag.NumberOfPriorsReferenced);
        numbers(object, Tag.NumberOfScreens);
        codes(object, Tag.HangingProtocolUserIdentificationCodeSequence, charset);
        if (!chance(15)) {
            var definitions = object.newSequence(Tag.HangingProtocolDefinitionSequence, 3);
            for (int i = random.nextInt(3); i >= 0; i--)
                definitions.add(definition(charset));
        }
        if (chance(10))
            object.setString("HPQR TEST", 0x00730001, VR.LO, "private");
        return object;
    }

    /** A request that is accepted: at most one value and item a key, no wild cards in UIDs, text that can be decoded. */
    Attributes request() {
        Attributes request = new Attributes();
        Charset charset = characterSet(request, pick(KNOWN_SETS));
        if (chance(4))
            request.setString(Tag.SOPInstanceUID, VR.UI, uid(), uid(), "1.2.3");
        if (chance(5))
            request.setString(Tag.SOPClassUID, VR.UI, pick(UIDS));
        key(request, Tag.HangingProtocolName, VR.SH, NAMES, charset);
        key(request, Tag.HangingProtocolLevel, VR.CS, LEVELS, charset);
        key(request, Tag.HangingProtocolUserGroupName, VR.LO, GROUPS, charset);
        number(request, Tag.NumberOfPriorsReferenced);
        number(request, Tag.NumberOfScreens);
        codeKey(request, Tag.HangingProtocolUserIdentificationCodeSequence, charset);
        if (chance(10))
            whole(request, Tag.HangingProtocolDefinitionSequence);
        else if (!chance(3))
            request.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definitionKeys(charset));
        return request;
    }

    private String uid() {
        return "1.2." + random.nextInt(NarrowedAnswersTest.OBJECTS);
    }

    private Attributes definition(Charset outer) {
        Attributes definition = new Attributes();
        Charset charset = chance(12) ? characterSet(definition) : outer;
        maybe(definition, Tag.Modality, VR.CS, MODALITIES, charset);
        maybe(definition, Tag.Laterality, VR.CS, LATERALITIES, charset);
        codes(definition, Tag.AnatomicRegionSequence, charset);
        codes(definition, Tag.ProcedureCodeSequence, charset);
        codes(definition, Tag.ReasonForRequestedProcedureCodeSequence, charset);
        return definition;
    }

    private Attributes definitionKeys(Charset charset) {
        Attributes keys = new Attributes();
        key(keys, Tag.Modality, VR.CS, MODALITIES, charset);
        key(keys, Tag.Laterality, VR.CS, LATERALITIES, charset);
        codeKey(keys, Tag.AnatomicRegionSequence, charset);
        if (chance(3))
            codeKey(keys, Tag.ProcedureCodeSequence, charset);
        if (chance(3))
            codeKey(keys, Tag.ReasonForRequestedProcedureCodeSequence, charset);
        return keys;
    }

    private void codes(Attributes holder, int tag, Charset charset) {
        int count = chance(3) ? 0 : several(tag) && chance(4) ? 2 : 1;
        if (count == 0 && random.nextBoolean())
            return;
        var sequence = holder.newSequence(tag, count);
        for (int i = 0; i < count; i++) {
            Attributes code = new Attributes();
            int value = pick(CODE_TAGS);
            maybe(code, value, ElementDictionary.vrOf(value, null), CODES, charset);
            if (wild && chance(10))
                maybe(code, Tag.URNCodeValue, VR.UR, CODES, charset);
            maybe(code, Tag.CodingSchemeDesignator, VR.SH, SCHEMES, charset);
            if (chance(4))
                maybe(code, Tag.CodeMeaning, VR.LO, NAMES, charset);
            if (chance(3))
                maybe(code, Tag.CodingSchemeVersion, VR.SH, VERSIONS, charset);
            if (chance(8))
                code.newSequence(Tag.EquivalentCodeSequence, 1).add(equivalent());
            sequence.add(code);
        }
    }

    private boolean several(int tag) {
        return wild || tag != Tag.HangingProtocolUserIdentificationCodeSequence;
    }

    private Attributes equivalent() {
        Attributes code = new Attributes();
        code.setString(Tag.CodeValue, VR.SH, pick(CODES.subList(0, 3)));
        return code;
    }

    /** A sequence that is asked for as it is stored. */
    private void whole(Attributes holder, int tag) {
        if (random.nextBoolean())
            holder.setNull(tag, VR.SQ);
        else
            holder.newSequence(tag, 1).add(new Attributes());
    }

    private void codeKey(Attributes holder, int tag, Charset charset) {
        if (chance(8))
            whole(holder, tag);
        if (chance(2))
            return;
        Attributes code = new Attributes();
        int value = pick(CODE_TAGS);
        if (!chance(3))
            key(code, value, ElementDictionary.vrOf(value, null), CODES, charset);
        key(code, Tag.CodingSchemeDesignator, VR.SH, SCHEMES, charset);
        if (chance(5))
            key(code, Tag.CodingSchemeVersion, VR.SH, VERSIONS, charset);
        if (chance(4))
            code.setString(Tag.CodeMeaning, VR.LO, "never compared");
        if (chance(12))
            code.newSequence(Tag.EquivalentCodeSequence, 1).add(equivalent());
        holder.newSequence(tag, 1).add(code);
    }

    private void maybe(Attributes holder, int tag, VR vr, List<String> values, Charset charset) {
        int fate = random.nextInt(10);
        if (fate == 0)
            holder.setNull(tag, vr);
        else if (fate == 1 && wild && vr != VR.CS && vr != VR.UR)
            holder.setBytes(tag, vr, new byte[] {'C', (byte) 0xE9, 'e'});
        else if (fate > 2)
            holder.setBytes(tag, vr, pick(wild ? values : values.stream().filter(RandomRequests::isTame).toList())
                    .getBytes(charset));
    }

    private static boolean isTame(String value) {
        return value.length() <= 64 && !value.contains("\\") && !value.contains("\0") && !value.equals("MODALITY_TOO_LONG");
    }

    private void key(Attributes holder, int tag, VR vr, List<String> values, Charset charset) {
        int fate = random.nextInt(9);
        if (fate == 0)
            holder.setNull(tag, vr);
        if (fate != 1 && fate != 2)
            return;
        String value = fate == 1 ? pick(values) : chance(3) ? pick(values).replaceFirst("[a-zA-Z0-9]", "?") : pick(PATTERNS);
        value = value.split("\\\\")[0];
        // what the set does not have becomes a question mark, and so a wild card
        holder.setBytes(tag, vr, value.getBytes(vr != VR.CS && vr != VR.UR ? charset : StandardCharsets.US_ASCII));
    }

    private void numbers(Attributes holder, int tag) {
        switch (random.nextInt(6)) {
            case 0 -> { }
            case 1 -> holder.setNull(tag, VR.US);
            case 2 -> holder.setInt(tag, VR.US, wild ? new int[] {1, 65_535} : new int[] {65_535});
            default -> holder.setInt(tag, VR.US, random.nextInt(3));
        }
    }

    private void number(Attributes holder, int tag) {
        if (chance(6))
            holder.setInt(tag, VR.US, pick(List.of(0, 1, 2, 65_535)));
    }

    private Charset characterSet(Attributes holder) {
        return characterSet(holder, wild && chance(4) ? UNKNOWN_SET : pick(KNOWN_SETS));
    }

    private static Charset characterSet(Attributes holder, String set) {
        if (!set.isEmpty())
            holder.setString(Tag.SpecificCharacterSet, VR.CS, set.split("\\\\", -1));
        return CHARACTER_SETS.get(set);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
