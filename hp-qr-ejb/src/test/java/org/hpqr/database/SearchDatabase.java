package org.hpqr.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

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
                add(rows, protocol);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(ProtocolRows rows, IndexedProtocol protocol) throws SQLException {
        rows.add(new NewVersion(protocol, "1.2.840.10008.1.2.1", "0".repeat(64), new byte[1], null, "SENDER"));
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
