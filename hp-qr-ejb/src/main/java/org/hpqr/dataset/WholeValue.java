package org.hpqr.dataset;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;

/** Text attributes of one value (VM 1): where there are several values, the first is not taken for all. */
public final class WholeValue {

    private WholeValue() {
    }

    /** All that an attribute holds, several values with the delimiter between them; {@code null} if it holds no text. */
    public static String of(Attributes item, int tag) {
        // of other VRs the toolkit would make text, or fail
        if (!item.contains(tag) || !item.getVR(tag).isStringType())
            return null;
        String[] values = item.getStrings(tag);
        return values == null || values.length == 0 ? null
                : Arrays.stream(values).map(value -> value == null ? "" : value).collect(Collectors.joining("\\"));
    }
}
