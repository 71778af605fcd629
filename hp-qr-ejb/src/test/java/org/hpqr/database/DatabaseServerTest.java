package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.Test;

/** The database servers of tests that run at the same time do not meet. */
class DatabaseServerTest {

    /** A MariaDB that starts removes what is there. */
    @Test
    void temporaryTablesOfMariaDbAreInAFolderOfItsOwn() throws SQLException {
        JdbcConnectionPool pool = Database.MARIADB.create();
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("SELECT @@tmpdir, @@datadir")) {
            assertTrue(result.next());
            Path folder = Path.of(result.getString(1));
            assertNotEquals(Path.of(System.getProperty("java.io.tmpdir")), folder);
            assertTrue(Path.of(result.getString(2)).startsWith(folder), folder::toString);
        } finally {
            pool.dispose();
        }
    }
}
