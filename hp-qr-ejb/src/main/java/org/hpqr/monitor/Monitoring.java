package org.hpqr.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hpqr.database.Inventory;
import org.hpqr.monitor.OperationMetrics.Durations;
import org.hpqr.spi.PartStatus;
import org.hpqr.status.HpService;

/** Counts of the plugin and its server, as they are shown. */
@ApplicationScoped
public class Monitoring implements MetricsMXBean {

    private Health health;
    private OperationMetrics operations;
    private Inventory inventory;
    private Iterable<PartStatus> parts;

    /** For the container. */
    public Monitoring() {
    }

    @Inject
    public Monitoring(Health health, OperationMetrics operations, Inventory inventory, Instance<PartStatus> parts) {
        this(health, operations, inventory, (Iterable<PartStatus>) parts);
    }

    Monitoring(Health health, OperationMetrics operations, Inventory inventory, Iterable<PartStatus> parts) {
        this.health = health;
        this.operations = operations;
        this.inventory = inventory;
        this.parts = parts;
    }

    @Override
    public Map<String, Long> getOperations() {
        Map<String, Long> counts = new LinkedHashMap<>();
        operations.endings().forEach((ending, count) -> counts.put(ending.service() + " " + ending.status(), count));
        return counts;
    }

    @Override
    public Map<String, Double> getAverageMillis() {
        Map<String, Double> averages = new LinkedHashMap<>();
        for (HpService service : HpService.values()) {
            Durations durations = operations.durations(service);
            double millis = durations.totalNanos().sum() / (double) TimeUnit.MILLISECONDS.toNanos(1);
            averages.put(service.name(), durations.count() == 0 ? 0 : millis / durations.count());
        }
        return averages;
    }

    @Override
    public long getObjects() {
        try {
            return inventory.count();
        } catch (RuntimeException e) {
            return -1;
        }
    }

    @Override
    public Map<String, Long> getServer() {
        Map<String, Long> counts = new LinkedHashMap<>();
        parts.forEach(part -> counts.putAll(part.counts()));
        return counts;
    }

    @Override
    public String getPrometheusText() {
        return new PrometheusText().health(health).operations(operations).value("objects", "Stored objects", getObjects())
                .server(getServer()).toString();
    }
}
