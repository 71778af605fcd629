package org.hpqr.information;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Specific Character Set (0008,0005): which one governs a data set or an item (PS3.5 7.5.3), and whether a response has
 * to name it.
 */
public final class CharacterSets {

    /** What a decoder puts in the place of bytes that mean nothing in the set. */
    public static final char REPLACEMENT = '\uFFFD';

    /** Not a Defined Term, but what many write for the default repertoire. */
    private static final String DEFAULT_REPERTOIRE = "ISO_IR 6";
    /** Sets that cannot stand alone: the first value of (0008,0005), left out by some, is the default repertoire. */
    private static final Set<String> MULTI_BYTE =
            Set.of("ISO 2022 IR 87", "ISO 2022 IR 159", "ISO 2022 IR 149", "ISO 2022 IR 58");
    /** They have no code extensions (PS3.3 C.12.1.1.2), so they stand alone. */
    private static final Set<String> ALONE = Set.of("ISO_IR 192", "GB18030", "GBK");
    /** A set without code extensions, and the same with them. */
    private static final String WITHOUT_EXTENSIONS = "ISO_IR ";
    private static final String WITH_EXTENSIONS = "ISO 2022 IR ";
    /** What nearly all data sets have: the toolkit's list need not be searched for them. */
    private static final Set<String> USUAL = Set.of("ISO_IR 192", "ISO_IR 100");
    private static final String[] NONE = {};
    private static final char ESC = 0x1B;
    /** What follows ESC (PS3.3 Tables C.12-3 and C.12-4): into G0, into G1, and of several bytes a character. */
    private static final List<byte[]> ESCAPE_SEQUENCES = Stream.of("(B", "(J", ")I", "-A", "-B", "-C", "-D", "-F", "-G", "-H", "-L",
            "-M", "-T", "-b", "$B", "$(D", "$)A", "$)C").map(sequence -> sequence.getBytes(StandardCharsets.US_ASCII)).toList();

    private CharacterSets() {
    }

    /** The set that text in this data set or item is encoded in: its own, or that of what it is nested in. */
    public static SpecificCharacterSet of(Attributes item) {
        String[] codes = codesInCharge(item);
        return codes.length > 0 ? SpecificCharacterSet.valueOf(codes) : SpecificCharacterSet.getDefaultCharacterSet();
    }

    private static String[] codesInCharge(Attributes item) {
        for (Attributes at = item; at != null; at = at.getParent()) {
            String[] codes = codes(at);
            if (codes.length > 0)
                return codes;
        }
        return NONE;
    }

    /**
     * {@code true} if text of this data set or item has an escape sequence that means nothing in its set: one without code
     * extensions, or a sequence that leads to no set.
     */
    public static boolean hasStrayEscape(byte[] text, Attributes item) {
        boolean extended = codesInCharge(item).length > 1;
        for (int i = 0; i < text.length; i++)
            if (text[i] == ESC && !(extended && isEscapeSequence(text, i + 1)))
                return true;
        return false;
    }

    private static boolean isEscapeSequence(byte[] text, int from) {
        return ESCAPE_SEQUENCES.stream().anyMatch(sequence -> from + sequence.length <= text.length
                && Arrays.equals(text, from, from + sequence.length, sequence, 0, sequence.length));
    }

    /** {@code false} if this data set or item names a set of its own that the toolkit does not know. */
    public static boolean isKnown(Attributes item) {
        for (String code : values(item))
            if (!isKnown(code))
                return false;
        return true;
    }

    /**
     * Copies the set of {@code from} to {@code response} if characters outside the default repertoire are there and no
     * set of an item inside is in charge of them.
     */
    public static void copyIfUsed(Attributes from, Attributes response) {
        String[] codes = codes(from);
        if (codes.length > 0 && usesMoreThanDefault(response, isRomaji(codes)))
            response.setValue(Tag.SpecificCharacterSet, VR.CS, from.getValue(Tag.SpecificCharacterSet));
    }

    /** The sets that (0008,0005) stands for, as the toolkit takes them; none if it is absent or of zero length. */
    private static String[] codes(Attributes item) {
        String[] codes = values(item);
        if (codes.length == 1 && MULTI_BYTE.contains(codes[0]))
            return new String[] {"", codes[0]};
        if (codes.length > 1 && ALONE.contains(codes[0]))
            return new String[] {codes[0]};
        return codes.length > 1 ? Arrays.stream(codes).filter(code -> !ALONE.contains(code)).toArray(String[]::new) : codes;
    }

    /** The values of (0008,0005). Several are sets with code extensions, whether they are named so or not. */
    private static String[] values(Attributes item) {
        String[] values = item.contains(Tag.SpecificCharacterSet) && item.getVR(Tag.SpecificCharacterSet).isStringType()
                ? item.getStrings(Tag.SpecificCharacterSet) : null;
        if (values == null || values.length == 0)
            return NONE;
        String[] codes = new String[values.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = values[i] == null || values[i].equals(DEFAULT_REPERTOIRE) ? "" : values[i];
            if (codes.length > 1 && codes[i].startsWith(WITHOUT_EXTENSIONS) && !ALONE.contains(codes[i]))
                codes[i] = WITH_EXTENSIONS + codes[i].substring(WITHOUT_EXTENSIONS.length());
        }
        return codes;
    }

    private static boolean isKnown(String code) {
        if (USUAL.contains(code))
            return true;
        try {
            SpecificCharacterSet.checkSpecificCharacterSet(code);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** JIS X 0201, whose lower half differs from the default repertoire in the backslash and the tilde. */
    private static boolean isRomaji(String[] codes) {
        return Arrays.stream(codes).anyMatch(code -> code.endsWith("IR 13"));
    }

    /** Text outside the default repertoire is in this data set or item, or in items inside that name no set of their own. */
    public static boolean usesMoreThanDefault(Attributes item) {
        return usesMoreThanDefault(item, isRomaji(codes(item)));
    }

    private static boolean usesMoreThanDefault(Attributes item, boolean romaji) {
        for (int tag : item.tags()) {
            VR.Holder vr = new VR.Holder();
            Object value = item.getValue(tag, vr);
            if (value instanceof Sequence items) {
                for (Attributes nested : items)
                    if (codes(nested).length == 0 && usesMoreThanDefault(nested, romaji))
                        return true;
            } else if (vr.vr.useSpecificCharacterSet() && usesMoreThanDefault(value, romaji)) {
                return true;
            }
        }
        return false;
    }

    private static boolean usesMoreThanDefault(Object value, boolean romaji) {
        if (value instanceof byte[] bytes) {
            for (byte b : bytes)
                if (b < 0 || b == ESC || romaji && (b == '\\' || b == '~'))
                    return true;
            return false;
        }
        if (value instanceof String[] texts)
            return Arrays.stream(texts).anyMatch(text -> text != null && usesMoreThanDefault(text, romaji));
        return value instanceof String text && text.chars().anyMatch(c -> c > 0x7E || romaji && c == '~');
    }
}
