package org.hpqr.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What tells this database from every other: all servers that share it read the same, and a copy in another place has it,
 * too.
 */
@ApplicationScoped
public class DatabaseId {

    private static final String SELECT = "SELECT id FROM hp_database WHERE pk = 1";
    private static final String INSERT = "INSERT INTO hp_database (pk, id) VALUES (1, ?)";

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    /** For the container. */
    public DatabaseId() {
    }

    /** For use outside a container. */
    public DatabaseId(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Reads it; the first time, makes it. To be called outside a transaction.
     *
     * @return 36 characters: lower-case hexadecimal digits and hyphens
     * @throws SQLException the database cannot be asked, or has no tables of hp-qr
     */
    public String get() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return of(connection);
        }
    }

    /** As {@link #get}, over a connection that is there. */
    static String of(Connection connection) throws SQLException {
        String known = read(connection);
        return known == null ? make(connection) : known;
    }

    private static String make(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.executeUpdate();
        } catch (SQLException e) {
            String known = read(connection);
            if (known == null)
                throw e;
            // another server was faster
            return known;
        }
        return read(connection);
    }

    private static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet id = statement.executeQuery(SELECT)) {
            return id.next() ? id.getString(1) : null;
        }
    }
}
