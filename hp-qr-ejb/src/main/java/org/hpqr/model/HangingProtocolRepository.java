package org.hpqr.model;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hpqr.model.StoreResult.Outcome;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.ObjectLocation;

/**
 * Writes and looks up rows. Every call that writes is a transaction of its own; those that read what one statement each
 * tells need none, which spares them the exchanges with the database that begin and end it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HangingProtocolRepository {

    /** Parameters in one IN list: databases take between 1,000 (Oracle) and 65,535 (PostgreSQL). */
    private static final int MAX_IN_LIST = 500;

    /** Longest time a look-up may take. No transaction bounds it. */
    private static final int LOCATE_TIMEOUT_SECONDS = 60;

    private static final String LOCATE = "SELECT sop_iuid, transfer_syntax, content_digest, storage_id, storage_path, "
            + "object_size, object_digest FROM hp_object WHERE sop_iuid IN (";

    @PersistenceContext(unitName = "hp-qr")
    private EntityManager em;

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    /** For the container. */
    public HangingProtocolRepository() {
    }

    /** For use outside a container, where the caller brings the transactions. */
    public HangingProtocolRepository(EntityManager em, DataSource dataSource) {
        this.em = em;
        this.dataSource = dataSource;
    }

    /**
     * Adds or replaces the row of an object whose bytes are in the storage.
     *
     * <p>Two stores of the same new UID at once, on one node or two, meet at the unique constraint: one of them fails
     * here and, called again, finds the row of the other.
     *
     * @param sourceAet  calling AE title it came from
     * @param duplicates what happens to an object with the same UID and other content
     * @param renew      take the new bytes even if the content is the same: those held are damaged
     * @throws jakarta.persistence.PersistenceException the database refused or failed; nothing was changed. In a
     *                                                  container it arrives inside a {@link jakarta.ejb.EJBException}
     */
    public StoreResult store(IndexedProtocol index, StoredInstance instance, String sourceAet, DuplicatePolicy duplicates,
                             boolean renew) {
        HangingProtocol held = locked(index.sopInstanceUid());
        if (held == null) {
            em.persist(new HangingProtocol(index, instance, sourceAet));
            em.flush();
            return new StoreResult(Outcome.ADDED, null);
        }
        StoredInstance before = held.instance();
        if (before.location().equals(instance.location()))
            // an earlier attempt was committed, only its answer was lost; these bytes are the ones that are held
            return new StoreResult(held.wasReplaced() ? Outcome.REPLACED : Outcome.ADDED, null);
        boolean same = before.contentDigest().equals(instance.contentDigest());
        if (same && !renew)
            return new StoreResult(Outcome.UNCHANGED, instance.location());
        if (!same && duplicates == DuplicatePolicy.KEEP)
            return new StoreResult(Outcome.KEPT, instance.location());
        held.hold(index, instance, sourceAet);
        em.flush();
        return new StoreResult(Outcome.REPLACED, before.location());
    }

    /**
     * Gives bytes a row that have none: that of a new object, or of the one whose own bytes are lost.
     *
     * @param lost what was found to have no readable bytes; {@code null} if no object with this UID was found
     * @return {@code false} if another object with this UID is held by now; nothing was changed
     */
    public boolean adopt(IndexedProtocol index, StoredInstance instance, String sourceAet, StoredInstance lost) {
        HangingProtocol held = locked(index.sopInstanceUid());
        if (held == null) {
            em.persist(new HangingProtocol(index, instance, sourceAet));
        } else {
            if (lost == null || !held.instance().location().equals(lost.location()))
                return false;
            held.hold(index, instance, sourceAet);
        }
        em.flush();
        return true;
    }

    private HangingProtocol locked(String sopInstanceUid) {
        return em.createQuery("select p from HangingProtocol p where p.sopInstanceUid = :uid", HangingProtocol.class)
                .setParameter("uid", sopInstanceUid)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream().findFirst().orElse(null);
    }

    /**
     * Finds the objects with these UIDs.
     *
     * @return those that are held, each once, in the order of {@code sopInstanceUids}
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<StoredInstance> locate(Collection<String> sopInstanceUids) {
        List<String> asked = sopInstanceUids.stream().distinct().toList();
        List<StoredInstance> found = new ArrayList<>(asked.size());
        for (int from = 0; from < asked.size(); from += MAX_IN_LIST) {
            List<String> part = asked.subList(from, Math.min(from + MAX_IN_LIST, asked.size()));
            Map<String, StoredInstance> byUid = select(part);
            part.stream().map(byUid::get).filter(Objects::nonNull).forEach(found::add);
        }
        return found;
    }

    /** By plain JDBC: for one small statement, what JPA does around it costs more than the statement. */
    private Map<String, StoredInstance> select(List<String> uids) {
        // 1, 2, 4, 8 ... values: few statements, which the database knows already
        int marks = Integer.highestOneBit(2 * uids.size() - 1);
        try (Connection connection = dataSource.getConnection();
             PreparedStatement statement = connection.prepareStatement(LOCATE + String.join(", ", Collections.nCopies(marks, "?")) + ')')) {
            statement.setQueryTimeout(LOCATE_TIMEOUT_SECONDS);
            for (int i = 0; i < marks; i++)
                statement.setString(i + 1, uids.get(Math.min(i, uids.size() - 1)));
            Map<String, StoredInstance> byUid = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next())
                    byUid.put(rows.getString(1), new StoredInstance(rows.getString(1), rows.getString(2), rows.getString(3),
                            new ObjectLocation(rows.getString(4), rows.getString(5), rows.getLong(6), rows.getString(7))));
            }
            return byUid;
        } catch (SQLException e) {
            throw new PersistenceException("objects cannot be looked up", e);
        }
    }

    /** Says whether some row names these bytes. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public boolean isNamed(ObjectLocation location) {
        return em.createQuery("select count(p) from HangingProtocol p where p.storageId = :id and p.storagePath = :path",
                        Long.class)
                .setParameter("id", location.storageId())
                .setParameter("path", location.path())
                .getSingleResult() > 0;
    }

    /** Says whether the database answers at all, to tell a refused statement from a lost connection. */
    public boolean isAnswering() {
        try {
            em.createNativeQuery("select 1 from hp_object where pk = 0").getResultList();
            return true;
        } catch (PersistenceException e) {
            return false;
        }
    }

    /** Hands every object to {@code consumer}, one after the other, in no particular order. */
    public void forEach(Consumer<StoredInstance> consumer) {
        try (Stream<Object[]> rows = em.createQuery("select " + INSTANCE + " from HangingProtocol p", Object[].class)
                .setHint("org.hibernate.fetchSize", MAX_IN_LIST)
                .getResultStream()) {
            rows.map(HangingProtocolRepository::toInstance).forEach(consumer);
        }
    }

    /** Number of objects held. */
    public long count() {
        return em.createQuery("select count(p) from HangingProtocol p", Long.class).getSingleResult();
    }

    /** A projection: an entity would be loaded with its attributes and watched for changes. */
    private static final String INSTANCE = "p.sopInstanceUid, p.transferSyntax, p.contentDigest, "
            + "p.storageId, p.storagePath, p.objectSize, p.objectDigest";

    private static StoredInstance toInstance(Object[] row) {
        return new StoredInstance((String) row[0], (String) row[1], (String) row[2],
                new ObjectLocation((String) row[3], (String) row[4], (Long) row[5], (String) row[6]));
    }
}
