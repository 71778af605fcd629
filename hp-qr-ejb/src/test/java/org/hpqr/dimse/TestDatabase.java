package org.hpqr.dimse;

import static org.hpqr.testkit.database.JdbcProxy.invoke;
import static org.hpqr.testkit.database.JdbcProxy.proxy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.History;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectHistory;
import org.hpqr.database.PersistenceUnit;
import org.hpqr.database.SchemaMigration;
import org.hpqr.database.StoredInstance;

/** A database with the migrated schema. */
class TestDatabase implements AutoCloseable {

    final JdbcConnectionPool dataSource;
    private EntityManagerFactory persistence;
    /** The repository gets no connection. */
    volatile boolean down;
    /** Runs when a store has written its rows and not committed yet. */
    volatile Runnable beforeStoreCommits = () -> { };

    /** H2 in memory. */
    TestDatabase() {
        this(h2());
    }

    static JdbcConnectionPool h2() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=FALSE", "sa", "");
    }

    /** @param empty a pool of connections to an empty database */
    TestDatabase(JdbcConnectionPool empty) {
        dataSource = empty;
        dataSource.setMaxConnections(32);
        new SchemaMigration(dataSource).run();
    }

    HangingProtocolRepository repository() {
        return new HangingProtocolRepository(proxy(DataSource.class, (proxy, method, arguments) -> {
            if (down)
                throw new SQLException("the test has switched the database off");
            return observed(dataSource.getConnection());
        }));
    }

    /** The database as the catalogue sees it. */
    DataSource source() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (down)
                throw new SQLException("the test has switched the database off");
            return failing(dataSource.getConnection());
        });
    }

    /** As long as the database is down, no statement is executed, either. */
    private Connection failing(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            if (!(result instanceof PreparedStatement statement))
                return result;
            return proxy(PreparedStatement.class, (statementProxy, execution, values) -> {
                if (down && execution.getName().startsWith("execute"))
                    throw new SQLException("the test has switched the database off");
                return invoke(statement, execution, values);
            });
        });
    }

    /** Opened when it is first asked: that takes time, and few tests look at all objects. */
    Inventory inventory() {
        return new Inventory() {
            @Override
            public long count() {
                return opened().count();
            }

            @Override
            public void forEach(Consumer<StoredInstance> consumer) {
                opened().forEach(consumer);
            }
        };
    }

    /** As {@link #inventory}. */
    History history() {
        return new History() {
            @Override
            public Optional<ObjectHistory> of(String sopInstanceUid) {
                return new History(entities()).of(sopInstanceUid);
            }
        };
    }

    private Inventory opened() {
        return new Inventory(entities());
    }

    private synchronized EntityManager entities() {
        if (persistence == null)
            persistence = PersistenceUnit.on(dataSource);
        return persistence.createEntityManager();
    }

    private Connection observed(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit"))
                beforeStoreCommits.run();
            return invoke(connection, method, arguments);
        });
    }

    @Override
    public void close() {
        if (persistence != null)
            persistence.close();
        dataSource.dispose();
    }
}
