package org.hpqr.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hpqr.status.HpService;

/** Counts the operations under way for each called AE title, so that there is a limit to them. */
@ApplicationScoped
public class Admission {

    private final Map<Key, Integer> underWay = new ConcurrentHashMap<>();

    /** For the container. */
    public Admission() {
    }

    private record Key(String calledAET, HpService service) {
    }

    /**
     * Admits one more operation.
     *
     * @param limit most operations of this service under way for this AE title
     * @return {@code false} if there are that many already
     */
    public boolean enter(String calledAET, HpService service, int limit) {
        boolean[] admitted = new boolean[1];
        underWay.compute(new Key(calledAET, service), (key, count) -> {
            int now = count == null ? 0 : count;
            admitted[0] = now < limit;
            return admitted[0] ? Integer.valueOf(now + 1) : count;
        });
        return admitted[0];
    }

    /** An operation that was admitted has ended. */
    public void leave(String calledAET, HpService service) {
        underWay.computeIfPresent(new Key(calledAET, service), (key, count) -> count == 1 ? null : count - 1);
    }
}
