package org.hpqr.testkit.archive;

import java.io.IOException;
import java.util.Calendar;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.audit.AuditSourceIdentification;
import org.dcm4che3.net.audit.AuditLogger;

/** Keeps the messages it is to send to the audit record repository. */
public class RecordingAuditLogger extends AuditLogger {

    private final BlockingQueue<AuditMessage> written = new LinkedBlockingQueue<>();
    private volatile boolean down;

    public RecordingAuditLogger(String name) {
        super(name);
    }

    /** From now on the audit record repository does not answer. */
    public void breakDown() {
        down = true;
    }

    /** The next message; {@code null} if none comes for a minute. */
    public AuditMessage next() throws InterruptedException {
        return written.poll(60, TimeUnit.SECONDS);
    }

    @Override
    public SendStatus write(Calendar timeStamp, AuditMessage message) throws IOException {
        if (down)
            throw new IOException("connection refused");
        written.add(message);
        return SendStatus.SENT;
    }

    @Override
    public AuditSourceIdentification createAuditSourceIdentification() {
        AuditSourceIdentification source = new AuditSourceIdentification();
        source.setAuditSourceID("double");
        return source;
    }

    @Override
    public boolean isInstalled() {
        return true;
    }
}
