package org.hpqr.model;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.spi.ObjectLocation;

/** A database with the tables of the plugin, filled with objects to search. */
public final class SearchDatabase implements AutoCloseable {

    private final DataSource dataSource;

    /** Creates the tables in a database that has none. */
    public SearchDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
        new SchemaMigration(dataSource).run();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Adds rows as a store does, all in one transaction. */
    public void add(List<IndexedProtocol> protocols) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            ProtocolRows rows = new ProtocolRows(connection);
            for (IndexedProtocol protocol : protocols)
                rows.add(protocol, instance(protocol.sopInstanceUid()), "SENDER");
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StoredInstance instance(String uid) {
        String digest = "0".repeat(64);
        return new StoredInstance(uid, "1.2.840.10008.1.2.1", digest, new ObjectLocation("fs1", uid, 1, digest));
    }

    /** Removes all rows. */
    public void clear() {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            for (String table : List.of("hp_definition_code", "hp_definition", "hp_object"))
                statement.executeUpdate("DELETE FROM " + table);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (dataSource instanceof JdbcConnectionPool pool)
            pool.dispose();
    }
}
