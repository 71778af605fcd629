package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any body is refused, or taken apart into parts that are not larger than the whole. */
class MultipartFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyBodyIsRefusedOrTakenApart(byte[] input) throws IOException {
        MultipartReader reader = new MultipartReader(new ByteArrayInputStream(input), "b");
        try {
            int size = 0;
            for (MultipartReader.Part part = reader.next(); part != null; part = reader.next())
                size += part.body().readAllBytes().length;
            assertTrue(size < input.length);
        } catch (MalformedContentException e) {
            // refused
        }
    }
}
