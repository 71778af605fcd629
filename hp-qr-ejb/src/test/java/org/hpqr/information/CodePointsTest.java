package org.hpqr.information;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of answers and of sorted results. */
class CodePointsTest {

    private static final List<String> TEXTS = List.of("", "A", "AB", "B", "a", "é", "胸部", "\uE000", "\uFFFD", "\uD83D\uDE00", "\uD83D\uDE01", "\uD83D\uDE00a",
            "x\uFFFD", "x\uD83D\uDE00");

    @Test
    void isThatOfTheirBytesInUtf8() {
        for (String one : TEXTS)
            for (String other : TEXTS)
                assertEquals(Integer.signum(Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))),
                        Integer.signum(CodePoints.compare(one, other)), one + ' ' + other);
    }
}
