package org.hpqr.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets of requests as they come, in as much memory as they need. */
class ReceivedBytesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_023, 1_024, 1_025, 16_384, 100_001})
    void areReadToTheEnd(int size) throws Exception {
        byte[] sent = bytes(size);
        int[] asked = {0};

        assertArrayEquals(sent, ReceivedBytes.read(new Pieces(sent, 700), size, more -> (asked[0] += more) > 0));
        assertEquals(size, asked[0], "memory for each byte");
    }

    @Test
    void smallRequestTakesLittleMemory() throws Exception {
        Pieces in = new Pieces(bytes(300), 300);
        ReceivedBytes.read(in, 8_388_608, more -> true);
        assertTrue(in.largestBuffer <= 4_096, () -> "a buffer of " + in.largestBuffer + " bytes for 300");
    }

    @Test
    void memoryAtMostDoublesWithWhatHasCome() throws Exception {
        Pieces in = new Pieces(bytes(100_000), 16_000);
        ReceivedBytes.read(in, 8_388_608, more -> true);
        assertTrue(in.largestBuffer <= 100_000, () -> "a buffer of " + in.largestBuffer + " bytes more for 100,000");
    }

    @Test
    void moreThanTheLimitIsRefused() {
        assertThrows(ReceivedBytes.TooLargeException.class,
                () -> ReceivedBytes.read(new Pieces(bytes(5_001), 700), 5_000, more -> true));
    }

    @Test
    void moreThanThereIsMemoryForIsRefused() {
        int[] free = {3_000};
        assertThrows(ReceivedBytes.NoMemoryException.class,
                () -> ReceivedBytes.read(new Pieces(bytes(5_000), 700), 5_000, more -> (free[0] -= more) >= 0));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Gives a piece at a time, as an association does. */
    private static final class Pieces extends InputStream {

        private final ByteArrayInputStream all;
        private final int piece;
        private int largestBuffer;

        private Pieces(byte[] all, int piece) {
            this.all = new ByteArrayInputStream(all);
            this.piece = piece;
        }

        @Override
        public int read() {
            return all.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            largestBuffer = Math.max(largestBuffer, length);
            return all.read(buffer, offset, Math.min(piece, length));
        }
    }
}
