package org.hpqr.query;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Matching and response of PS3.4 K.2.2 once more, short and slow, from the text of the standard and with nothing of the code under
 * test: the toolkit's getters, regular expressions, one method for all levels.
 */
final class PlainMatcher {

    private static final Set<Integer> NEVER_MATCHED = Set.of(Tag.SpecificCharacterSet, Tag.CodeMeaning);
    private static final Set<Integer> UIDS = Set.of(Tag.SOPClassUID, Tag.SOPInstanceUID);
    /** In one of them every code has its value. */
    private static final Set<Integer> CODE_VALUES = Set.of(Tag.CodeValue, Tag.LongCodeValue, Tag.URNCodeValue);

    private static final Set<Integer> CONDITIONAL = Set.of(Tag.CodeValue, Tag.CodingSchemeDesignator,
            Tag.CodingSchemeVersion, Tag.LongCodeValue, Tag.URNCodeValue);

    private final boolean lenient;

    PlainMatcher(boolean lenient) {
        this.lenient = lenient;
    }

    boolean matches(Attributes request, Attributes object) {
        return IntStream.of(request.tags()).filter(tag -> !NEVER_MATCHED.contains(tag))
                .allMatch(tag -> matches(request, tag, object));
    }

    private boolean matches(Attributes request, int tag, Attributes object) {
        if (isUniversal(request, tag))
            return true;
        if (request.getVR(tag) == VR.SQ) {
            Sequence items = object.getSequence(tag);
            if (items == null || items.isEmpty())
                return lenient;
            return items.stream().anyMatch(item -> matches(request.getNestedDataset(tag), item));
        }
        List<String> stored = values(object, tag);
        if (stored.isEmpty())
            return lenient && !(CODE_VALUES.contains(tag)
                    && CODE_VALUES.stream().anyMatch(other -> !values(object, other).isEmpty()));
        List<String> wanted = values(request, tag);
        if (UIDS.contains(tag))
            return stored.stream().anyMatch(wanted::contains);
        return stored.stream().anyMatch(value -> regex(wanted.get(0)).matcher(value).matches());
    }

    /** What a response is to hold, in plain values by tag: texts, numbers, items. */
    Map<Integer, List<?>> response(Attributes request, Attributes object) {
        Map<Integer, List<?>> response = new TreeMap<>();
        IntStream.of(request.tags()).filter(tag -> tag != Tag.SpecificCharacterSet).forEach(tag -> {
            List<?> values = request.getVR(tag) == VR.SQ ? items(request.getNestedDataset(tag), object.getSequence(tag))
                    : values(object, tag);
            if (!values.isEmpty() || !CONDITIONAL.contains(tag))
                response.put(tag, values);
        });
        return response;
    }

    private List<?> items(Attributes key, Sequence stored) {
        if (stored == null)
            return List.of();
        if (key == null || key.isEmpty())
            return stored.stream().map(PlainMatcher::plain).toList();
        return stored.stream().filter(item -> matches(key, item)).map(item -> response(key, item)).toList();
    }

    /** A data set in plain values, but for its character set, which is in their reading. */
    static Map<Integer, List<?>> plain(Attributes attributes) {
        Map<Integer, List<?>> plain = new TreeMap<>();
        IntStream.of(attributes.tags()).filter(tag -> tag != Tag.SpecificCharacterSet)
                .forEach(tag -> plain.put(tag, attributes.getVR(tag) == VR.SQ
                        ? attributes.getSequence(tag).stream().map(PlainMatcher::plain).toList()
                        : values(attributes, tag)));
        return plain;
    }

    private boolean isUniversal(Attributes request, int tag) {
        if (request.getVR(tag) == VR.SQ) {
            Attributes item = request.getNestedDataset(tag);
            return item == null || IntStream.of(item.tags()).filter(key -> !NEVER_MATCHED.contains(key))
                    .allMatch(key -> isUniversal(item, key));
        }
        List<String> values = values(request, tag);
        return values.isEmpty() || values.get(0).matches("\\*+");
    }

    private static List<String> values(Attributes attributes, int tag) {
        if (attributes.getVR(tag) == VR.US)
            return Arrays.stream(attributes.getInts(tag)).mapToObj(String::valueOf).toList();
        String[] values = attributes.getStrings(tag);
        boolean leading = attributes.getVR(tag) != VR.UC && attributes.getVR(tag) != VR.UR;
        return values == null ? List.of() : Stream.of(values).filter(Objects::nonNull)
                .map(value -> trim(value, leading)).filter(value -> !value.isEmpty()).toList();
    }

    private static String trim(String value, boolean leading) {
        return value.replaceAll(leading ? "^[\0-\\x20]+|[\0-\\x20]+$" : "[\0-\\x20]+$", "");
    }

    private static Pattern regex(String key) {
        return Pattern.compile(key.codePoints().mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining()).replaceAll("(\\.\\*)+", ".*"), Pattern.DOTALL);
    }
}
