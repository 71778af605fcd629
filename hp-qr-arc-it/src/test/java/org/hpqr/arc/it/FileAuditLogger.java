package org.hpqr.arc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Calendar;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.net.audit.AuditLogger;

/** Writes one line for each message: event, action, outcome. */
class FileAuditLogger extends AuditLogger {

    private final Path file;

    FileAuditLogger(Path file) {
        super("Audit Logger");
        this.file = file;
    }

    @Override
    public synchronized SendStatus write(Calendar timeStamp, AuditMessage message) throws IOException {
        Files.writeString(file, message.getEventIdentification().getEventID().getCsdCode()
                + ' ' + message.getEventIdentification().getEventActionCode()
                + ' ' + message.getEventIdentification().getEventOutcomeIndicator() + '\n',
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return SendStatus.SENT;
    }
}
