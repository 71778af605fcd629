package org.dcm4che3.net.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.dcm4che3.net.DeviceExtension;

/** Signatures of dcm4che-net-audit 5.34.3. */
public class AuditLoggerDeviceExtension extends DeviceExtension {

    private static final long serialVersionUID = 1L;

    private final transient List<AuditLogger> loggers = new ArrayList<>();

    public void addAuditLogger(AuditLogger logger) {
        loggers.add(logger);
    }

    public Collection<AuditLogger> getAuditLoggers() {
        return loggers;
    }
}
