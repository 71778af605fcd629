package org.hpqr.store.iod;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.SopInstanceUid;

/** What a value representation asks of a value (PS3.5 Table 6.2-1), for those in which a single value can be wrong. */
enum Format {
    CODE_STRING(VR.CS, "Not a CS value", matching("[A-Z0-9_ ]{0,16}")),
    DATE_TIME(VR.DT, "Not a DT value",
            matching("\\d{4}(\\d{2}(\\d{2}(\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,6})?)?)?)?)?)?([+-]\\d{4})?")),
    LONG_STRING(VR.LO, "Over 64 characters", atMost(64)),
    SHORT_STRING(VR.SH, "Over 16 characters", atMost(16)),
    UID(VR.UI, "Not a UID", SopInstanceUid::isValid);

    /** Those whose values are one long value, or bytes: counting them says nothing. */
    private static final Set<VR> NOT_COUNTED = Set.of(VR.LT, VR.ST, VR.UT, VR.UR, VR.OB, VR.OD, VR.OF, VR.OL, VR.OW, VR.UN);

    private final VR vr;
    private final String broken;
    private final Predicate<String> isRight;

    Format(VR vr, String broken, Predicate<String> isRight) {
        this.vr = vr;
        this.broken = broken;
        this.isRight = isRight;
    }

    /** What is said of a value that is not right. */
    String broken() {
        return broken;
    }

    /** Whether this is said of a value that is not right. */
    static boolean isFault(String text) {
        return Arrays.stream(values()).anyMatch(format -> format.broken.equals(text));
    }

    /** What is wrong with the values of an attribute; empty if nothing is. */
    static Optional<String> fault(Attributes item, int tag, VR vr) {
        return Arrays.stream(values())
                .filter(format -> format.vr == vr)
                .filter(format -> !Arrays.stream(item.getStrings(tag)).allMatch(value -> value == null || format.isRight.test(value)))
                .map(format -> format.broken)
                .findAny();
    }

    /** The number of values as Value Multiplicity counts them; 1 where it does not. */
    static int count(Attributes item, int tag, VR vr) {
        return NOT_COUNTED.contains(vr) ? 1 : item.getStrings(tag).length;
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static Predicate<String> atMost(int characters) {
        return value -> value.codePointCount(0, value.length()) <= characters;
    }
}
