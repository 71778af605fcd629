package org.hpqr.web.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.Attributes;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.samples.SampleProtocols;

/** Any query component is refused, or makes an identifier that a C-FIND could bring. */
class SearchRequestFuzzTest {

    private static final Attributes STORED = SampleProtocols.neurosurgery();

    @FuzzTest(maxDuration = "5m")
    void anyQueryIsRefusedOrMatched(byte[] input) {
        try {
            SearchRequest request = SearchRequest.parse(QueryString.parse(new String(input, StandardCharsets.ISO_8859_1)), 256);
            assertTrue(request.limit() >= 0 && request.offset() >= 0);
            for (String warning : request.warnings())
                // it becomes a header field
                assertTrue(warning.chars().allMatch(c -> c >= ' ' && c < 0x7F), warning);
            FindIdentifier.of(request.identifier(), UnknownValues.STRICT, Integer.MAX_VALUE, request.emptyValues()).respond(STORED, "HPQR");
        } catch (InvalidQueryException e) {
            // refused
        } catch (HpFailure e) {
            assertTrue(e.status() == HpStatus.DOES_NOT_MATCH_SOP_CLASS || e.status() == HpStatus.FIND_IDENTIFIER_UNREADABLE, e::toString);
        }
    }
}
