package org.hpqr.dimse;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.model.HangingProtocolRepository;
import org.hpqr.model.IndexedProtocol;
import org.hpqr.model.SchemaMigration;
import org.hpqr.model.StoreResult;
import org.hpqr.model.StoredInstance;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.ObjectLocation;

/** A database with the migrated schema, and the repository as a container would run it: a transaction for each call. */
class TestDatabase implements AutoCloseable {

    final JdbcConnectionPool dataSource;
    private final EntityManagerFactory factory;
    volatile boolean down;
    /** Runs when a store has written its row and not committed yet. */
    volatile Runnable beforeStoreCommits = () -> { };

    /** H2 in memory. */
    TestDatabase() {
        this(h2());
    }

    static JdbcConnectionPool h2() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    /** @param empty a pool of connections to an empty database */
    TestDatabase(JdbcConnectionPool empty) {
        dataSource = empty;
        dataSource.setMaxConnections(32);
        new SchemaMigration(dataSource).run();
        Map<String, Object> properties = new HashMap<>();
        properties.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        properties.put("jakarta.persistence.jtaDataSource", null);
        properties.put("jakarta.persistence.nonJtaDataSource", dataSource);
        factory = Persistence.createEntityManagerFactory("hp-qr", properties);
    }

    HangingProtocolRepository repository() {
        return new HangingProtocolRepository() {

            @Override
            public StoreResult store(IndexedProtocol index, StoredInstance instance, String sourceAet,
                                     DuplicatePolicy duplicates, boolean renew) {
                return transaction(repository -> {
                    StoreResult result = repository.store(index, instance, sourceAet, duplicates, renew);
                    beforeStoreCommits.run();
                    return result;
                });
            }

            @Override
            public boolean adopt(IndexedProtocol index, StoredInstance instance, String sourceAet, StoredInstance lost) {
                return transaction(repository -> repository.adopt(index, instance, sourceAet, lost));
            }

            @Override
            public List<StoredInstance> locate(Collection<String> sopInstanceUids) {
                return transaction(repository -> repository.locate(sopInstanceUids));
            }

            @Override
            public boolean isNamed(ObjectLocation location) {
                return transaction(repository -> repository.isNamed(location));
            }

            @Override
            public boolean isAnswering() {
                return !down && transaction(HangingProtocolRepository::isAnswering);
            }

            @Override
            public void forEach(Consumer<StoredInstance> consumer) {
                transaction(repository -> {
                    repository.forEach(consumer);
                    return null;
                });
            }

            @Override
            public long count() {
                return transaction(HangingProtocolRepository::count);
            }
        };
    }

    private <T> T transaction(Function<HangingProtocolRepository, T> work) {
        if (down)
            throw new PersistenceException("the test has switched the database off");
        EntityManager em = factory.createEntityManager();
        try {
            em.getTransaction().begin();
            T result = work.apply(new HangingProtocolRepository(em, dataSource));
            em.getTransaction().commit();
            return result;
        } finally {
            if (em.getTransaction().isActive())
                em.getTransaction().rollback();
            em.close();
        }
    }

    @Override
    public void close() {
        factory.close();
        dataSource.dispose();
    }
}
