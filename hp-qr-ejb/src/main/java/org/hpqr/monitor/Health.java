package org.hpqr.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.SchemaMigration;
import org.hpqr.spi.PartStatus;

/** Whether the plugin and its server work. Each check tries what it is about; a result is kept for some seconds. */
@ApplicationScoped
public class Health implements HealthMXBean {

    /** Whoever asks more often learns nothing new, and does not keep the storage busy. */
    static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(5);

    static final String DATABASE = "database";

    private HangingProtocolRepository repository;
    private SchemaMigration schema;
    private Iterable<PartStatus> parts;
    private LongSupplier nanoTime = System::nanoTime;

    private Map<String, String> problems;
    private long checked;

    /** For the container. */
    public Health() {
    }

    /** @param parts those that have something to say */
    @Inject
    public Health(HangingProtocolRepository repository, SchemaMigration schema, Instance<PartStatus> parts) {
        this(repository, schema, parts, System::nanoTime);
    }

    Health(HangingProtocolRepository repository, SchemaMigration schema, Iterable<PartStatus> parts, LongSupplier nanoTime) {
        this.repository = repository;
        this.schema = schema;
        this.parts = parts;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Map<String, String> getProblems() {
        if (problems == null || nanoTime.getAsLong() - checked >= VALID_NANOS) {
            Map<String, String> found = new LinkedHashMap<>();
            found.put(DATABASE, database());
            parts.forEach(part -> found.putAll(part.problems()));
            problems = found;
            checked = nanoTime.getAsLong();
        }
        return problems;
    }

    @Override
    public boolean isUp() {
        return getProblems().values().stream().allMatch(String::isEmpty);
    }

    private String database() {
        if (!schema.isReady())
            return "its tables are not those of this version";
        try {
            return repository.isAnswering() ? "" : "it does not answer";
        } catch (RuntimeException e) {
            return "it does not answer";
        }
    }
}
