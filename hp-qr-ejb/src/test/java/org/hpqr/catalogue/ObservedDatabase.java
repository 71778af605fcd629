package org.hpqr.catalogue;

import static org.hpqr.testkit.database.JdbcProxy.invoke;
import static org.hpqr.testkit.database.JdbcProxy.proxy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database whose proofs are counted, and can be made to fail or to take their time. */
final class ObservedDatabase {

    /** Something that happens to a statement. */
    interface Event {
        void happen() throws SQLException;
    }

    final AtomicInteger proofs = new AtomicInteger();
    /** The statement of a proof is about to be sent. */
    volatile Event beforeProof = () -> { };
    /** The database has answered it, and nobody knows yet. */
    volatile Event afterProof = () -> { };
    private final DataSource database;

    ObservedDatabase(DataSource database) {
        this.database = database;
    }

    DataSource source() {
        return proxy(DataSource.class, (proxy, method, arguments) -> method.getName().equals("getConnection")
                ? connection(database.getConnection()) : invoke(database, method, arguments));
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            boolean isProof = method.getName().equals("prepareStatement") && ((String) arguments[0]).contains("hp_change");
            return isProof ? proof((PreparedStatement) result) : result;
        });
    }

    private PreparedStatement proof(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("executeQuery"))
                return invoke(statement, method, arguments);
            proofs.incrementAndGet();
            beforeProof.happen();
            Object result = invoke(statement, method, arguments);
            afterProof.happen();
            return result;
        });
    }
}
