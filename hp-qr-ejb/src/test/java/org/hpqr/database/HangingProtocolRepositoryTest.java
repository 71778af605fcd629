package org.hpqr.database;

import org.hpqr.testkit.database.Database;
import org.hpqr.testkit.database.Rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the repository leaves in the tables of each database. */
class HangingProtocolRepositoryTest {

    private static final String UID = "2.25.1";
    private static final byte[] FILE = {1, 2, 3};
    private static final int KEPT = 3;
    private static final ChangedBy BY = new ChangedBy("WS1", "jane", "127.0.0.1");
    /** It was written, and no bytes are left over. */
    private static final Optional<List<ObjectLocation>> NOTHING = Optional.of(List.of());

    private static final Map<Database, JdbcConnectionPool> POOLS = new EnumMap<>(Database.class);

    private JdbcConnectionPool database;
    private HangingProtocolRepository repository;

    private void use(Database product) throws SQLException {
        database = POOLS.computeIfAbsent(product, any -> {
            JdbcConnectionPool made = product.create();
            new SchemaMigration(made).run();
            return made;
        });
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM hp_history");
            statement.executeUpdate("DELETE FROM hp_object");
        }
        repository = new HangingProtocolRepository(database);
    }

    @AfterAll
    static void close() {
        POOLS.values().forEach(JdbcConnectionPool::dispose);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectThatIsHeldCannotBeAddedAgain(Database product) throws SQLException {
        use(product);
        store("a");

        assertThrows(DatabaseException.class, () -> repository.add(version("b")));

        assertEquals(instance("a"), repository.find(UID));
    }

    /** A replacement that was overtaken by another is not to undo it unseen. */
    @ParameterizedTest
    @EnumSource
    void aReplacementOfARowThatHasChangedChangesNothing(Database product) throws SQLException {
        use(product);
        store("a");
        StoredInstance found = repository.find(UID);
        store("b");

        assertEquals(Optional.empty(), repository.replace(found, version("c"), KEPT));

        assertEquals(List.of("1 b"), rows("SELECT version, storage_path FROM hp_object"));
    }

    /** Each change of an object is counted once, and the row says which one it was; what failed counts for nothing. */
    @ParameterizedTest
    @EnumSource
    void changesAreCounted(Database product) throws SQLException {
        use(product);
        long before = counted();
        store("a");
        StoredInstance first = repository.find(UID);
        store("b");
        assertThrows(DatabaseException.class, () -> repository.add(version("c")));
        assertEquals(Optional.empty(), repository.replace(first, version("d"), KEPT));

        assertEquals(before + 2, counted());
        assertEquals(List.of(Shard.of(UID) + " " + counted()), rows("SELECT shard, change_number FROM hp_object"));
    }

    /** Else the connection would go back to the pool with the lock of the shard's counter, and no store of the shard would end. */
    @ParameterizedTest
    @EnumSource
    void anErrorRollsTheTransactionBack(Database product) throws SQLException {
        use(product);
        store("a");
        StoredInstance stored = repository.find(UID);
        long before = counted();
        try (Connection connection = database.getConnection()) {
            HangingProtocolRepository withoutMemory = new HangingProtocolRepository(pool(connection));
            assertThrows(OutOfMemoryError.class, () -> withoutMemory.replace(stored, version("b"), 0));
            assertTrue(connection.getAutoCommit());

            store("c");
            assertEquals(before + 1, counted());
            assertEquals(List.of("1 c"), rows("SELECT version, storage_path FROM hp_object"));
        }
    }

    /** Has one connection, on which there is no memory left for the second statement of a change. */
    private static DataSource pool(Connection only) {
        Connection connection = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && ((String) arguments[0]).startsWith("UPDATE hp_object"))
                        throw new OutOfMemoryError("the test wants this");
                    return method.getName().equals("close") ? null : method.invoke(only, arguments);
                });
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connection);
    }

    @ParameterizedTest
    @EnumSource
    void aRetiredObjectKeepsEverythingAndARemovedOneNothing(Database product) throws SQLException {
        use(product);
        byte[] file = {4, 5, 6};
        repository.add(new NewVersion(UID, new byte[] {1}, "1.2.840.10008.1.2.1", "c".repeat(64), file, null, BY));
        StoredInstance stored = repository.find(UID);

        assertEquals(NOTHING, repository.changeState(stored, ObjectState.RETIRED, BY, KEPT));
        assertEquals(Optional.empty(), repository.changeState(stored, ObjectState.REMOVED, BY, KEPT), "it was changed since");
        StoredInstance retired = repository.find(UID);
        assertEquals(ObjectState.RETIRED, retired.state());
        assertArrayEquals(file, repository.content(UID).file());
        assertNull(repository.attributes(UID), "not to be found");

        assertEquals(NOTHING, repository.changeState(retired, ObjectState.REMOVED, BY, KEPT));
        assertEquals(ObjectState.REMOVED, repository.find(UID).state());
        assertNull(repository.content(UID));
        assertEquals(List.of("null 0 2"), rows("SELECT attrs, attrs_size, version FROM hp_object"));

        assertEquals(NOTHING, repository.replace(repository.find(UID), version("a"), KEPT));
        assertEquals(ObjectState.STORED, repository.find(UID).state());
    }

    private long counted() throws SQLException {
        return Long.parseLong(rows("SELECT n FROM hp_change WHERE shard = " + Shard.of(UID)).get(0));
    }

    @ParameterizedTest
    @EnumSource
    void aRowKeepsTheBytesThatHaveNoOtherPlace(Database product) throws SQLException {
        use(product);
        byte[] file = new byte[3 << 20];
        new Random(1).nextBytes(file);
        repository.add(new NewVersion(UID, new byte[] {1}, "1.2.840.10008.1.2.1", "c".repeat(64), file, null, BY));

        assertArrayEquals(file, repository.content(UID).file());
        assertEquals(DatasetCodec.digest(file), repository.content(UID).digest());
        assertNull(repository.find(UID).location());

        repository.replace(repository.find(UID), version("a"), KEPT);
        assertNull(repository.content(UID));
        assertEquals(at("a"), repository.find(UID).location());
        assertNull(repository.content("2.25.2"));
    }

    private void store(String path) {
        StoredInstance found = repository.find(UID);
        if (found == null)
            repository.add(version(path));
        else
            assertTrue(repository.replace(found, version(path), KEPT).isPresent());
    }

    /** Other bytes at another place: another content. */
    private static NewVersion version(String path) {
        return new NewVersion(UID, new byte[] {1}, "1.2.840.10008.1.2.1", path.repeat(64), FILE, at(path), BY);
    }

    private static StoredInstance instance(String path) {
        return new StoredInstance(UID, ObjectState.STORED, 0, "1.2.840.10008.1.2.1", path.repeat(64), at(path), FILE.length, DatasetCodec.digest(FILE));
    }

    private static ObjectLocation at(String path) {
        return new ObjectLocation("files", path);
    }

    private List<String> rows(String select) throws SQLException {
        return Rows.of(database, select);
    }
}
