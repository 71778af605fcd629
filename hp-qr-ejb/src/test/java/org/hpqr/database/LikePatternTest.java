package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {

    /** Every text that the wild cards match passes the LIKE. */
    @ParameterizedTest
    @CsvSource({"Chest*,Chest%", "*CT*,%CT%", "C?T,C_%T", "50%*,50!%%", "A_*,A!_%", "a!*,a!!%", "a[b]*,a_b]%", "*a?b,%a_%b",
            // more than two: only the ends
            "*a*b*,''", "A*b*c*D,A%D", "???,''", "A???,A%", "???Z,%Z", "*x*x*y,%y",
            "*,''", "**,''"})
    void pattern(String wildCards, String like) {
        assertEquals(like, LikePattern.of(wildCards).orElse(""));
    }
}
