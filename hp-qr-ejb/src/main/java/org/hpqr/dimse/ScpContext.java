package org.hpqr.dimse;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.hpqr.database.SchemaMigration;
import org.hpqr.monitor.OperationMetrics;
import org.hpqr.spi.AccessPolicy;

/** What all four services work with. */
@Dependent
class ScpContext {

    final AccessPolicy accessPolicy;
    final SendWatch sendWatch;
    final SchemaMigration schema;
    final UnderWay underWay;
    final OperationMetrics metrics;
    final RequestMemory memory;

    @Inject
    ScpContext(AccessPolicy accessPolicy, SendWatch sendWatch, SchemaMigration schema, UnderWay underWay,
               OperationMetrics metrics, RequestMemory memory) {
        this.accessPolicy = accessPolicy;
        this.sendWatch = sendWatch;
        this.schema = schema;
        this.underWay = underWay;
        this.metrics = metrics;
        this.memory = memory;
    }
}
