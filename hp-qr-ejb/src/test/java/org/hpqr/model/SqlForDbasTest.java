package org.hpqr.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code src/config/sql}, for DBAs who let no program change a schema. */
class SqlForDbasTest {

    private static final Path FOR_DBAS = Path.of("../src/config/sql");
    private static final Path MIGRATIONS = Path.of("src/main/resources/org/hpqr/schema");

    @AfterEach
    void clear() {
        System.clearProperty(SchemaMigration.ACTION);
    }

    @Test
    void areTheMigrations() throws IOException {
        assertEquals(scriptsBelow(MIGRATIONS), scriptsBelow(FOR_DBAS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void leaveNothingToMigrate(String product) throws Exception {
        JdbcConnectionPool database = product.equals("h2")
                ? JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "")
                : Postgres.newDatabase();
        System.setProperty(SchemaMigration.ACTION, "validate");
        assertFalse(isReady(database), "nothing is there yet");

        execute(database, FOR_DBAS.resolve(product).resolve("V1__hanging_protocols.sql"));
        assertFalse(isReady(database), "nobody knows which version is there");
        execute(database, FOR_DBAS.resolve(product).resolve("history.sql"));
        assertTrue(isReady(database));

        System.setProperty(SchemaMigration.ACTION, "migrate");
        assertTrue(isReady(database));
        try (Connection connection = database.getConnection();
             Statement statement = connection.createStatement();
             ResultSet history = statement.executeQuery("select count(*) from \"hp_schema_history\"")) {
            history.next();
            assertEquals(1, history.getInt(1), "nothing was migrated");
        }
        database.dispose();
    }

    private static boolean isReady(JdbcConnectionPool database) {
        SchemaMigration migration = new SchemaMigration(database);
        migration.start();
        return migration.isReady();
    }

    private static void execute(JdbcConnectionPool database, Path script) throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(script));
        }
    }

    /** Content by name, without the history, which is no migration. */
    private static Map<String, String> scriptsBelow(Path root) throws IOException {
        Map<String, String> scripts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile).filter(file -> !file.endsWith("history.sql"))
                    .forEach(file -> scripts.put(root.relativize(file).toString(), contentOf(file)));
        }
        return scripts;
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
