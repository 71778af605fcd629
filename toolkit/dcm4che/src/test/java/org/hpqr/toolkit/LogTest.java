package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.junit.jupiter.api.Test;

/** The log of the renamed classes is slf4j's, under the names that it has in dcm4che. */
class LogTest {

    @Test
    void theLoggerIsTheCallersClass() {
        assertEquals(List.of("WARNING org.dcm4che3.data.VR Unrecognized VR internal: 5858H - treat as UN"),
                recorded(VR.class, () -> VR.valueOf(0x5858)));
    }

    @Test
    void aThrowableIsKept() {
        assertEquals(List.of("INFO org.dcm4che3.net.service.DicomServiceRegistry a failed java.lang.Exception: e"),
                recorded(DicomServiceRegistry.class, () -> Log.info("{} failed", new Object[] {"a", new Exception("e")},
                        DicomServiceRegistry.class)));
    }

    /** As who only looks whether the port is open does, again and again. */
    @Test
    void anAbortOrAClosedConnectionIsOneLineWithoutStackTrace() {
        assertEquals(List.of("INFO org.dcm4che3.net.Association a(1) >> A-ABORT[source: 0 - service-user, reason: 0]",
                        "INFO org.dcm4che3.net.Association a(1): i/o exception: java.io.EOFException"),
                recorded(Association.class, () -> {
                    Log.info("{} >> {}", new Object[] {"a(1)", new AAbort()}, Association.class);
                    Log.info("{}: i/o exception: {}", new Object[] {"a(1)", new EOFException()}, Association.class);
                }));
    }

    @Test
    void whatAPeerSendsBeginsNoLineAndCommandsNoTerminal() {
        assertEquals(List.of("INFO org.dcm4che3.net.Association A B [2J C >> 7"),
                recorded(Association.class, () -> Log.info("{} >>\n{}", new Object[] {"A\r\nB\u001B[2J\u009BC", 7},
                        Association.class)));
    }

    @Test
    void dataSetsAreShownAtDebugOnly() {
        Attributes dataset = new Attributes();
        dataset.setString(Tag.ErrorComment, VR.LO, "secret");

        assertEquals(List.of("INFO org.dcm4che3.net.Association got (1 attributes)"), recorded(Association.class,
                () -> Log.info("got {}", new Object[] {dataset}, Association.class)));
        assertTrue(recorded(Association.class, () -> Log.debug("got {}", new Object[] {dataset}, Association.class))
                .get(0).contains("secret"));
    }

    private static List<String> recorded(Class<?> category, Runnable action) {
        List<String> records = new ArrayList<>();
        Thread here = Thread.currentThread();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                // an association of another test may be about to end
                if (Thread.currentThread() != here)
                    return;
                records.add(entry.getLevel() + " " + entry.getLoggerName() + ' ' + entry.getMessage()
                        + (entry.getThrown() == null ? "" : " " + entry.getThrown()));
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger(category.getName());
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return records;
    }
}
