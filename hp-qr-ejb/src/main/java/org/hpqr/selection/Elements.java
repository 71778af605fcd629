package org.hpqr.selection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;
import org.dcm4che3.util.TagUtils;

/**
 * Reads elements of data sets. Unlike the getters of {@link Attributes}, nothing here replaces an encoded value by the
 * decoded one: a data set stays as it is and can be shared by threads. A value that cannot be read is no value. (The pictures have
 * a reader of their own, which cuts what is too long to be drawn: neither package uses another one.)
 */
final class Elements {

    /** First and last element number of private creators (PS3.5 7.8.1). */
    private static final int FIRST_CREATOR = 0x10;
    private static final int LAST_CREATOR = 0xFF;

    /** What the standard writes small in names, and large in keywords. */
    private static final Pattern SMALL_WORDS = Pattern.compile(" (And|For|From|In|Of|On|Or|The|To|With) ");

    /** Of attributes in the dictionary, so there cannot be more than it has. */
    private static final Map<Integer, String> NAMES = new ConcurrentHashMap<>();

    private Elements() {
    }

    /** Says whether there is a value of more than zero length. */
    static boolean hasValue(Attributes item, int tag) {
        Object value = item.getValue(tag);
        if (value instanceof Sequence items)
            return !items.isEmpty();
        if (value instanceof byte[] bytes)
            return bytes.length > 0;
        // the toolkit does not know how much is elsewhere
        return value instanceof BulkData || value != null && !(value instanceof Value empty && empty.isEmpty());
    }

    /** The texts of an element, without padding; values that are nothing but padding are left out. */
    static List<String> texts(Attributes item, int tag) {
        List<String> texts = new ArrayList<>(1);
        for (String text : textsByNumber(item, tag))
            if (!text.isEmpty())
                texts.add(text);
        return texts;
    }

    /** The texts of an element, without padding, each at the place it has among the values. */
    static List<String> textsByNumber(Attributes item, int tag) {
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(tag, vr);
        if (value == null || vr.vr == null || !vr.vr.isStringType())
            return List.of();
        if (value instanceof byte[] bytes)
            value = vr.vr.toStrings(bytes, item.bigEndian(), characterSet(bytes, item, vr.vr));
        // what the toolkit has made of a DS or IS for somebody who asked for numbers
        if (value instanceof double[] numbers)
            return Arrays.stream(numbers).mapToObj(Elements::decimal).toList();
        if (value instanceof int[] numbers)
            return Arrays.stream(numbers).mapToObj(String::valueOf).toList();
        if (value instanceof String text)
            return text.isBlank() ? List.of() : List.of(unpadded(text));
        if (!(value instanceof String[] several))
            return List.of();
        List<String> texts = new ArrayList<>(several.length);
        for (String text : several)
            texts.add(text == null ? "" : unpadded(text));
        return texts;
    }

    private static String decimal(double number) {
        return Double.isFinite(number) ? BigDecimal.valueOf(number).stripTrailingZeros().toString() : "";
    }

    /** The first text of an element. */
    static Optional<String> text(Attributes item, int tag) {
        List<String> texts = texts(item, tag);
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(0));
    }

    /** The values of an element with a binary integer VR, AT included, each in its bits: an unsigned one may be negative. */
    static int[] integers(Attributes item, int tag) {
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(tag, vr);
        return value instanceof byte[] bytes && isInteger(vr.vr) && bytes.length % sizeOf(vr.vr) == 0
                ? vr.vr.toInts(bytes, item.bigEndian()) : new int[0];
    }

    private static boolean isInteger(VR vr) {
        return vr == VR.US || vr == VR.SS || vr == VR.UL || vr == VR.SL || vr == VR.AT;
    }

    /** Bytes of one value of a VR of binary numbers (PS3.5 6.2). */
    static int sizeOf(VR vr) {
        return switch (vr) {
            case US, SS -> Short.BYTES;
            case UL, SL, FL, AT -> Integer.BYTES;
            case FD -> Double.BYTES;
            default -> throw new IllegalArgumentException("not of binary numbers: " + vr);
        };
    }

    /** The first value of an element with a binary integer VR. */
    static OptionalInt integer(Attributes item, int tag) {
        int[] integers = integers(item, tag);
        return integers.length == 0 ? OptionalInt.empty() : OptionalInt.of(integers[0]);
    }

    /** The values of an element with VR FD or FL. */
    static double[] reals(Attributes item, int tag) {
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(tag, vr);
        return value instanceof byte[] bytes && (vr.vr == VR.FD || vr.vr == VR.FL)
                && bytes.length % sizeOf(vr.vr) == 0 ? vr.vr.toDoubles(bytes, item.bigEndian()) : new double[0];
    }

    /** The items of a sequence. */
    static List<Attributes> items(Attributes item, int tag) {
        return item.getValue(tag) instanceof Sequence items ? items : List.of();
    }

    /** The first item of a sequence. */
    static Optional<Attributes> firstItem(Attributes item, int tag) {
        List<Attributes> items = items(item, tag);
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0));
    }

    /**
     * The tag that a private element has in this data set (PS3.5 7.8.1).
     *
     * @param tag     with the block number 00: (gggg,00xx)
     * @param creator its private creator
     * @return empty if the data set has no block of this creator
     */
    static OptionalInt privateTag(Attributes item, int tag, String creator) {
        for (int block = FIRST_CREATOR; block <= LAST_CREATOR; block++)
            if (text(item, tag & 0xFFFF0000 | block).filter(creator::equals).isPresent())
                return OptionalInt.of(tag & 0xFFFF00FF | block << 8);
        return OptionalInt.empty();
    }

    /** Name and tag of an attribute, as the reasons give it: {@code Body Part Examined (0018,0015)}. */
    static String name(int tag) {
        String known = NAMES.get(tag);
        if (known != null)
            return known;
        String keyword = TagUtils.isPrivateGroup(tag) ? null : ElementDictionary.keywordOf(tag, null);
        if (keyword == null || keyword.isEmpty())
            return "Attribute " + TagUtils.toString(tag);
        String name = words(keyword) + ' ' + TagUtils.toString(tag);
        NAMES.put(tag, name);
        return name;
    }

    /** A keyword's words: a new one begins at a capital letter after a small one, and at the last of several capitals. */
    private static String words(String keyword) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < keyword.length(); i++) {
            boolean capital = Character.isUpperCase(keyword.charAt(i));
            if (capital && i > 0 && (!Character.isUpperCase(keyword.charAt(i - 1))
                    || i + 1 < keyword.length() && Character.isLowerCase(keyword.charAt(i + 1))))
                words.append(' ');
            words.append(keyword.charAt(i));
        }
        return SMALL_WORDS.matcher(words).replaceAll(word -> word.group().toLowerCase(Locale.ROOT));
    }

    private static SpecificCharacterSet characterSet(byte[] bytes, Attributes item, VR vr) {
        if (vr.useSpecificCharacterSet() && !isDefaultRepertoire(bytes))
            for (Attributes at = item; at != null; at = at.getParent()) {
                // of another VR it would be text in the set that it is to name
                String[] codes = at.getVR(Tag.SpecificCharacterSet) == VR.CS
                        ? textsByNumber(at, Tag.SpecificCharacterSet).toArray(String[]::new) : new String[0];
                if (codes.length > 0)
                    return SpecificCharacterSet.valueOf(codes);
            }
        return SpecificCharacterSet.ASCII;
    }

    private static boolean isDefaultRepertoire(byte[] bytes) {
        for (byte b : bytes)
            if (b < 0 || b == 0x1B)
                return false;
        return true;
    }

    /** PS3.5 6.2: spaces and, around UIDs, NUL are padding. */
    private static String unpadded(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ')
            end--;
        int begin = 0;
        while (begin < end && text.charAt(begin) <= ' ')
            begin++;
        return text.substring(begin, end);
    }
}
