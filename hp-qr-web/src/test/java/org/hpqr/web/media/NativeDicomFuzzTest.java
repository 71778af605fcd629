package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.MalformedDatasetException;

/** Any document is refused, or read as an object that can be stored and that comes back the same. */
class NativeDicomFuzzTest {

    private static final DecodingLimits LIMITS = new DecodingLimits(32, 1_000);

    @FuzzTest(maxDuration = "5m")
    void anyDocumentIsRefusedOrKept(byte[] input) throws Exception {
        Attributes object;
        try {
            object = TextFormatRoundTripTest.received(new NativeDicomReader(new ByteArrayInputStream(input), LIMITS).next());
        } catch (MalformedContentException | MalformedDatasetException e) {
            // refused; also what a store reads as a sequence, such as UN for a tag of one (PS3.5 6.2.2), and is none
            return;
        }
        byte[] xml = TextFormatRoundTripTest.toXml(object);
        assertArrayEquals(xml, TextFormatRoundTripTest.toXml(TextFormatRoundTripTest.fromXml(xml)));
    }
}
