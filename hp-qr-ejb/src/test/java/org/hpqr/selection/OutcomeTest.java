package org.hpqr.selection;

import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three-valued logic: what cannot be evaluated decides only where the rest does not. */
class OutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "MATCHES, MATCHES, MATCHES, MATCHES",
        "MATCHES, DOES_NOT_MATCH, DOES_NOT_MATCH, MATCHES",
        "MATCHES, NOT_EVALUABLE, NOT_EVALUABLE, MATCHES",
        "DOES_NOT_MATCH, DOES_NOT_MATCH, DOES_NOT_MATCH, DOES_NOT_MATCH",
        "DOES_NOT_MATCH, NOT_EVALUABLE, DOES_NOT_MATCH, NOT_EVALUABLE",
        "NOT_EVALUABLE, NOT_EVALUABLE, NOT_EVALUABLE, NOT_EVALUABLE"
    })
    void truthTable(Outcome a, Outcome b, Outcome and, Outcome or) {
        assertEquals(and, a.and(b));
        assertEquals(and, b.and(a));
        assertEquals(or, a.or(b));
        assertEquals(or, b.or(a));
    }

    /** Whatever the unknown ones turn out to be, an outcome that is decided stays as it is. */
    @Property
    void whatIsDecidedStaysSo(@ForAll Outcome a, @ForAll Outcome b, @ForAll boolean first, @ForAll boolean second) {
        Outcome knownA = a == NOT_EVALUABLE ? Outcome.of(first) : a;
        Outcome knownB = b == NOT_EVALUABLE ? Outcome.of(second) : b;

        assertTrue(List.of(NOT_EVALUABLE, knownA.and(knownB)).contains(a.and(b)));
        assertTrue(List.of(NOT_EVALUABLE, knownA.or(knownB)).contains(a.or(b)));
        assertEquals(a, a.negate().negate());
        assertEquals(MATCHES, DOES_NOT_MATCH.negate());
    }
}
