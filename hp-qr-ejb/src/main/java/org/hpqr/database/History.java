package org.hpqr.database;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what became of an object. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class History {

    @PersistenceContext(unitName = "hp-qr")
    private EntityManager em;

    /** For the container. */
    public History() {
    }

    /** For use outside a container. */
    public History(EntityManager em) {
        this.em = em;
    }

    /**
     * The history of an object.
     *
     * @return empty if there is no such object, or it was deleted
     * @throws DatabaseException the database refused or failed
     */
    public Optional<ObjectHistory> of(String sopInstanceUid) {
        try {
            // the object first: what is replaced in between is there twice then, else it would be missing
            List<HangingProtocol> found = em
                    .createQuery("select p from HangingProtocol p where p.sopInstanceUid = :uid and p.state <> 2", HangingProtocol.class)
                    .setParameter("uid", sopInstanceUid).getResultList();
            List<HistoryRow> rows = em.createQuery("select h from HistoryRow h where h.sopInstanceUid = :uid", HistoryRow.class)
                    .setParameter("uid", sopInstanceUid).getResultList();
            // what is read is not to be kept
            em.clear();
            return found.stream().findFirst().map(object -> history(object, rows));
        } catch (PersistenceException e) {
            throw new DatabaseException(e);
        }
    }

    private static ObjectHistory history(HangingProtocol object, List<HistoryRow> rows) {
        HistoryEntry current = object.current();
        TreeMap<Long, HistoryEntry> entries = new TreeMap<>(Collections.reverseOrder());
        rows.forEach(row -> entries.put(row.entry().number(), row.entry()));
        entries.put(current.number(), current);
        return new ObjectHistory(object.instance().state(), current.number(), current.content().contentDigest(),
                List.copyOf(entries.values()));
    }
}
