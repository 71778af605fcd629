package org.hpqr.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;
import org.dcm4che3.util.TagUtils;
import org.hpqr.query.Key.SequenceKey;
import org.hpqr.query.Key.ValueKey;
import org.hpqr.information.ModelAttribute.MatchingType;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.information.CharacterSets;
import org.hpqr.information.EncodedCopy;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.Values;

/** Reads the keys of a request identifier by the tables of the information model, and checks their form. */
final class KeyParser {

    /** Longest text with wild cards, in characters: the work of matching grows with it. Names have 16, codes mostly too. */
    private static final int MAX_PATTERN = 1_024;

    /** What a key has as its value if it asks for no value (PS3.4 C.2.2.2.7). */
    private static final String NO_VALUE = "\"\"";

    private final boolean unknownMatches;
    private final boolean emptyValues;
    private boolean unsupported;

    /**
     * @param unknownMatches an object without a value satisfies any key
     * @param emptyValues    a key may ask for no value
     */
    KeyParser(boolean unknownMatches, boolean emptyValues) {
        this.unknownMatches = unknownMatches;
        this.emptyValues = emptyValues;
    }

    /** {@code true} once an attribute was met that is in no table: it is neither matched nor returned. */
    boolean hasMetUnsupported() {
        return unsupported;
    }

    /**
     * Reads the attributes of an identifier or item.
     *
     * @param attributes the rows of the model that may stand here
     * @throws HpFailure A900 or C310, with the element at fault
     */
    Keys parse(Attributes item, List<ModelAttribute> attributes) throws HpFailure {
        if (!CharacterSets.isKnown(item))
            throw new HpFailure(HpStatus.FIND_IDENTIFIER_UNREADABLE, "Specific Character Set not supported",
                    Tag.SpecificCharacterSet);
        List<Key> keys = new ArrayList<>();
        for (int tag : item.tags()) {
            Optional<ModelAttribute> attribute = ModelAttribute.find(attributes, tag);
            if (attribute.isPresent())
                keys.add(parse(item, attribute.get()));
            else if (!isContext(tag))
                unsupported = true;
        }
        return new Keys(List.copyOf(keys));
    }

    /** Not a key, but what is needed to read the keys, or nothing at all (PS3.10 7.2): no table need have it. */
    private static boolean isContext(int tag) {
        return tag == Tag.SpecificCharacterSet || tag == Tag.TimezoneOffsetFromUTC || tag == Tag.DataSetTrailingPadding
                || TagUtils.isPrivateCreator(tag);
    }

    private Key parse(Attributes item, ModelAttribute attribute) throws HpFailure {
        return attribute.isSequence() ? sequenceKey(item, attribute)
                : new ValueKey(attribute, attribute.isMatchingKey() ? test(item, attribute) : null, unknownMatches);
    }

    private Key sequenceKey(Attributes holder, ModelAttribute attribute) throws HpFailure {
        if (isNoValue(holder, attribute.tag()))
            return new SequenceKey(attribute, null, new ValueTest.NoValue(), unknownMatches);
        Object value = holder.getValue(attribute.tag());
        if (!(value instanceof Sequence) && EncodedCopy.hasValue(holder, attribute.tag()) && !isStar(holder, attribute.tag()))
            throw mismatch("A sequence key is not a sequence", attribute);
        List<Attributes> items = Values.items(holder, attribute);
        if (items.size() > 1)
            throw mismatch("A sequence key has more than one item", attribute);
        boolean whole = items.isEmpty() || items.get(0).isEmpty();
        return new SequenceKey(attribute, whole ? null : parse(items.get(0), attribute.items()), null, unknownMatches);
    }

    /** What the key asks of a stored value; {@code null} if nothing, for then it is universal. */
    private ValueTest test(Attributes item, ModelAttribute attribute) throws HpFailure {
        if (isNoValue(item, attribute.tag()))
            return new ValueTest.NoValue();
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(attribute.tag(), vr);
        if (value instanceof Value empty && empty.isEmpty() || isStar(item, attribute.tag()))
            return null;
        if (attribute.vr() == VR.US)
            return numberTest(item, attribute);
        if (!attribute.canHave(vr.vr))
            throw mismatch("A key has a value of another VR", attribute);
        return textTest(item, attribute);
    }

    /** One text of nothing but {@code *}: some peers put it into every key, whatever its VR is. */
    private static boolean isStar(Attributes item, int tag) {
        String text = text(item, tag);
        return !text.isEmpty() && text.chars().allMatch(c -> c == '*');
    }

    private boolean isNoValue(Attributes item, int tag) {
        return emptyValues && text(item, tag).equals(NO_VALUE);
    }

    /** The value of one text, whatever VR the attribute should have; empty if it is none. */
    private static String text(Attributes item, int tag) {
        VR.Holder vr = new VR.Holder();
        Object value = item.getValue(tag, vr);
        if (vr.vr == null || !vr.vr.isStringType())
            return "";
        return (value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1)
                : value instanceof String single ? single : "").trim();
    }

    private static ValueTest numberTest(Attributes item, ModelAttribute attribute) throws HpFailure {
        List<Integer> numbers = Values.numbers(item, attribute);
        if (numbers.isEmpty())
            throw mismatch("A key has a value of another VR", attribute);
        if (numbers.size() > 1)
            throw mismatch("A key has more than one value", attribute);
        return new ValueTest.SingleNumber(numbers.get(0));
    }

    private static ValueTest textTest(Attributes item, ModelAttribute attribute) throws HpFailure {
        List<String> texts = Values.texts(item, attribute);
        int count = Values.countOfTexts(item, attribute);
        boolean strayEscape = attribute.vr().useSpecificCharacterSet() && item.getValue(attribute.tag()) instanceof byte[] encoded
                && CharacterSets.hasStrayEscape(encoded, item);
        if (strayEscape || texts.stream().anyMatch(text -> text.indexOf(CharacterSets.REPLACEMENT) >= 0))
            throw new HpFailure(HpStatus.FIND_IDENTIFIER_UNREADABLE, "A key cannot be decoded in its character set",
                    Tag.SpecificCharacterSet, attribute.tag());
        if (attribute.takes(MatchingType.LIST_OF_UID))
            return uidTest(texts, count, attribute);
        if (count > 1)
            throw mismatch("A key has more than one value", attribute);
        return texts.isEmpty() ? null : textTest(texts.get(0), attribute);
    }

    private static ValueTest textTest(String text, ModelAttribute attribute) throws HpFailure {
        if (!attribute.takes(MatchingType.WILD_CARD) || !WildCard.isIn(text))
            return new ValueTest.SingleValue(text);
        if (text.length() > MAX_PATTERN)
            throw mismatch("A key with wild cards is too long", attribute);
        return new ValueTest.Pattern(text);
    }

    private static ValueTest uidTest(List<String> uids, int count, ModelAttribute attribute) throws HpFailure {
        Set<String> list = new LinkedHashSet<>(uids);
        if (list.isEmpty() && count > 1)
            throw mismatch("A list of UIDs has no UID", attribute);
        if (list.stream().anyMatch(WildCard::isIn))
            throw mismatch("A UID key has a wild card", attribute);
        return list.isEmpty() ? null : new ValueTest.UidList(list);
    }

    private static HpFailure mismatch(String comment, ModelAttribute attribute) {
        return new HpFailure(HpStatus.DOES_NOT_MATCH_SOP_CLASS, comment, attribute.tag());
    }
}
