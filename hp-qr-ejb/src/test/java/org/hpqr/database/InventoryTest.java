package org.hpqr.database;

import org.hpqr.testkit.database.Database;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All objects of each database, through the persistence unit. */
class InventoryTest {

    private static final byte[] FILE = {1, 2, 3};

    private JdbcConnectionPool database;
    private EntityManagerFactory persistence;

    private Inventory of(Database product) {
        database = product.create();
        new SchemaMigration(database).run();
        persistence = PersistenceUnit.on(database);
        EntityManager em = persistence.createEntityManager();
        return new Inventory(em);
    }

    @AfterEach
    void close() {
        persistence.close();
        database.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsHandedOutWhereNothingIsHeld(Database product) {
        Inventory inventory = of(product);

        assertEquals(0, inventory.count());
        assertEquals(List.of(), all(inventory));
    }

    @ParameterizedTest
    @EnumSource
    void everyObjectIsHandedOutOnceHoweverManyThereAre(Database product) throws SQLException {
        Inventory inventory = of(product);
        List<StoredInstance> stored = IntStream.range(0, 2_100).mapToObj(InventoryTest::instance).toList();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < stored.size(); i++)
                new ObjectRows(connection).add(version(i));
            connection.commit();
            connection.setAutoCommit(true);
        }

        assertEquals(stored.size(), inventory.count());
        assertEquals(stored, all(inventory));
        long last = inventory.after(0, 2_000).get(1_999).pk();
        assertEquals(stored.subList(2_000, 2_050), inventory.after(last, 50).stream().map(Inventory.Entry::instance).toList());
        assertEquals(100, inventory.after(last, 500).size());
    }

    /** A row that was replaced meanwhile is not handed out as it was before. */
    @ParameterizedTest
    @EnumSource
    void nothingIsRemembered(Database product) throws SQLException {
        Inventory inventory = of(product);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            new ObjectRows(connection).add(version(1));
            assertEquals(List.of(instance(1)), all(inventory));
            statement.executeUpdate("UPDATE hp_object SET storage_path = 'moved'");
        }

        assertEquals("moved", all(inventory).get(0).location().path());
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsNotTakenForNothing(Database product) throws SQLException {
        Inventory inventory = of(product);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE hp_object");
        }

        assertThrows(DatabaseException.class, inventory::count);
        assertThrows(DatabaseException.class, () -> all(inventory));
    }

    private static List<StoredInstance> all(Inventory inventory) {
        List<StoredInstance> all = new ArrayList<>();
        inventory.forEach(all::add);
        return all;
    }

    private static StoredInstance instance(int number) {
        return new StoredInstance("2.25." + number, ObjectState.STORED, 0, "1.2.840.10008.1.2.1", "c".repeat(64), at(number), FILE.length,
                DatasetCodec.digest(FILE));
    }

    private static NewVersion version(int number) {
        return new NewVersion("2.25." + number, new byte[] {1}, "1.2.840.10008.1.2.1", "c".repeat(64), FILE, at(number), ChangedBy.aeTitle("WS1"));
    }

    /** Every other object has its bytes in its row. */
    private static ObjectLocation at(int number) {
        return number % 2 == 0 ? null : new ObjectLocation("files", "a/" + number);
    }
}
