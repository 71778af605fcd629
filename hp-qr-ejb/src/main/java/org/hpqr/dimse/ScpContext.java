package org.hpqr.dimse;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.hpqr.database.SchemaMigration;
import org.hpqr.monitor.OperationMetrics;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.AccessPolicy;

/** What all four services work with. */
@Dependent
class ScpContext {

    final AccessPolicy accessPolicy;
    final PeerWatchdog watchdog;
    final SchemaMigration schema;
    final ActiveOperations activeOperations;
    final OperationMetrics metrics;
    final RequestMemory memory;

    @Inject
    ScpContext(AccessPolicy accessPolicy, PeerWatchdog watchdog, SchemaMigration schema, ActiveOperations activeOperations,
               OperationMetrics metrics, RequestMemory memory) {
        this.accessPolicy = accessPolicy;
        this.watchdog = watchdog;
        this.schema = schema;
        this.activeOperations = activeOperations;
        this.metrics = metrics;
        this.memory = memory;
    }
}
