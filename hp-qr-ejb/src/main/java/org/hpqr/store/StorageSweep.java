package org.hpqr.store;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.SchemaMigration;
import org.hpqr.database.StoredInstance;
import org.hpqr.spi.ObjectLocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings storage and database together again after a crash. Runs when the server has started, and every hour; only where the
 * server provides a storage: with all bytes in the database there is nothing to compare.
 *
 * <p>It must never remove what was acknowledged. So bytes without a row get one again ({@link OrphanRecovery}); they are removed
 * only if an object with their SOP Instance UID is stored and healthy, so they were replaced or refused. Bytes whose row
 * is on its way are left alone, however old a clock that was set makes them look. Rows without bytes are reported.
 */
@Startup
@Singleton
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StorageSweep {

    /** Younger bytes are left alone: the row of an object that is being stored, here or on another node, is on its way. */
    static final long MIN_AGE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(StorageSweep.class);
    private static final long FIRST_MILLIS = TimeUnit.SECONDS.toMillis(5);
    private static final long INTERVAL_MILLIS = TimeUnit.HOURS.toMillis(1);

    @Resource
    private TimerService timers;

    @Inject
    private SchemaMigration schema;

    private ExternalStorage storage;
    private HangingProtocolRepository repository;
    private Inventory inventory;
    private HangingProtocolReceiver receiver;
    private OrphanRecovery recovery;

    /** For the container. */
    public StorageSweep() {
    }

    @Inject
    public StorageSweep(ExternalStorage storage, HangingProtocolRepository repository, Inventory inventory,
                        HangingProtocolReceiver receiver, OrphanRecovery recovery) {
        this.storage = storage;
        this.repository = repository;
        this.inventory = inventory;
        this.receiver = receiver;
        this.recovery = recovery;
    }

    @PostConstruct
    void schedule() {
        timers.createIntervalTimer(FIRST_MILLIS, INTERVAL_MILLIS, new TimerConfig(null, false));
    }

    @Timeout
    void sweepNow() {
        if (schema.isReady() && storage.get().isPresent())
            sweep(MIN_AGE_MILLIS);
    }

    /**
     * What a comparison of storage and database came to, each a number of objects.
     *
     * @param adopted without a row; they have one again
     * @param removed without a row, and of no use
     * @param left    without a row, and not understood
     * @param missing rows whose bytes cannot be read
     */
    public record Report(int adopted, int removed, int left, int missing) {
    }

    /**
     * Compares storage and database.
     *
     * @param minAgeMillis younger bytes are left alone
     * @return what was found; {@code null} if they could not be compared
     */
    public Report sweep(long minAgeMillis) {
        try {
            EnumMap<OrphanRecovery.Outcome, Integer> outcomes = new EnumMap<>(OrphanRecovery.Outcome.class);
            for (ObjectLocation location : unnamed(minAgeMillis))
                outcomes.merge(outcomeOf(location), 1, Integer::sum);
            AtomicInteger missing = new AtomicInteger();
            inventory.forEach(instance -> {
                if (!isThere(instance))
                    missing.incrementAndGet();
            });
            Report report = new Report(outcomes.getOrDefault(OrphanRecovery.Outcome.RECOVERED, 0),
                    outcomes.getOrDefault(OrphanRecovery.Outcome.OBSOLETE, 0),
                    outcomes.getOrDefault(OrphanRecovery.Outcome.LEFT, 0),
                    missing.get());
            if (!report.equals(new Report(0, 0, 0, 0)))
                LOG.warn("Sweep: restored {} rows, deleted {} orphaned files, kept {} unreadable files; "
                        + "{} rows have no file", report.adopted(), report.removed(), report.left(),
                        report.missing());
            return report;
        } catch (IOException | RuntimeException e) {
            LOG.warn("Sweep: comparing storage and database failed", e);
            return null;
        }
    }

    private List<ObjectLocation> unnamed(long minAgeMillis) throws IOException {
        List<ObjectLocation> unnamed = new ArrayList<>();
        storage.get().orElseThrow().list(minAgeMillis, location -> {
            // in this order: a store that ends in between has its row when the database is asked
            if (!receiver.isBeingStored(location) && !repository.isNamed(location))
                unnamed.add(location);
        });
        return unnamed;
    }

    private OrphanRecovery.Outcome outcomeOf(ObjectLocation unnamed) {
        OrphanRecovery.Outcome outcome = recovery.decide(unnamed);
        return outcome == OrphanRecovery.Outcome.OBSOLETE && !remove(unnamed) ? OrphanRecovery.Outcome.LEFT : outcome;
    }

    private boolean remove(ObjectLocation location) {
        try {
            storage.get().orElseThrow().delete(location);
            return true;
        } catch (IOException e) {
            LOG.warn("Sweep: deleting {} failed", location, e);
            return false;
        }
    }

    private boolean isThere(StoredInstance instance) {
        if (instance.location() == null)
            return true;
        try {
            storage.get().orElseThrow().open(instance.location()).close();
            return true;
        } catch (IOException e) {
            LOG.warn("Sweep: the file of {} at {} is not readable: {}", instance.sopInstanceUid(), instance.location(),
                    e.toString());
            return false;
        }
    }
}
