package org.hpqr.integrity;

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
import java.util.concurrent.TimeUnit;
import org.hpqr.database.SchemaMigration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with the {@link IntegrityCheck} every minute. */
@Startup
@Singleton
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IntegrityTimer {

    private static final Logger LOG = LoggerFactory.getLogger(IntegrityTimer.class);
    private static final long FIRST_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long INTERVAL_MILLIS = TimeUnit.MINUTES.toMillis(1);

    @Resource
    private TimerService timers;

    @Inject
    private SchemaMigration schema;

    @Inject
    private IntegrityCheck check;

    @PostConstruct
    void schedule() {
        timers.createIntervalTimer(FIRST_MILLIS, INTERVAL_MILLIS, new TimerConfig(null, false));
    }

    @Timeout
    void goOn() {
        if (!schema.isReady())
            return;
        try {
            check.step();
        } catch (RuntimeException e) {
            LOG.warn("The integrity check was interrupted and continues in a minute: {}", e.toString());
        }
    }
}
