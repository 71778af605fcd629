package org.hpqr.web.media;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;
import org.hpqr.information.CharacterSets;

/**
 * Reads the values of an attribute for the text formats (PS3.18 Annex F, PS3.19 A.1). Nothing here replaces an encoded
 * value by the decoded one, as the getters of {@link Attributes} do.
 */
final class ElementValues {

    private ElementValues() {
    }

    /** How the text formats carry the values of a VR (PS3.18 Table F.2.3-1). */
    enum Form { TEXT, DECIMAL, PERSON_NAME, TAG, INTEGER, REAL, SEQUENCE, BINARY }

    /** The form of a VR; one that is unknown to the tables is binary. */
    static Form form(VR vr) {
        return switch (vr) {
            case AE, AS, CS, DA, DT, LO, LT, SH, ST, TM, UC, UI, UR, UT -> Form.TEXT;
            case DS, IS -> Form.DECIMAL;
            case PN -> Form.PERSON_NAME;
            case AT -> Form.TAG;
            case SL, SS, UL, US -> Form.INTEGER;
            case FD, FL -> Form.REAL;
            case SQ -> Form.SEQUENCE;
            default -> Form.BINARY;
        };
    }

    /** The tags of a data set or item in their order, in which they are unsigned. */
    static int[] sortedTags(Attributes item) {
        int[] tags = item.tags();
        for (int i = 1; i < tags.length; i++)
            if (Integer.compareUnsigned(tags[i - 1], tags[i]) > 0)
                return IntStream.of(tags).boxed().sorted(Integer::compareUnsigned).mapToInt(Integer::intValue).toArray();
        return tags;
    }

    /** Group lengths (PS3.5 7.2) say something about an encoding that the text formats have not. */
    static boolean isCarried(int tag) {
        return !TagUtils.isGroupLength(tag);
    }

    /**
     * The values as text without padding, decoded in the character set in charge; an empty value among others is
     * {@code null}.
     */
    static List<String> texts(Attributes item, VR vr, Object value) {
        Object text = value;
        if (value instanceof byte[] bytes) {
            if (bytes.length == 0)
                return List.of();
            int plain = plainLength(bytes);
            if (plain > 0)
                // finding out the character set costs more than reading the text
                return Collections.singletonList(new String(bytes, 0, plain, StandardCharsets.US_ASCII));
            SpecificCharacterSet characterSet = vr.useSpecificCharacterSet() ? CharacterSets.of(item)
                    : SpecificCharacterSet.ASCII;
            // the toolkit would take leading spaces from UC, where they are part of the value
            text = vr == VR.UC ? ((String) VR.UT.toStrings(bytes, item.bigEndian(), characterSet)).split("\\\\", -1)
                    : vr.toStrings(bytes, item.bigEndian(), characterSet);
        }
        if (text instanceof String[] single && single.length == 1)
            text = single[0];
        if (text instanceof String[] several)
            return Arrays.stream(several).map(ElementValues::emptyToNull).collect(ArrayList::new, List::add, List::addAll);
        return text instanceof String one && !one.isEmpty() ? Collections.singletonList(one) : List.of();
    }

    /**
     * The length without padding of a value that is the same in every character set and has no other beside it, as most are; 0 if
     * that is not certain.
     */
    private static int plainLength(byte[] value) {
        int length = value.length;
        while (length > 0 && value[length - 1] >= 0 && value[length - 1] <= ' ')
            length--;
        if (length == 0 || value[0] == ' ')
            return 0;
        for (int i = 0; i < length; i++)
            // in JIS X 0201 the backslash and the tilde are other characters
            if (value[i] < ' ' || value[i] == '\\' || value[i] >= '~')
                return 0;
        return length;
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** A value of DS or IS as a number, or {@code null} if it is none, or one that is longer than any of DS. */
    static BigDecimal decimal(String text) {
        String number = text.trim();
        try {
            return number.length() > 16 ? null : new BigDecimal(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * The values of AT, SL, SS, UL, US; none if the value is cut short.
     *
     * @return non-negative for the unsigned ones
     */
    static List<Long> integers(Attributes item, VR vr, Object value) {
        if (!(value instanceof byte[] bytes) || bytes.length % (vr == VR.AT ? 4 : vr.numEndianBytes()) != 0)
            return List.of();
        List<Long> integers = new ArrayList<>(1);
        for (int integer : vr.toInts(bytes, item.bigEndian()))
            integers.add(vr == VR.UL || vr == VR.AT ? Integer.toUnsignedLong(integer) : integer);
        return integers;
    }

    /** The values of FD and FL; none if the value is cut short. */
    static double[] reals(Attributes item, VR vr, Object value) {
        if (!(value instanceof byte[] bytes) || bytes.length % vr.numEndianBytes() != 0)
            return new double[0];
        return vr.toDoubles(bytes, item.bigEndian());
    }

    /** A binary value in little-endian byte order. */
    static byte[] littleEndian(Attributes item, VR vr, byte[] value) {
        if (!item.bigEndian() || vr.numEndianBytes() == 1 || value.length % vr.numEndianBytes() != 0)
            return value;
        return vr.toggleEndian(value, true);
    }
}
