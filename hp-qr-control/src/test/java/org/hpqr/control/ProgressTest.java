package org.hpqr.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void isSaidNowAndThen() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        long[] now = {7};
        Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), 5, () -> now[0]);

        progress.step();
        now[0] += Progress.INTERVAL_NANOS;
        progress.step();
        progress.step();
        now[0] += Progress.INTERVAL_NANOS;
        progress.step();

        assertEquals("2 of 5\n4 of 5\n", said.toString(StandardCharsets.UTF_8));
    }
}
