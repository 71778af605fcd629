package org.hpqr.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.ModelAttribute.KeyType;
import org.hpqr.information.StoredAttributes;
import org.hpqr.information.Values;

/**
 * What the catalogue reads of the attributes of an object: the values it can be found by, in the words in which the matcher
 * reads them ({@link Values}), so that no object is missed.
 *
 * @param name      Hanging Protocol Name (0072,0002), by which answers are ordered; empty if unknown
 * @param terms     values of matching keys; {@code null}: too many or too long ones, or the attributes are damaged
 * @param isDamaged they cannot be decoded
 */
record IndexedAttributes(String name, List<Term> terms, boolean isDamaged) {

    /** An object with more is not indexed: nobody is to fill the memory with values. Real ones have some twenty. */
    private static final int MAX_TERMS = 1_000;
    private static final int MAX_LENGTH = 256;
    /** An equivalent code is an optional key, and its sequence can stand in each code. */
    private static final int NOT_INDEXED = Tag.EquivalentCodeSequence;

    /** @param encoded what {@link StoredAttributes#encode} made; {@code null} is damaged, too */
    static IndexedAttributes of(byte[] encoded) {
        try {
            if (encoded == null)
                return new IndexedAttributes("", null, true);
            return of(StoredAttributes.decode(encoded));
        } catch (IOException | RuntimeException e) {
            return new IndexedAttributes("", null, true);
        }
    }

    private static IndexedAttributes of(Attributes attributes) {
        List<String> names = Values.texts(attributes, HangingProtocolModel.NAME);
        String name = names.isEmpty() ? "" : names.get(0);
        Set<Term> terms = new LinkedHashSet<>();
        collect(attributes, HangingProtocolModel.ATTRIBUTES, List.of(), terms);
        boolean tooMuch = terms.size() > MAX_TERMS
                || terms.stream().anyMatch(term -> term.value() != null && term.value().length() > MAX_LENGTH);
        return new IndexedAttributes(name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name,
                tooMuch ? null : List.copyOf(terms), false);
    }

    private static void collect(Attributes item, List<ModelAttribute> model, List<Integer> in, Set<Term> terms) {
        for (ModelAttribute attribute : model) {
            if (!isIndexed(attribute) || terms.size() > MAX_TERMS)
                continue;
            List<Integer> path = path(in, attribute);
            if (attribute.isSequence()) {
                List<Attributes> items = Values.items(item, attribute);
                if (items.isEmpty())
                    unknown(attribute.items(), path, terms);
                for (Attributes nested : items)
                    collect(nested, attribute.items(), path, terms);
            } else if (attribute.vr() == VR.US) {
                add(path, Values.numbers(item, attribute), terms);
            } else {
                add(path, Values.texts(item, attribute), terms);
            }
        }
    }

    private static void add(List<Integer> path, List<?> values, Set<Term> terms) {
        if (values.isEmpty())
            terms.add(new Term(path, null));
        values.forEach(value -> terms.add(new Term(path, value.toString())));
    }

    private static void unknown(List<ModelAttribute> model, List<Integer> in, Set<Term> terms) {
        for (ModelAttribute attribute : model) {
            if (!isIndexed(attribute))
                continue;
            if (attribute.isSequence())
                unknown(attribute.items(), path(in, attribute), terms);
            else
                terms.add(new Term(path(in, attribute), null));
        }
    }

    /** The SOP Instance UID has an index of its own, and the SOP Class UID is the same everywhere. */
    static boolean isIndexed(ModelAttribute attribute) {
        return attribute.key() != KeyType.NONE && attribute.tag() != NOT_INDEXED && attribute.tag() != Tag.SOPInstanceUID
                && attribute.tag() != Tag.SOPClassUID;
    }

    private static List<Integer> path(List<Integer> in, ModelAttribute attribute) {
        List<Integer> path = new ArrayList<>(in);
        path.add(attribute.tag());
        return List.copyOf(path);
    }
}
