package org.hpqr.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.util.TagUtils;

/**
 * Where the attribute that a rule is about stands in an image: Hanging Protocol Selector Attribute Context Macro, PS3.3
 * C.23.4.1, with Selector Attribute (0072,0026).
 *
 * @param functionalGroup Functional Group Pointer (0020,9167); {@code null}: the path begins at the top of the data set
 * @param sequences       Selector Sequence Pointer (0072,0052): the sequences that lead to it, outermost first
 */
record SelectorAttribute(Pointer functionalGroup, List<Pointer> sequences, Pointer attribute) {

    /** @param creator the private creator of a private attribute, which has block number 00; else {@code null} */
    record Pointer(int tag, String creator) {

        OptionalInt in(Attributes item) {
            return creator == null ? OptionalInt.of(tag) : Elements.privateTag(item, tag, creator);
        }
    }

    /** A sequence in a sequence, and so on: no image has more, and nobody can make us go deeper. */
    private static final int DEEPEST = 16;

    /** An element that was found. */
    record Element(Attributes item, int tag) {
    }

    /**
     * Reads the macro.
     *
     * @throws MalformedRule it names no attribute, or a private one without its creator, or too many sequences
     */
    static SelectorAttribute of(Attributes rule) throws MalformedRule {
        int[] attribute = Elements.integers(rule, Tag.SelectorAttribute);
        if (attribute.length == 0)
            throw new MalformedRule("names no Selector Attribute (0072,0026)");
        int[] group = Elements.integers(rule, Tag.FunctionalGroupPointer);
        int[] sequences = Elements.integers(rule, Tag.SelectorSequencePointer);
        if (sequences.length > DEEPEST)
            throw new MalformedRule("has a Selector Sequence Pointer (0072,0052) of more than " + DEEPEST + " sequences");
        List<String> creators = new ArrayList<>(Elements.texts(rule, Tag.SelectorSequencePointerPrivateCreator));
        List<Pointer> path = new ArrayList<>(sequences.length);
        for (int sequence : sequences)
            path.add(pointer(sequence, TagUtils.isPrivateGroup(sequence) ? creators : List.of()));
        return new SelectorAttribute(
                group.length == 0 ? null : pointer(group[0], Elements.texts(rule, Tag.FunctionalGroupPrivateCreator)),
                List.copyOf(path), pointer(attribute[0], Elements.texts(rule, Tag.SelectorAttributePrivateCreator)));
    }

    /** @param creators those that are left; the first of them is taken if it is needed */
    private static Pointer pointer(int tag, List<String> creators) throws MalformedRule {
        if (!TagUtils.isPrivateGroup(tag))
            return new Pointer(tag, null);
        if (creators.isEmpty())
            throw new MalformedRule("names the private attribute " + TagUtils.toString(tag) + " without its private creator");
        // one creator for all pointers, or one for each
        String creator = creators.size() == 1 ? creators.get(0) : creators.remove(0);
        return new Pointer(tag & 0xFFFF00FF, creator);
    }

    /** The elements in this image; several, if a sequence on the way has several items (PS3.3 C.23.4.1.1.1). */
    List<Element> in(Image image) {
        List<Attributes> items = List.of(image.instance());
        if (functionalGroup != null)
            items = items(image.functionalGroups(), functionalGroup);
        for (Pointer sequence : sequences)
            items = items(items, sequence);
        List<Element> elements = new ArrayList<>(1);
        for (Attributes item : items)
            attribute.in(item).ifPresent(tag -> {
                if (item.getValue(tag) != null)
                    elements.add(new Element(item, tag));
            });
        return elements;
    }

    private static List<Attributes> items(List<Attributes> holders, Pointer sequence) {
        List<Attributes> items = new ArrayList<>();
        for (Attributes holder : holders)
            sequence.in(holder).ifPresent(tag -> items.addAll(Elements.items(holder, tag)));
        return items;
    }

    /** Name and tag; those of the sequences it stands in before it, with {@code >} between. */
    String name() {
        StringBuilder name = new StringBuilder();
        if (functionalGroup != null)
            name.append(name(functionalGroup)).append(" > ");
        sequences.forEach(sequence -> name.append(name(sequence)).append(" > "));
        return name.append(name(attribute)).toString();
    }

    private static String name(Pointer pointer) {
        return pointer.creator == null ? Elements.name(pointer.tag)
                : "Attribute " + TagUtils.toString(pointer.tag) + " of " + pointer.creator;
    }
}
