package org.hpqr.selection;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * The values that a rule asks for, of an attribute of an image: Hanging Protocol Selector Attribute Value Macro, PS3.3 C.23.4.2,
 * with Selector Attribute VR (0072,0050) and Selector Value Number (0072,0028).
 *
 * @param attribute where it stands
 * @param vr        its value representation
 * @param number    which of its values counts, from 1; 0: any
 * @param wanted    at least one
 */
record SelectorValues(SelectorAttribute attribute, String vr, int number, List<TypedValue> wanted) {

    /** Selector xx Value, by VR: Table C.23.4-2. The dictionaries of some toolkits do not have all of them. */
    private static final Map<String, Integer> VALUE = Map.ofEntries(
            entry("AE", Tag.SelectorAEValue), entry("AS", Tag.SelectorASValue), entry("AT", Tag.SelectorATValue),
            entry("CS", Tag.SelectorCSValue), entry("DA", Tag.SelectorDAValue), entry("DS", Tag.SelectorDSValue),
            entry("DT", Tag.SelectorDTValue), entry("FD", Tag.SelectorFDValue), entry("FL", Tag.SelectorFLValue),
            entry("IS", Tag.SelectorISValue), entry("LO", Tag.SelectorLOValue), entry("LT", Tag.SelectorLTValue),
            entry("OB", Tag.SelectorOBValue), entry("OD", Tag.SelectorODValue), entry("OF", Tag.SelectorOFValue),
            entry("OL", Tag.SelectorOLValue), entry("OV", 0x00720081), entry("OW", Tag.SelectorOWValue),
            entry("PN", Tag.SelectorPNValue), entry("SH", Tag.SelectorSHValue), entry("SL", Tag.SelectorSLValue),
            entry("SQ", Tag.SelectorCodeSequenceValue), entry("SS", Tag.SelectorSSValue), entry("ST", Tag.SelectorSTValue),
            entry("SV", 0x00720082), entry("TM", Tag.SelectorTMValue), entry("UC", Tag.SelectorUCValue),
            entry("UI", Tag.SelectorUIValue), entry("UL", Tag.SelectorULValue), entry("UN", Tag.SelectorUNValue),
            entry("UR", Tag.SelectorURValue), entry("US", Tag.SelectorUSValue), entry("UT", Tag.SelectorUTValue),
            entry("UV", 0x00720083));

    /** More values are asked of no attribute. */
    private static final int MOST_VALUES = 1_000;

    /** What an image has. */
    enum Availability {
        AVAILABLE,
        /** The attribute or the value is not in the image: the usage flag decides. */
        NOT_AVAILABLE,
        /** It may be in the image, but is not in the metadata given. */
        UNKNOWN
    }

    /**
     * What an image has of the attribute.
     *
     * @param items for each item that the attribute stands in, the values that count
     */
    record Found(Availability availability, List<List<TypedValue>> items) {

        List<TypedValue> all() {
            return items.stream().flatMap(List::stream).toList();
        }
    }

    /**
     * Reads the macro.
     *
     * @throws MalformedRule the attribute, its VR, the value number or the values are missing or malformed
     */
    static SelectorValues of(Attributes rule) throws MalformedRule {
        SelectorAttribute attribute = SelectorAttribute.of(rule);
        String vr = Elements.text(rule, Tag.SelectorAttributeVR)
                .orElseThrow(() -> new MalformedRule("has no Selector Attribute VR (0072,0050)"));
        OptionalInt number = Elements.integer(rule, Tag.SelectorValueNumber);
        if (number.isEmpty() || number.getAsInt() < 0)
            throw new MalformedRule("has no Selector Value Number (0072,0028)");
        return new SelectorValues(attribute, vr, number.getAsInt(), wanted(rule, vr));
    }

    /** The values that a rule asks for, whatever they are compared with. */
    static List<TypedValue> wanted(Attributes rule, String vr) throws MalformedRule {
        Integer tag = VALUE.get(vr);
        if (tag == null)
            throw new MalformedRule("has the invalid value " + vr + " as Selector Attribute VR (0072,0050)");
        List<TypedValue> wanted = withoutEmpty(TypedValue.of(rule, tag, vr));
        if (wanted.isEmpty())
            throw new MalformedRule("has no value of VR " + vr + " to compare with");
        if (wanted.size() > MOST_VALUES)
            throw new MalformedRule("has more than " + MOST_VALUES + " values to compare with");
        for (TypedValue value : wanted)
            if (value.kind() == TypedValue.Kind.UNREADABLE)
                throw new MalformedRule("has " + value + " among the values of VR " + vr + " to compare with");
        return wanted;
    }

    /** The values that count in an image. */
    Found in(Image image) {
        List<List<TypedValue>> items = new ArrayList<>(1);
        for (SelectorAttribute.Element element : attribute.in(image)) {
            List<TypedValue> values = TypedValue.of(element.item(), element.tag(), vr);
            List<TypedValue> counting = withoutEmpty(number == 0 ? values
                    : number <= values.size() ? values.subList(number - 1, number) : List.of());
            if (!counting.isEmpty())
                items.add(counting);
        }
        return new Found(!items.isEmpty() ? Availability.AVAILABLE
                : image.complete() ? Availability.NOT_AVAILABLE : Availability.UNKNOWN, items);
    }

    /** One of the values in the image, of any item, is one of those wanted. */
    Outcome memberOf(Found found) {
        Outcome outcome = Outcome.DOES_NOT_MATCH;
        for (List<TypedValue> item : found.items)
            for (TypedValue value : item)
                for (TypedValue one : wanted) {
                    outcome = outcome.or(value.isSameAs(one));
                    if (outcome == Outcome.MATCHES)
                        return outcome;
                }
        return outcome;
    }

    private static List<TypedValue> withoutEmpty(List<TypedValue> values) {
        return values.stream().filter(value -> value.kind() != TypedValue.Kind.EMPTY).toList();
    }

    /** For people: {@code CR or DX}. */
    String wantedText() {
        return text(wanted, " or ");
    }

    static String text(List<?> values, String between) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i == 10)
                return text.append(between).append("...").toString();
            text.append(i == 0 ? "" : between).append(values.get(i));
        }
        return text.toString();
    }
}
