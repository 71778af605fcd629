package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.MalformedDatasetException;

/** Any text is refused, or read as objects that can be stored and that come back the same. */
class DicomJsonFuzzTest {

    private static final DecodingLimits LIMITS = new DecodingLimits(32, 1_000);
    private static final char REPLACEMENT = '\uFFFD';

    @FuzzTest(maxDuration = "5m")
    void anyTextIsRefusedOrKept(byte[] input) throws IOException {
        DicomJsonReader reader = new DicomJsonReader(new ByteArrayInputStream(input), LIMITS);
        try {
            for (Attributes object = reader.next(); object != null; object = reader.next()) {
                byte[] json = TextFormatRoundTripTest.toJson(TextFormatRoundTripTest.received(object));
                if (new String(json, StandardCharsets.UTF_8).indexOf(REPLACEMENT) >= 0)
                    // bytes of UN that are no character where they are text (PS3.5 6.2.2) are read as this one, which can be written
                    json = TextFormatRoundTripTest.toJson(TextFormatRoundTripTest.fromJson(json));
                assertArrayEquals(json, TextFormatRoundTripTest.toJson(TextFormatRoundTripTest.fromJson(json)));
            }
        } catch (MalformedContentException | MalformedDatasetException e) {
            // refused; also what a store reads as a sequence, such as UN for a tag of one (PS3.5 6.2.2), and is none
        }
    }
}
