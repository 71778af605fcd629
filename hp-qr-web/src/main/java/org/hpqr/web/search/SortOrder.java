package org.hpqr.web.search;

import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.hpqr.information.CodePoints;

/**
 * The order that a search asks for, beyond the standard: the name of an attribute, with a minus sign before it for the order
 * from high to low. Of several items or values the first counts. Results without a value come last, and those with the same
 * value stay in the order of the search.
 *
 * @param path       the attribute
 * @param descending from high to low
 */
public record SortOrder(AttributePath path, boolean descending) {

    /** What results are sorted by; {@code null} is no value. */
    public static final Comparator<SortKey> ASCENDING = Comparator.nullsLast(Comparator.naturalOrder());
    private static final Comparator<SortKey> DESCENDING = Comparator.nullsLast(Comparator.reverseOrder());

    /**
     * The first value of an attribute.
     *
     * @param number its number, where it is one; 0 for a text
     * @param text   as it stands; sorted as Unicode code points
     */
    public record SortKey(int number, String text) implements Comparable<SortKey> {
        @Override
        public int compareTo(SortKey other) {
            int numbers = Integer.compare(number, other.number);
            return numbers == 0 ? CodePoints.compare(text, other.text) : numbers;
        }
    }

    static SortOrder parse(String value) throws InvalidQueryException {
        boolean descending = value.startsWith("-");
        AttributePath path = AttributePath.parse(descending ? value.substring(1) : value);
        if (path == null)
            throw new InvalidQueryException("Parameter orderby does not name an attribute");
        return new SortOrder(path, descending);
    }

    public Comparator<SortKey> comparator() {
        return descending ? DESCENDING : ASCENDING;
    }

    /** The attribute of the data set that results are sorted by, or the sequence that has it. */
    public int tag() {
        return path.tags().get(0);
    }

    /** What a result is sorted by; {@code null} without a value. */
    public SortKey key(Attributes result) {
        List<Integer> tags = path.tags();
        Attributes item = result;
        for (int tag : tags.subList(0, tags.size() - 1)) {
            Sequence items = item.getSequence(tag);
            if (items == null || items.isEmpty())
                return null;
            item = items.get(0);
        }
        String text = item.containsValue(path.last()) ? item.getString(path.last()) : null;
        if (text == null)
            return null;
        return item.getVR(path.last()).isIntType() ? new SortKey(item.getInt(path.last(), 0), "") : new SortKey(0, text);
    }
}
