package org.hpqr.database;

import org.hpqr.testkit.database.Database;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts of {@code src/config/sql}, for DBAs who let no program change a schema; the migrations are the same files. */
class SqlForDbasTest {

    private static final Path SCRIPTS = Path.of("../src/config/sql");

    @AfterEach
    void clear() {
        System.clearProperty(SchemaMigration.ACTION);
    }

    @ParameterizedTest
    @EnumSource
    void areWhatTheTemplatesMake(DatabaseProduct product) throws IOException {
        for (Map.Entry<String, String> script : WriteSchema.scripts(SCRIPTS, product).entrySet())
            assertEquals(script.getValue(), Files.readString(SCRIPTS.resolve(product.folder()).resolve(script.getKey())),
                    "run WriteSchema");
    }

    /** A driver may take one for the other. */
    @Test
    void areTheSameForMySqlAndMariaDb() throws IOException {
        assertEquals(WriteSchema.scripts(SCRIPTS, DatabaseProduct.MYSQL), WriteSchema.scripts(SCRIPTS, DatabaseProduct.MARIADB));
    }

    @ParameterizedTest
    @EnumSource
    void leaveNothingToMigrate(Database product) throws Exception {
        JdbcConnectionPool database = product.create();
        Path scripts = SCRIPTS.resolve(product.name().toLowerCase(Locale.ROOT));
        System.setProperty(SchemaMigration.ACTION, "validate");
        assertFalse(isReady(database), "nothing is there yet");

        execute(database, scripts.resolve("V1__hanging_protocols.sql"));
        assertFalse(isReady(database), "nobody knows which version is there");
        execute(database, scripts.resolve("history.sql"));
        assertTrue(isReady(database));

        System.setProperty(SchemaMigration.ACTION, "migrate");
        assertTrue(isReady(database));
        assertEquals(1, rowsOfHistory(database), "nothing was migrated");
        database.dispose();
    }

    /** Better than nothing for products that are not here: H2 takes much of their languages. */
    @ParameterizedTest
    @CsvSource({"MYSQL, MySQL, no", "ORACLE, Oracle, no", "SQLSERVER, MSSQLServer, ' COLLATE Latin1_General_100_BIN2'",
            "DB2, DB2, ' CODEUNITS32'"})
    void runInTheModeOfH2ForTheProduct(DatabaseProduct product, String mode, String unknownToH2) throws Exception {
        JdbcConnectionPool h2 = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=" + mode, "sa", "");
        try (Connection connection = h2.getConnection(); Statement statement = connection.createStatement()) {
            for (String script : WriteSchema.scripts(SCRIPTS, product).values())
                for (String sql : WriteSchema.statements(script))
                    statement.execute(sql.replace(unknownToH2, ""));
            for (String table : List.of("hp_object", "hp_change", "hp_database", "hp_history", "hp_integrity_check", "hp_damaged_object"))
                statement.executeQuery("SELECT COUNT(*) FROM " + table).close();
        }
        h2.dispose();
    }

    private static int rowsOfHistory(JdbcConnectionPool database) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + quote + "hp_schema_history" + quote)) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    private static boolean isReady(JdbcConnectionPool database) {
        SchemaMigration migration = new SchemaMigration(database);
        migration.start();
        return migration.isReady();
    }

    private static void execute(JdbcConnectionPool database, Path script) throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : WriteSchema.statements(Files.readString(script)))
                statement.execute(sql);
        }
    }
}
