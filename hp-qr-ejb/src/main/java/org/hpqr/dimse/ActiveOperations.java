package org.hpqr.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The associations that have been served. When the plugin is taken out of a running server, operations on them get a short
 * time to end; an association with one that does not is closed. Afterwards nothing of the plugin could even answer, and the
 * peer would wait for as long as it waits.
 */
@ApplicationScoped
public class ActiveOperations {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveOperations.class);
    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(5);
    /** To see that the peer is gone, and to put that down in the log and the audit trail. */
    private static final long LAST_WORDS_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Set<AssociationOperations> associations = ConcurrentHashMap.newKeySet();

    void add(AssociationOperations association) {
        associations.add(association);
    }

    void remove(AssociationOperations association) {
        associations.remove(association);
    }

    /** The beans of the plugin are about to be destroyed; all of them can still be used. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        end(GRACE_MILLIS);
    }

    void end(long graceMillis) throws InterruptedException {
        awaitEnd(graceMillis);
        for (AssociationOperations association : associations) {
            if (association.isIdle())
                continue;
            LOG.warn("{}: closed: hp-qr is stopping and an operation did not end in time", association);
            try {
                association.close();
            } catch (IOException e) {
                LOG.debug("{}: closing failed", association, e);
            }
        }
        awaitEnd(LAST_WORDS_MILLIS);
    }

    private void awaitEnd(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!associations.stream().allMatch(AssociationOperations::isIdle) && System.nanoTime() - deadline < 0)
            TimeUnit.MILLISECONDS.sleep(20);
    }
}
