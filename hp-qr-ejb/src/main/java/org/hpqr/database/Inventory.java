package org.hpqr.database;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All stored objects, for those that look at all of them: the sweep, the integrity check, the export and the monitoring. By JPA, whose portions of a long
 * result every database understands; the few statements of an operation, where each exchange counts, are plain JDBC
 * ({@link HangingProtocolRepository}).
 *
 * <p>All calls throw a {@link DatabaseException} if the database refuses or fails.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Inventory {

    /** Objects that are read at a time. */
    private static final int PORTION = 1_000;

    @PersistenceContext(unitName = "hp-qr")
    private EntityManager em;

    /** For the container. */
    public Inventory() {
    }

    /** For use outside a container. */
    public Inventory(EntityManager em) {
        this.em = em;
    }

    /** Number of objects that can be found. */
    public long count() {
        return read(() -> em.createQuery("select count(p) from HangingProtocol p where p.state = 0", Long.class).getSingleResult());
    }

    /** Number of objects, retired ones too. */
    public long countAll() {
        return read(() -> em.createQuery("select count(p) from HangingProtocol p where p.state <> 2", Long.class).getSingleResult());
    }

    private static <T> T read(Supplier<T> query) {
        try {
            return query.get();
        } catch (PersistenceException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Hands every object, retired ones too, to {@code consumer}, one after the other. No connection is used meanwhile: one
     * that is added while this goes on may be left out.
     */
    public void forEach(Consumer<StoredInstance> consumer) {
        long last = Long.MIN_VALUE;
        List<Entry> portion;
        do {
            portion = after(last, PORTION);
            for (Entry entry : portion) {
                consumer.accept(entry.instance());
                last = entry.pk();
            }
        } while (portion.size() == PORTION);
    }

    /** An object, and its place in the order of {@link #after}. */
    public record Entry(long pk, StoredInstance instance) {
    }

    /**
     * The objects that come after a place, retired ones too, in the order in which they were stored first.
     *
     * @param pk   the place of the last one before
     * @param most how many of them; fewer are returned only if there are no more
     */
    public List<Entry> after(long pk, int most) {
        List<HangingProtocol> portion = read(() -> em
                .createQuery("select p from HangingProtocol p where p.pk > :last and p.state <> 2 order by p.pk", HangingProtocol.class)
                .setParameter("last", pk).setMaxResults(most).getResultList());
        // what is read is not to be kept
        em.clear();
        return portion.stream().map(protocol -> new Entry(protocol.pk(), protocol.instance())).toList();
    }
}
