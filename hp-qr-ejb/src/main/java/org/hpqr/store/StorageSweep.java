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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.SchemaMigration;
import org.hpqr.model.StoredInstance;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings storage and database together again after a crash: removes bytes whose row never came to be, and reports rows
 * whose bytes are missing. Runs when the server has started, and every hour.
 */
@Startup
@Singleton
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StorageSweep {

    /** Younger bytes are left alone: the row of an object that is being stored, here or on another node, is on its way. */
    static final long MIN_AGE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(StorageSweep.class);
    private static final long FIRST_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long INTERVAL_MILLIS = TimeUnit.HOURS.toMillis(1);

    @Resource
    private TimerService timers;

    @Inject
    private SchemaMigration schema;

    private ObjectStorage storage;
    private HangingProtocolRepository repository;

    /** For the container. */
    public StorageSweep() {
    }

    @Inject
    public StorageSweep(ObjectStorage storage, HangingProtocolRepository repository) {
        this.storage = storage;
        this.repository = repository;
    }

    @PostConstruct
    void schedule() {
        timers.createIntervalTimer(FIRST_MILLIS, INTERVAL_MILLIS, new TimerConfig(null, false));
    }

    @Timeout
    void sweepNow() {
        if (schema.isReady())
            sweep(MIN_AGE_MILLIS);
    }

    /**
     * Compares storage and database.
     *
     * @param minAgeMillis younger bytes are left alone
     * @return how many objects without a row were removed
     */
    public long sweep(long minAgeMillis) {
        AtomicLong removed = new AtomicLong();
        try {
            storage.list(minAgeMillis, location -> {
                if (!repository.isNamed(location) && remove(location))
                    removed.incrementAndGet();
            });
            AtomicLong missing = new AtomicLong();
            repository.forEach(instance -> {
                if (!isThere(instance))
                    missing.incrementAndGet();
            });
            if (removed.get() > 0 || missing.get() > 0)
                LOG.warn("Sweep: {} stored objects without a row removed, {} rows without a stored object", removed, missing);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Sweep: storage and database could not be compared", e);
        }
        return removed.get();
    }

    private boolean remove(ObjectLocation location) {
        try {
            storage.delete(location);
            return true;
        } catch (IOException e) {
            LOG.warn("Sweep: {}:{} could not be deleted", location.storageId(), location.path(), e);
            return false;
        }
    }

    private boolean isThere(StoredInstance instance) {
        try {
            storage.open(instance.location()).close();
            return true;
        } catch (IOException e) {
            LOG.warn("Sweep: the stored object of {} is not readable at {}:{}: {}", instance.sopInstanceUid(),
                    instance.location().storageId(), instance.location().path(), e.toString());
            return false;
        }
    }
}
