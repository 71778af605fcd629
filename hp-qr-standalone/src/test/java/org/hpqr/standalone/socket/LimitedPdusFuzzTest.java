package org.hpqr.standalone.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.dcm4che3.net.pdu.AAbort;

/** Any bytes pass, none of them lost, or are refused; where the network cuts them makes no difference. */
class LimitedPdusFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyBytesPassOrAreRefused(FuzzedDataProvider input) throws IOException {
        int piece = input.consumeInt(1, 20);
        byte[] stream = input.consumeRemainingAsBytes();

        byte[] atOnce = passed(stream, Math.max(stream.length, 1));

        // what came before the byte at fault differs by how much was read at a time
        byte[] inPieces = passed(stream, piece);
        assertEquals(atOnce == null, inPieces == null);
        if (atOnce != null) {
            // a maximum length in an A-ASSOCIATE PDU may be another one, nothing else
            assertEquals(stream.length, atOnce.length);
            assertArrayEquals(atOnce, inPieces);
        }
    }

    /** {@code null} if they were refused. */
    private static byte[] passed(byte[] stream, int piece) throws IOException {
        InputStream in = new LimitedPdus(new ByteArrayInputStream(stream), new PduLimits(100, 80, 40, Duration.ofMinutes(1)),
                new Peer("192.0.2.1:4711"));
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        byte[] bytes = new byte[piece];
        try {
            for (int read; (read = in.read(bytes)) >= 0;)
                passed.write(bytes, 0, read);
        } catch (AAbort e) {
            return null;
        }
        return passed.toByteArray();
    }
}
