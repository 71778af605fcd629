package org.hpqr.web.search;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.util.TagUtils;

/**
 * An attribute as a query parameter names it (PS3.18 8.3.4.1): tags or keywords, with dots between those of sequences and
 * the one in their items.
 *
 * @param tags the attribute last
 */
record AttributePath(List<Integer> tags) {

    /** {@code null} if this names no attribute. */
    static AttributePath parse(String name) {
        List<Integer> tags = new ArrayList<>(2);
        for (String segment : name.split("\\.", -1)) {
            Integer tag = tag(segment);
            if (tag == null)
                return null;
            tags.add(tag);
        }
        return new AttributePath(List.copyOf(tags));
    }

    private static Integer tag(String name) {
        if (name.length() == 8 && name.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0))
            return Integer.parseUnsignedInt(name, 16);
        int tag = name.isEmpty() ? -1 : ElementDictionary.tagForKeyword(name, null);
        return tag == -1 ? null : tag;
    }

    int last() {
        return tags.get(tags.size() - 1);
    }

    /** Another attribute beside this one. */
    AttributePath sibling(int tag) {
        List<Integer> sibling = new ArrayList<>(tags);
        sibling.set(sibling.size() - 1, tag);
        return new AttributePath(List.copyOf(sibling));
    }

    boolean isPrivateCreator() {
        return TagUtils.isPrivateCreator(last());
    }

    /** By tags, so that nothing of what a client sent is repeated. */
    @Override
    public String toString() {
        return String.join(".", tags.stream().map(tag -> String.format("%08X", tag)).toList());
    }
}
