package org.hpqr.ohif;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;

/** Reads an item of a data set. A value that cannot be read is no value. */
record Item(Attributes attributes) {

    /** Values of a text or of numbers, without padding; an empty value is an empty text. */
    List<String> texts(int tag) {
        try {
            VR vr = attributes.getVR(tag);
            if (vr == null || vr == VR.SQ || !attributes.containsValue(tag))
                return List.of();
            if (vr == VR.AT)
                return IntStream.of(attributes.getInts(tag)).mapToObj(value -> String.format("%08X", value)).toList();
            if (vr == VR.UL)
                return IntStream.of(attributes.getInts(tag)).mapToObj(Integer::toUnsignedString).toList();
            String[] values = attributes.getStrings(tag);
            List<String> texts = new ArrayList<>();
            for (String value : values == null ? new String[0] : values)
                texts.add(value == null ? "" : value.strip());
            return texts;
        } catch (RuntimeException e) {
            // the toolkit meets values that are malformed with unchecked exceptions
            return List.of();
        }
    }

    Optional<String> text(int tag) {
        return texts(tag).stream().findFirst().filter(text -> !text.isEmpty());
    }

    /** Numbers of any VR that has them; those that are none are left out. */
    List<BigDecimal> numbers(int tag) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (String text : texts(tag))
            try {
                BigDecimal number = new BigDecimal(text);
                if (Fields.isUsual(number))
                    numbers.add(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
            } catch (NumberFormatException e) {
                // not a number
            }
        return numbers;
    }

    Optional<Integer> integer(int tag) {
        return numbers(tag).stream().findFirst().map(BigDecimal::intValue);
    }

    List<Item> items(int tag) {
        return attributes.getValue(tag) instanceof Sequence sequence ? sequence.stream().map(Item::new).toList() : List.of();
    }
}
