package org.hpqr.dimse;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.InetAddress;
import org.dcm4che3.net.Association;
import org.hpqr.database.SchemaMigration;
import org.hpqr.monitor.OperationMetrics;
import org.hpqr.service.Caller;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.IdentityMode;
import org.hpqr.spi.Settings;

/** What all four services work with. */
@Dependent
class ScpContext {

    final AccessPolicy accessPolicy;
    final PeerWatchdog watchdog;
    final SchemaMigration schema;
    final ActiveOperations activeOperations;
    final OperationMetrics metrics;
    final RequestMemory memory;
    private final Settings settings;

    @Inject
    ScpContext(AccessPolicy accessPolicy, PeerWatchdog watchdog, SchemaMigration schema, ActiveOperations activeOperations,
               OperationMetrics metrics, RequestMemory memory, Settings settings) {
        this.accessPolicy = accessPolicy;
        this.watchdog = watchdog;
        this.schema = schema;
        this.activeOperations = activeOperations;
        this.metrics = metrics;
        this.memory = memory;
        this.settings = settings;
    }

    /** Who invokes operations on an association. */
    Caller callerOn(Association association) {
        String calledAET = association.getCalledAET();
        boolean asksForUser = settings.get(HpSettings.IDENTITY, calledAET) != IdentityMode.OFF;
        return new Caller(calledAET, association.getCallingAET(), asksForUser ? accessPolicy.user(association).orElse(null) : null,
                addressOn(association));
    }

    /** Address of the peer; {@code null} if the connection is closed. */
    private static String addressOn(Association association) {
        InetAddress address = association.getSocket().getInetAddress();
        return address == null ? null : address.getHostAddress();
    }
}
