package org.hpqr.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;

/** Counts the operations that have ended, by service and status, and how long they took. */
@ApplicationScoped
public class OperationMetrics {

    /** Upper bounds of the classes of durations, in milliseconds; the last class has none. */
    static final long[] BOUNDS_MILLIS = {5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000};

    private final Map<Ending, LongAdder> endings = new ConcurrentHashMap<>();
    private final Map<HpService, Durations> durations = new EnumMap<>(HpService.class);

    /** For the container, and for use outside of it. */
    public OperationMetrics() {
        Arrays.stream(HpService.values()).forEach(service -> durations.put(service, new Durations()));
    }

    /**
     * How operations ended.
     *
     * @param service what was invoked
     * @param status  the final status
     */
    public record Ending(HpService service, HpStatus status) implements Comparable<Ending> {

        @Override
        public int compareTo(Ending other) {
            int byService = service.compareTo(other.service);
            return byService != 0 ? byService : Integer.compare(status.code(), other.status.code());
        }
    }

    /**
     * How long operations of one service took.
     *
     * @param classes     operations in each class of {@link #BOUNDS_MILLIS}, and in one more beyond
     * @param totalNanos  of all of them
     */
    public record Durations(LongAdder[] classes, LongAdder totalNanos) {

        private Durations() {
            this(new LongAdder[BOUNDS_MILLIS.length + 1], new LongAdder());
            Arrays.setAll(classes, i -> new LongAdder());
        }

        /** How many there were. */
        public long count() {
            return Arrays.stream(classes).mapToLong(LongAdder::sum).sum();
        }
    }

    /** An operation has got its final response. */
    public void ended(HpService service, HpStatus status, long nanos) {
        endings.computeIfAbsent(new Ending(service, status), key -> new LongAdder()).increment();
        Durations ofService = durations.get(service);
        ofService.totalNanos.add(nanos);
        int place = 0;
        while (place < BOUNDS_MILLIS.length && nanos > TimeUnit.MILLISECONDS.toNanos(BOUNDS_MILLIS[place]))
            place++;
        ofService.classes[place].increment();
    }

    /** How many operations ended how since the start. */
    public SortedMap<Ending, Long> endings() {
        SortedMap<Ending, Long> counts = new TreeMap<>();
        endings.forEach((ending, count) -> counts.put(ending, count.sum()));
        return counts;
    }

    /** How long operations of a service took. */
    public Durations durations(HpService service) {
        return durations.get(service);
    }
}
