package org.hpqr.query;

import java.util.Arrays;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Specific Character Set (0008,0005): which one governs a data set or an item (PS3.5 7.5.3), and whether a response has
 * to name it.
 */
final class CharacterSets {

    /** What a decoder puts in the place of bytes that mean nothing in the set. */
    static final char REPLACEMENT = '\uFFFD';

    /** Not a Defined Term, but what many write for the default repertoire. */
    private static final String DEFAULT_REPERTOIRE = "ISO_IR 6";
    /** Sets that cannot stand alone: the first value of (0008,0005), left out by some, is the default repertoire. */
    private static final Set<String> MULTI_BYTE =
            Set.of("ISO 2022 IR 87", "ISO 2022 IR 159", "ISO 2022 IR 149", "ISO 2022 IR 58");
    private static final int ESC = 0x1B;

    private CharacterSets() {
    }

    /** The set that text in this data set or item is encoded in: its own, or that of what it is nested in. */
    static SpecificCharacterSet of(Attributes item) {
        for (Attributes at = item; at != null; at = at.getParent()) {
            String[] codes = codes(at);
            if (codes.length > 0)
                return SpecificCharacterSet.valueOf(codes);
        }
        return SpecificCharacterSet.getDefaultCharacterSet();
    }

    /** {@code false} if this data set or item names a set of its own that the toolkit does not know. */
    static boolean isKnown(Attributes item) {
        return Arrays.stream(codes(item)).allMatch(CharacterSets::isKnown);
    }

    /**
     * Copies the set of {@code from} to {@code response} if characters outside the default repertoire are there and no
     * set of an item inside is in charge of them.
     */
    static void copyIfUsed(Attributes from, Attributes response) {
        if (codes(from).length > 0 && usesMoreThanDefault(response, isRomaji(from)))
            response.setValue(Tag.SpecificCharacterSet, VR.CS, from.getValue(Tag.SpecificCharacterSet));
    }

    /** The values of (0008,0005); none if it is absent or of zero length. */
    private static String[] codes(Attributes item) {
        String[] values = item.getStrings(Tag.SpecificCharacterSet);
        if (values == null || values.length == 0)
            return new String[0];
        String[] codes = new String[values.length];
        for (int i = 0; i < codes.length; i++)
            codes[i] = values[i] == null || values[i].equals(DEFAULT_REPERTOIRE) ? "" : values[i];
        return codes.length == 1 && MULTI_BYTE.contains(codes[0]) ? new String[] {"", codes[0]} : codes;
    }

    private static boolean isKnown(String code) {
        try {
            SpecificCharacterSet.checkSpecificCharacterSet(code);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** JIS X 0201, whose lower half differs from the default repertoire in the backslash and the tilde. */
    private static boolean isRomaji(Attributes item) {
        return Arrays.stream(codes(item)).anyMatch(code -> code.endsWith("IR 13"));
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
