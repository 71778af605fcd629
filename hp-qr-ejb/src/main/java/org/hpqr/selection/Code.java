package org.hpqr.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * A coded entry (PS3.3 8.8).
 *
 * @param value   Code Value (0008,0100), Long Code Value (0008,0119) or URN Code Value (0008,0120)
 * @param scheme  Coding Scheme Designator (0008,0102); {@code null} if there is none, as for most URNs
 * @param meaning Code Meaning (0008,0104), for people; {@code null} if there is none
 */
public record Code(String value, String scheme, String meaning) {

    public Code {
        Objects.requireNonNull(value, "value");
        scheme = scheme == null || scheme.isEmpty() ? null : scheme;
    }

    /** The code in an item; empty if the item has no value of a code. */
    static Optional<Code> of(Attributes item) {
        return Elements.text(item, Tag.CodeValue)
                .or(() -> Elements.text(item, Tag.LongCodeValue))
                .or(() -> Elements.text(item, Tag.URNCodeValue))
                .map(value -> new Code(value, Elements.text(item, Tag.CodingSchemeDesignator).orElse(null),
                        Elements.text(item, Tag.CodeMeaning).orElse(null)));
    }

    /** The codes in the items of a sequence. */
    static List<Code> all(Attributes holder, int sequence) {
        List<Code> codes = new ArrayList<>(1);
        for (Attributes item : Elements.items(holder, sequence))
            of(item).ifPresent(codes::add);
        return codes;
    }

    /**
     * The same by value and scheme, case and all; meaning and version do not count (PS3.3 C.23.4.2.1.2).
     */
    public boolean isSameAs(Code other) {
        return value.equals(other.value) && Objects.equals(scheme, other.scheme);
    }

    /** For people: {@code 51185008 (SCT, Chest)}. */
    @Override
    public String toString() {
        String context = scheme == null ? meaning : meaning == null ? scheme : scheme + ", " + meaning;
        return context == null ? value : value + " (" + context + ")";
    }
}
