package org.hpqr.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.information.StoredAttributes;

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
    public void add(List<Attributes> objects) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            ObjectRows rows = new ObjectRows(connection);
            for (Attributes object : objects)
                rows.add(version(object));
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An object as it is stored; its bytes are of no use. */
    public static NewVersion version(Attributes object) {
        byte[] attributes = StoredAttributes.encode(object);
        return new NewVersion(object.getString(Tag.SOPInstanceUID), attributes, "1.2.840.10008.1.2.1", DatasetCodec.digest(attributes),
                attributes, null, ChangedBy.aeTitle("SENDER"));
    }

    /** Removes all rows. */
    public void clear() {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM hp_object");
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
