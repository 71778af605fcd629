package org.hpqr.standalone;

import java.util.stream.Stream;
import org.hpqr.testkit.standard.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the standard for the negotiation of an association that the server decides, each with the tests that show it. */
class NegotiationRulesTest {

    static Stream<Rule> rules() {
        return Stream.of(
                Rule.of("K.5.1", "FIND extended negotiation: answered if offered, byte by byte, fuzzy and time zone declined",
                        "DicomServerTest#extendedNegotiationIsAnsweredForFindOnly",
                        "DicomServerTest#findExtendedNegotiationIsNotAnsweredUnasked"),
                Rule.of("U.4.2, U.4.3", "MOVE and GET have no extended negotiation",
                        "DicomServerTest#extendedNegotiationIsAnsweredForFindOnly"),
                Rule.of("GG.2", "Storage has no extended negotiation, no level of support",
                        "DicomServerTest#extendedNegotiationIsAnsweredForFindOnly"),
                Rule.of("D.3.3.4", "the requester of a C-GET offers the SCP role, the acceptor accepts it",
                        "DicomServerTest#requesterOfAGetMayTakeTheScpRole"),
                Rule.of("PS3.5 10.1", "Implicit VR Little Endian is supported",
                        "DicomServerTest#transferSyntaxesAreThoseConfigured"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void hasTestsThatNameItsClause(Rule rule) throws Exception {
        rule.assertTested(getClass());
    }
}
