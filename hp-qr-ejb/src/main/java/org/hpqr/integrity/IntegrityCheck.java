package org.hpqr.integrity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.IntegrityRecords;
import org.hpqr.database.IntegrityRecords.Progress;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.PartStatus;
import org.hpqr.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every object once within {@link HpSettings#INTEGRITY_CHECK_DAYS} and proves its digest, a few objects a minute. An
 * object that is damaged is named in the log, in the health and in the metrics until it is stored again.
 */
@ApplicationScoped
public class IntegrityCheck implements PartStatus {

    /** Most objects that are read in one step: what was missed while no server ran is made up for no faster. */
    static final int MAX_IN_A_STEP = 1_000;

    static final String PART = "integrity";

    private static final Logger LOG = LoggerFactory.getLogger(IntegrityCheck.class);

    /** Damaged objects that the health names; the log names all. */
    private static final int MAX_NAMED = 3;

    private Inventory inventory;
    private HangingProtocolRepository repository;
    private ObjectReader reader;
    private IntegrityRecords records;
    private Settings settings;
    private LongSupplier clock = System::currentTimeMillis;

    private final AtomicLong checked = new AtomicLong();
    private volatile Set<String> damaged = Set.of();

    /** For the container. */
    public IntegrityCheck() {
    }

    @Inject
    public IntegrityCheck(Inventory inventory, HangingProtocolRepository repository, ObjectReader reader,
                          IntegrityRecords records, Settings settings) {
        this(inventory, repository, reader, records, settings, System::currentTimeMillis);
    }

    /** @param clock milliseconds since 1970 */
    IntegrityCheck(Inventory inventory, HangingProtocolRepository repository, ObjectReader reader, IntegrityRecords records,
                   Settings settings, LongSupplier clock) {
        this.inventory = inventory;
        this.repository = repository;
        this.reader = reader;
        this.records = records;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads the objects that are due, and those that were damaged.
     *
     * @throws DatabaseException the database does not answer; the rest is due next time
     */
    void step() {
        Map<String, String> known = new TreeMap<>(records.damaged());
        known.keySet().removeIf(this::isFixed);
        damaged = Set.copyOf(known.keySet());
        // it is of no AE title
        int days = settings.get(HpSettings.INTEGRITY_CHECK_DAYS, "");
        if (days > 0)
            readDue(TimeUnit.DAYS.toMillis(days), known);
        damaged = Set.copyOf(known.keySet());
    }

    private boolean isFixed(String uid) {
        StoredInstance stored = find(uid);
        if (stored != null && problem(stored) != null)
            return false;
        records.removeDamaged(uid);
        LOG.info("{} was damaged and is {}", uid, stored == null ? "no longer stored" : "intact again");
        return true;
    }

    /** {@code null} if it has no bytes any more. */
    private StoredInstance find(String uid) {
        StoredInstance found = repository.find(uid);
        return found == null || found.state() == ObjectState.REMOVED ? null : found;
    }

    private void readDue(long periodMillis, Map<String, String> known) {
        Progress progress = records.progress();
        long now = clock.getAsLong();
        long begun = progress.begunMillis() == null ? now : progress.begunMillis();
        // the clock was set back
        long elapsed = Math.max(0, now - begun);
        boolean isOver = elapsed >= periodMillis;
        int due = (int) Math.min(MAX_IN_A_STEP, due(elapsed, periodMillis) - progress.checked());
        // there may be fewer objects than there were
        if (isOver)
            due = Math.max(1, due);
        if (due <= 0)
            return;
        List<Inventory.Entry> entries = inventory.after(progress.lastPk(), due);
        for (Inventory.Entry entry : entries)
            check(entry.instance(), known);
        if (entries.size() == due)
            records.advance(progress, new Progress(begun, progress.checked() + due, entries.get(due - 1).pk()));
        else if (isOver)
            // all were read: from the first one again
            records.advance(progress, new Progress(now, 0, 0));
        else if (!entries.isEmpty())
            records.advance(progress, new Progress(begun, progress.checked() + entries.size(), entries.get(entries.size() - 1).pk()));
    }

    /** How many objects have to be read by now. */
    private long due(long elapsed, long periodMillis) {
        double share = Math.min(1, elapsed / (double) periodMillis);
        return 1 + (long) (share * inventory.countAll());
    }

    private void check(StoredInstance instance, Map<String, String> known) {
        String problem = problem(instance);
        checked.incrementAndGet();
        String uid = instance.sopInstanceUid();
        // it may have been removed meanwhile
        if (problem == null || known.containsKey(uid) || find(uid) == null)
            return;
        records.addDamaged(uid, problem, clock.getAsLong());
        known.put(uid, problem);
        LOG.error("{} is damaged: {}. To fix it, store it again from its source, from an export or "
                + "from a backup", uid, problem);
    }

    /** What is wrong with an object; {@code null} if nothing is. */
    private String problem(StoredInstance instance) {
        try {
            reader.read(instance);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (DatabaseException e) {
            if (!repository.isAnswering())
                throw e;
            return "the database cannot read it: " + e.getMessage();
        }
    }

    @Override
    public Map<String, String> problems() {
        Set<String> now = damaged;
        if (now.isEmpty())
            return Map.of(PART, "");
        return Map.of(PART, now.size() + " damaged objects: " + String.join(", ", now.stream().sorted().limit(MAX_NAMED).toList())
                + (now.size() > MAX_NAMED ? " and others, see the log" : ""));
    }

    @Override
    public Map<String, Long> counts() {
        return Map.of("objects_damaged", (long) damaged.size(), "objects_checked_total", checked.get());
    }
}
