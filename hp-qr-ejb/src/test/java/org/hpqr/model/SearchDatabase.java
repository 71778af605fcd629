package org.hpqr.model;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.spi.ObjectLocation;

/** A database with the tables of the plugin, filled with objects to search. */
public final class SearchDatabase implements AutoCloseable {

    private static final int FLUSH_EVERY = 500;

    private final DataSource dataSource;
    private final EntityManagerFactory factory;

    /** Creates the tables in a database that has none. */
    public SearchDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
        new SchemaMigration(dataSource).run();
        Map<String, Object> properties = new HashMap<>();
        properties.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        properties.put("jakarta.persistence.jtaDataSource", null);
        properties.put("jakarta.persistence.nonJtaDataSource", dataSource);
        factory = Persistence.createEntityManagerFactory("hp-qr", properties);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Adds rows as a store does. */
    public void add(List<IndexedProtocol> protocols) {
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            int added = 0;
            for (IndexedProtocol protocol : protocols) {
                em.persist(new HangingProtocol(protocol, instance(protocol.sopInstanceUid()), "SENDER"));
                if (++added % FLUSH_EVERY == 0) {
                    em.flush();
                    em.clear();
                }
            }
            em.getTransaction().commit();
        }
    }

    private static StoredInstance instance(String uid) {
        String digest = "0".repeat(64);
        return new StoredInstance(uid, "1.2.840.10008.1.2.1", digest, new ObjectLocation("fs1", uid, 1, digest));
    }

    /** Removes all rows. */
    public void clear() {
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            for (String entity : List.of("DefinitionCode", "ProtocolDefinition", "HangingProtocol"))
                em.createQuery("delete from " + entity).executeUpdate();
            em.getTransaction().commit();
        }
    }

    @Override
    public void close() {
        factory.close();
        if (dataSource instanceof JdbcConnectionPool pool)
            pool.dispose();
    }
}
