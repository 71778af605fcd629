package org.hpqr.database;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * All objects that are held, for who looks at them together: the sweep and the monitoring. By JPA, whose portions of a long
 * result every database understands; the few statements of an operation, where each exchange counts, are plain JDBC
 * ({@link HangingProtocolRepository}).
 *
 * <p>All calls throw a {@link RuntimeException} if the database refuses or fails.
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
        return em.createQuery("select count(p) from HangingProtocol p where p.state = 0", Long.class).getSingleResult();
    }

    /**
     * Hands every object, retired ones too, to {@code consumer}, one after the other. No connection is held meanwhile: one that is added while
     * this goes on may be left out.
     */
    public void forEach(Consumer<StoredInstance> consumer) {
        long last = Long.MIN_VALUE;
        List<HangingProtocol> portion;
        do {
            portion = em.createQuery("select p from HangingProtocol p where p.pk > :last and p.state <> 2 order by p.pk", HangingProtocol.class)
                    .setParameter("last", last).setMaxResults(PORTION).getResultList();
            // what is read is not to be kept
            em.clear();
            for (HangingProtocol protocol : portion) {
                consumer.accept(protocol.instance());
                last = protocol.pk();
            }
        } while (portion.size() == PORTION);
    }
}
