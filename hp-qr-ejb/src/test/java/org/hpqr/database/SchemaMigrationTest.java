package org.hpqr.database;

import org.hpqr.testkit.database.Database;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaMigrationTest {

    private final DataSource database = database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final SchemaMigration migration = new SchemaMigration(database);

    @AfterEach
    void clear() {
        System.clearProperty(SchemaMigration.ACTION);
    }

    @Test
    void migratesBesideTablesOfAnotherApplication() throws Exception {
        execute("create table study (pk bigint)");
        migration.start();
        assertTrue(migration.isReady());
        assertEquals("", migration.problem());
        assertEquals(0, count("hp_object"));
        assertEquals(0, count("study"));

        SchemaMigration again = new SchemaMigration(database);
        again.start();
        assertTrue(again.isReady());
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "migarte", ""})
    void whatCannotBeDoneFailsNoDeployment(String action) {
        System.setProperty(SchemaMigration.ACTION, action);
        migration.start();
        assertFalse(migration.isReady());
        assertTrue(migration.problem().startsWith("The database schema is unusable: "), migration::problem);
        assertThrows(SQLException.class, () -> count("hp_object"));
    }

    @Test
    void databaseThatIsDownFailsNoDeployment() {
        SchemaMigration down = new SchemaMigration(database("jdbc:h2:tcp://127.0.0.1:1/none"));
        down.start();
        assertFalse(down.isReady());
    }

    @Test
    void validatesWhatWasMigrated() {
        migration.start();
        System.setProperty(SchemaMigration.ACTION, "validate");
        SchemaMigration validation = new SchemaMigration(database);
        validation.start();
        assertTrue(validation.isReady());
    }

    /** What a newer version stored, this one may misread or lose. */
    @ParameterizedTest
    @ValueSource(strings = {"migrate", "validate"})
    void refusesTheDatabaseOfANewerVersion(String action) throws Exception {
        migration.start();
        execute("insert into \"hp_schema_history\" select \"installed_rank\" + 1, '99', 'of the future', \"type\", 'V99__of_the_future.sql', 1,"
                + " \"installed_by\", \"installed_on\", 1, true from \"hp_schema_history\" order by \"installed_rank\" desc limit 1");

        System.setProperty(SchemaMigration.ACTION, action);
        SchemaMigration older = new SchemaMigration(database);
        older.start();

        assertFalse(older.isReady());
        assertEquals("The database schema is unusable: a newer hp-qr has migrated it to version 99. Start that one, or restore the backup"
                + " that was made before the upgrade", older.problem());
    }

    @Test
    void noneTouchesNothing() {
        System.setProperty(SchemaMigration.ACTION, "none");
        migration.start();
        assertTrue(migration.isReady());
        assertThrows(SQLException.class, () -> count("hp_object"));
    }

    /** H2 is a file of one server. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void serversThatStartAtOnceMigrateOnceAndAgreeOnTheDatabase(Database product) throws Exception {
        ExecutorService servers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 3; round++) {
                JdbcConnectionPool empty = product.create();
                Callable<String> start = () -> {
                    SchemaMigration started = new SchemaMigration(empty);
                    started.start();
                    assertEquals("", started.problem());
                    return new DatabaseId(empty).get();
                };
                List<Future<String>> ids = servers.invokeAll(List.of(start, start));
                assertEquals(ids.get(0).get(), ids.get(1).get());
                assertEquals(36, ids.get(0).get().length());
                empty.dispose();
            }
        } finally {
            servers.shutdownNow();
        }
    }

    private static DataSource database(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String table) throws SQLException {
        try (Connection connection = database.getConnection();
             Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getInt(1);
        }
    }
}
