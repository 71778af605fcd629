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
import java.util.List;
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
 *
 * <p>It must never remove what was acknowledged. So it leaves alone bytes whose row is on its way, however old a clock that
 * was set makes them look; and everything if more bytes lack a row than there are rows, as then the database is not the
 * one that belongs to the storage: empty, another one, or restored from long ago.
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

    private ObjectStorage storage;
    private HangingProtocolRepository repository;
    private HangingProtocolReceiver receiver;

    /** For the container. */
    public StorageSweep() {
    }

    @Inject
    public StorageSweep(ObjectStorage storage, HangingProtocolRepository repository, HangingProtocolReceiver receiver) {
        this.storage = storage;
        this.repository = repository;
        this.receiver = receiver;
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
        long removed = 0;
        try {
            List<ObjectLocation> unnamed = unnamed(minAgeMillis);
            long rows = unnamed.isEmpty() ? 0 : repository.count();
            if (unnamed.size() > rows)
                LOG.error("Sweep: {} stored objects have no row, but there are only {} rows: is this the database that belongs "
                        + "to this storage? Nothing is removed", unnamed.size(), rows);
            else
                removed = unnamed.stream().filter(this::remove).count();
            AtomicLong missing = new AtomicLong();
            repository.forEach(instance -> {
                if (!isThere(instance))
                    missing.incrementAndGet();
            });
            if (removed > 0 || missing.get() > 0)
                LOG.warn("Sweep: {} stored objects without a row removed, {} rows without a stored object", removed, missing);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Sweep: storage and database could not be compared", e);
        }
        return removed;
    }

    private List<ObjectLocation> unnamed(long minAgeMillis) throws IOException {
        List<ObjectLocation> unnamed = new ArrayList<>();
        storage.list(minAgeMillis, location -> {
            // in this order: a store that ends in between has its row when the database is asked
            if (!receiver.isBeingStored(location) && !repository.isNamed(location))
                unnamed.add(location);
        });
        return unnamed;
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
