package org.dcm4che3.net.audit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.audit.AuditSourceIdentification;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.IncompatibleConnectionException;

/** Signatures of dcm4che-net-audit 5.34.3. */
public class AuditLogger {

    /** What became of a message. */
    public enum SendStatus {
        SENT, QUEUED, SUPPRESSED
    }

    private final String commonName;
    private final List<Connection> connections = new ArrayList<>();
    private boolean includeInstanceUID;

    public AuditLogger(String name) {
        commonName = name;
    }

    public String getCommonName() {
        return commonName;
    }

    public boolean isInstalled() {
        return true;
    }

    public boolean isIncludeInstanceUID() {
        return includeInstanceUID;
    }

    public void setIncludeInstanceUID(boolean includeInstanceUID) {
        this.includeInstanceUID = includeInstanceUID;
    }

    public void addConnection(Connection connection) {
        connections.add(connection);
    }

    public List<Connection> getConnections() {
        return connections;
    }

    public Calendar timeStamp() {
        return Calendar.getInstance();
    }

    public AuditSourceIdentification createAuditSourceIdentification() {
        return new AuditSourceIdentification();
    }

    public SendStatus write(Calendar timeStamp, AuditMessage message)
            throws IncompatibleConnectionException, GeneralSecurityException, IOException {
        throw new UnsupportedOperationException("archive-api holds signatures only");
    }

    public static String processID() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
