package org.hpqr.information;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.VR;

/**
 * Reads the values of an attribute as they are compared: decoded text without padding, numbers, items. A value in a VR
 * that the attribute cannot have is no value.
 *
 * <p>Unlike the getters of {@link Attributes} nothing here replaces the encoded value by the decoded one, which would
 * have to be encoded again for the response and might not come out the same.
 */
public final class Values {

    private Values() {
    }

    /**
     * The values of a text attribute, decoded in the character set in charge; values that are nothing but padding are
     * left out. Text that cannot be decoded contains {@link CharacterSets#REPLACEMENT}.
     */
    public static List<String> texts(Attributes item, ModelAttribute attribute) {
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(attribute.tag(), vr);
        if (value == null || !attribute.canHave(vr.vr))
            return List.of();
        if (value instanceof byte[] bytes)
            value = decode(bytes, item, attribute.vr());
        List<String> texts = new ArrayList<>(1);
        if (value instanceof String[] several) {
            for (String text : several)
                addUnpadded(texts, text, attribute.vr());
        } else if (value instanceof String text) {
            addUnpadded(texts, text, attribute.vr());
        }
        return texts;
    }

    /** Number of values of a text attribute, empty ones included. */
    public static int countOfTexts(Attributes item, ModelAttribute attribute) {
        Object value = item.getValue(attribute.tag());
        if (value instanceof byte[] bytes)
            value = decode(bytes, item, attribute.vr());
        return value instanceof String[] several ? several.length : 1;
    }

    /** The values of a US attribute. */
    public static List<Integer> numbers(Attributes item, ModelAttribute attribute) {
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(attribute.tag(), vr);
        List<Integer> numbers = new ArrayList<>(1);
        if (vr.vr == VR.US && value instanceof byte[] bytes && bytes.length % 2 == 0)
            for (int number : VR.US.toInts(bytes, item.bigEndian()))
                numbers.add(number);
        return numbers;
    }

    /** The items of a sequence. */
    public static List<Attributes> items(Attributes item, ModelAttribute attribute) {
        return item.getValue(attribute.tag()) instanceof Sequence items ? items : List.of();
    }

    private static Object decode(byte[] bytes, Attributes item, VR vr) {
        SpecificCharacterSet characterSet = vr.useSpecificCharacterSet() && !isDefaultRepertoire(bytes)
                ? CharacterSets.of(item) : SpecificCharacterSet.ASCII;
        try {
            // the toolkit would take leading spaces from UC, where they are part of the value
            return vr == VR.UC ? ((String) VR.UT.toStrings(bytes, item.bigEndian(), characterSet)).split("\\\\", -1)
                    : vr.toStrings(bytes, item.bigEndian(), characterSet);
        } catch (RuntimeException e) {
            // so dcm4che meets an escape sequence, or a character of several bytes, that is cut short
            return String.valueOf(CharacterSets.REPLACEMENT);
        }
    }

    /** Most text is; it reads the same in every set, and finding out the set costs more than reading it. */
    private static boolean isDefaultRepertoire(byte[] bytes) {
        for (byte b : bytes)
            if (b < 0 || b == 0x1B)
                return false;
        return true;
    }

    private static void addUnpadded(List<String> texts, String text, VR vr) {
        if (text == null)
            return;
        String unpadded = unpadded(text, vr);
        if (!unpadded.isEmpty())
            texts.add(unpadded);
    }

    /** PS3.5 6.2: spaces and, around UIDs, NUL are padding; of UC and UR only those at the end. */
    private static String unpadded(String text, VR vr) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ')
            end--;
        int begin = 0;
        if (vr != VR.UC && vr != VR.UR)
            while (begin < end && text.charAt(begin) <= ' ')
                begin++;
        return text.substring(begin, end);
    }
}
