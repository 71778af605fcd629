package org.hpqr.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;

/** Reads elements of a data set that may be anything: a value of another VR than the dictionary's counts as absent. */
final class Elements {

    /**
     * Control characters, separators of lines, and what embeds, overrides or isolates the direction of text: none may hide what a
     * text says, or reach beyond it into the words around it.
     */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    private Elements() {
    }

    /** The items of a sequence, at most {@code limit}. */
    static List<Attributes> items(Attributes item, int tag, int limit) {
        if (!(item.getValue(tag) instanceof Sequence sequence))
            return List.of();
        return new ArrayList<>(sequence.subList(0, Math.min(limit, sequence.size())));
    }

    /** The values of an attribute of text, without empty ones; a character that cannot be seen is replaced by U+FFFD. */
    static List<String> texts(Attributes item, int tag) {
        if (!item.containsValue(tag) || !isOfItsVr(item, tag))
            return List.of();
        String[] values = item.getStrings(tag);
        return values == null ? List.of() : Stream.of(values).filter(value -> value != null && !value.isBlank())
                .map(value -> INVISIBLE.matcher(value.strip()).replaceAll("\uFFFD")).toList();
    }

    /** The first value of an attribute of text; empty if it has none. */
    static String text(Attributes item, int tag) {
        List<String> values = texts(item, tag);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The values of an attribute of VR FD, of which there may be none. */
    static double[] doubles(Attributes item, int tag) {
        double[] values = item.containsValue(tag) && isOfItsVr(item, tag) ? item.getDoubles(tag) : null;
        return values == null ? new double[0] : values;
    }

    /** The values of an attribute of VR US, SS or AT, of which there may be none. */
    static int[] integers(Attributes item, int tag) {
        int[] values = item.containsValue(tag) && isOfItsVr(item, tag) ? item.getInts(tag) : null;
        return values == null ? new int[0] : values;
    }

    /** The first value of an attribute of VR US; {@code otherwise} if it has none. */
    static int integer(Attributes item, int tag, int otherwise) {
        int[] values = integers(item, tag);
        return values.length == 0 ? otherwise : values[0];
    }

    private static boolean isOfItsVr(Attributes item, int tag) {
        VR found = item.getVR(tag);
        return found != null && found == ElementDictionary.vrOf(tag, null);
    }
}
