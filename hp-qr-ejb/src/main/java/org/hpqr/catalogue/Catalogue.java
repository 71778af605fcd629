package org.hpqr.catalogue;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectReader.ReadObject;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All objects, in memory, and the proof that these are the ones that are committed.
 *
 * <p>The database counts the changes of each of 16 shards, in the transaction that makes them, so in each shard they become
 * visible in the order of their numbers. An operation asks for the 16 numbers; where one is higher than what is known, the
 * rows with higher numbers are read. So whatever was committed, on whatever server, before the operation began, is seen by
 * it. Operations that wait at the same time share one statement, if it was sent after they began.
 *
 * <p>What was changed by other means than hp-qr has no number: each minute one shard is compared row by row, so that is
 * noticed within 16 minutes. If the numbers went back, or the database is another one, everything is read anew.
 *
 * <p>Memory: the encoded attributes take up to a third of the heap, those of further objects and of objects with more than
 * 64 KB stay in the database; decoded ones take up to an eighth. The objects themselves
 * take up to a sixteenth, but for those with more than 64 KB and those that the server keeps elsewhere than in the database.
 */
@ApplicationScoped
public class Catalogue {

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    private static final long COMPARISON_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int ENCODED_PART = 3;
    private static final int DECODED_PART = 8;
    private static final int OBJECTS_PART = 16;
    private static final int LARGEST_OBJECT = 1 << 16;
    /** What an object takes beside the bytes of its data set, about. */
    private static final int OBJECT = 300;

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    @Resource
    private ManagedThreadFactory managedThreads;

    private ThreadFactory threads;
    private HangingProtocolRepository repository;
    private long comparisonNanos = COMPARISON_NANOS;
    private long stuckNanos = Refresher.STUCK_NANOS;
    private final BlockingQueue<Proof> waiting = new LinkedBlockingQueue<>();
    private final BoundedCache<Attributes> attributes = new BoundedCache<>(Runtime.getRuntime().maxMemory() / DECODED_PART);
    private final BoundedCache<StoredObject> objects = new BoundedCache<>(Runtime.getRuntime().maxMemory() / OBJECTS_PART);
    private final DecodedAttributes decoded = new DecodedAttributes(attributes);
    private final Contents contents =
            new Contents(Runtime.getRuntime().maxMemory() / ENCODED_PART, List.of(attributes, objects));
    private volatile Refresher refresher;
    private volatile boolean closed;

    /** For the container. */
    public Catalogue() {
    }

    /**
     * For use outside a container.
     *
     * @param comparisonNanos time between the comparisons of two shards
     */
    public Catalogue(DataSource dataSource, ThreadFactory threads, long comparisonNanos) {
        this(dataSource, threads, comparisonNanos, Refresher.STUCK_NANOS);
    }

    Catalogue(DataSource dataSource, ThreadFactory threads, long comparisonNanos, long stuckNanos) {
        this.stuckNanos = stuckNanos;
        this.dataSource = dataSource;
        this.threads = threads;
        this.comparisonNanos = comparisonNanos;
        start();
    }

    @PostConstruct
    void start() {
        if (threads == null)
            threads = managedThreads;
        repository = new HangingProtocolRepository(dataSource);
    }

    @PreDestroy
    public synchronized void close() {
        closed = true;
        if (refresher != null)
            refresher.giveUp().forEach(Proof::cancel);
        waiting.forEach(Proof::cancel);
        if (refresher != null)
            // a container that stops gives no threads any more
            daemon(new Thread(refresher::abort));
    }

    /** Begins to read all objects, so that the first operation has to wait less. */
    public void load() {
        prove();
    }

    /** Asks for the proof that everything is here that was committed by now; does not wait for it. */
    public Proof prove() {
        Proof proof = new Proof(this::replaceIfStuck);
        waiting.add(proof);
        if (refresher == null)
            begin();
        if (closed)
            proof.cancel();
        return proof;
    }

    private synchronized void begin() {
        if (refresher == null && !closed)
            run();
    }

    private void run() {
        // stays so if no thread can be started: then the next operation tries again
        refresher = null;
        Refresher next = new Refresher(dataSource, waiting, contents, comparisonNanos, stuckNanos);
        daemon(threads.newThread(next));
        refresher = next;
    }

    private synchronized void replaceIfStuck() {
        Refresher stuck = refresher;
        if (closed)
            return;
        if (stuck == null) {
            run();
            return;
        }
        if (!stuck.isStuck())
            return;
        LOG.warn("The database does not answer; trying another connection");
        waiting.addAll(stuck.giveUp());
        run();
        // not by this thread, whose operation has its own time limit
        daemon(threads.newThread(stuck::abort));
    }

    private static void daemon(Thread thread) {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The stored objects that may match, as the catalogue has them now, in the order of answers: by name in the order of
     * Unicode code points, then by SOP Instance UID. What changes afterwards changes nothing of it.
     *
     * @return a {@link Collection}, unless it is all
     */
    public Iterable<CatalogueEntry> candidates(CandidateFilter filter) {
        return contents.candidates(filter);
    }

    /** The retired objects, in the same order. */
    public Iterable<CatalogueEntry> retired() {
        return contents.retired();
    }

    /** The object with this UID as the catalogue has it now, stored or retired; {@code null} if there is none. */
    public CatalogueEntry get(String sopInstanceUid) {
        return contents.get(sopInstanceUid);
    }

    /**
     * Whether there may be an object with this UID, without asking the database: {@code false} tells that it is not likely.
     */
    public boolean mayContain(String sopInstanceUid) {
        Refresher current = refresher;
        return current == null || !current.isComplete() || contents.get(sopInstanceUid) != null;
    }

    /**
     * The attributes of an entry that a C-FIND may return, decoded. Several threads may read them at once; nobody is to
     * change them.
     *
     * @return {@code null} if they are in the database only, and the object is not stored there any more
     * @throws IOException  they are damaged
     * @throws SQLException they are in the database only, and it failed
     */
    public Attributes attributes(CatalogueEntry entry) throws IOException, SQLException {
        if (entry.attributes() != null)
            return decoded.of(entry);
        try {
            byte[] encoded = repository.attributes(entry.sopInstanceUid());
            return encoded == null ? null : DecodedAttributes.decode(encoded);
        } catch (DatabaseException e) {
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
        }
    }

    /**
     * An object: from memory, if this version of it is there, else as the reader finds it, and then it is kept in memory.
     *
     * <p>What a server keeps elsewhere than in the database is not kept in memory: there bytes can be lost or damaged while the
     * row stays as it is, and whoever retrieves the object is to notice.
     *
     * @param instance which version of which object. If it was replaced meanwhile, what took its place may be returned
     * @throws IOException as {@link ObjectReader#read}
     */
    public StoredObject object(StoredInstance instance, ObjectReader reader) throws IOException {
        CatalogueEntry entry = entryOf(instance);
        if (entry == null)
            return reader.read(instance);
        StoredObject kept = objects.get(entry);
        if (kept != null)
            return kept;
        ReadObject read = reader.readFile(instance);
        keep(entry, read);
        return read.object();
    }

    /**
     * Reads objects that will be asked for next and are not in memory, in one exchange with the database.
     *
     * @param instances as for {@link #object}
     * @throws DatabaseException the database refused or failed
     */
    public void readAhead(List<StoredInstance> instances, ObjectReader reader) {
        Map<String, CatalogueEntry> missing = new HashMap<>();
        for (StoredInstance instance : instances) {
            CatalogueEntry entry = entryOf(instance);
            if (entry != null && objects.get(entry) == null)
                missing.put(instance.sopInstanceUid(), entry);
        }
        if (missing.size() > 1)
            reader.readRows(List.copyOf(missing.keySet())).forEach((uid, read) -> keep(missing.get(uid), read));
    }

    /** The entry that an object may be kept with; {@code null} if there is none of this version, or it is not to be kept. */
    private CatalogueEntry entryOf(StoredInstance instance) {
        CatalogueEntry entry = contents.get(instance.sopInstanceUid());
        return entry != null && instance.location() == null && instance.objectSize() <= LARGEST_OBJECT
                && entry.instance().equals(instance) ? entry : null;
    }

    /** Keeps what was read, if it is this version and not a newer one. */
    private void keep(CatalogueEntry entry, ReadObject read) {
        if (read.fileDigest().equals(entry.instance().objectDigest()))
            objects.keep(entry, read.object(), read.object().dataset().length + OBJECT);
    }
}
