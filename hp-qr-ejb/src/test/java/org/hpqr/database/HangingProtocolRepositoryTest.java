package org.hpqr.database;

import org.hpqr.testkit.database.Database;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    private static final CodedConcept CHEST = new CodedConcept("51185008", "SCT", null);
    private static final CodedConcept HEAD = new CodedConcept("69536005", "SCT", "1");
    private static final CodedConcept TOO_LONG = new CodedConcept("1".repeat(IndexedProtocol.MAX_LONG_TEXT + 1), "99LOCAL", null);

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
            for (String table : List.of("hp_definition_code", "hp_definition", "hp_object"))
                statement.executeUpdate("DELETE FROM " + table);
        }
        repository = new HangingProtocolRepository(database);
    }

    @AfterAll
    static void close() {
        POOLS.values().forEach(JdbcConnectionPool::dispose);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectHasARowForEachItemAndEachCode(Database product) throws SQLException {
        use(product);

        store("a", item("CT", CHEST, HEAD), item("MR", HEAD), item(null));

        assertEquals(List.of("1 CT", "2 MR", "3 null"), rows("SELECT item_number, modality FROM hp_definition ORDER BY 1"));
        assertEquals(List.of("1 1 REGION CT 51185008 SCT null", "1 2 REASON CT 69536005 SCT 1", "2 1 REGION MR 69536005 SCT 1"),
                rows("SELECT item_number, code_number, role, modality, code_value, scheme, scheme_version"
                        + " FROM hp_definition_code ORDER BY 1, 2"));
    }

    @ParameterizedTest
    @EnumSource
    void aReplacementLeavesNothingOfWhatItReplaces(Database product) throws SQLException {
        use(product);
        store("a", item("CT", CHEST, HEAD), item("MR", HEAD));

        store("b", item("US", HEAD));

        assertEquals(List.of("1 b"), rows("SELECT version, storage_path FROM hp_object"));
        assertEquals(List.of("1 US"), rows("SELECT item_number, modality FROM hp_definition"));
        assertEquals(List.of("REGION US 69536005"), rows("SELECT role, modality, code_value FROM hp_definition_code"));
    }

    /** The last of its rows does not fit. */
    @ParameterizedTest
    @EnumSource
    void whatFailsLeavesNothingBehind(Database product) throws SQLException {
        use(product);
        DatabaseException failure =
                assertThrows(DatabaseException.class, () -> store("a", item("CT", CHEST, HEAD), item("CT", TOO_LONG)));
        assertSaysNothingOfTheObject(failure);
        assertEquals(List.of(), rows("SELECT sop_iuid FROM hp_object"));

        store("b", item("MR", HEAD));
        assertThrows(DatabaseException.class, () -> store("c", item("CT", CHEST, HEAD), item("CT", TOO_LONG)));
        assertEquals(List.of("0 b"), rows("SELECT version, storage_path FROM hp_object"));
        assertEquals(List.of("REGION MR 69536005"), rows("SELECT role, modality, code_value FROM hp_definition_code"));
    }

    @ParameterizedTest
    @EnumSource
    void anObjectThatIsHeldCannotBeAddedAgain(Database product) throws SQLException {
        use(product);
        store("a", item("CT", CHEST));

        assertThrows(DatabaseException.class, () -> repository.add(version("b", item("MR"))));

        assertEquals(instance("a"), repository.find(UID));
    }

    /** A replacement that was overtaken by another is not to undo it unseen. */
    @ParameterizedTest
    @EnumSource
    void aReplacementOfARowThatHasChangedChangesNothing(Database product) throws SQLException {
        use(product);
        store("a", item("CT"));
        StoredInstance found = repository.find(UID);
        store("b", item("MR", HEAD));

        assertFalse(repository.replace(found, version("c", item("US"))));

        assertEquals(List.of("1 b"), rows("SELECT version, storage_path FROM hp_object"));
        assertEquals(List.of("1 MR"), rows("SELECT item_number, modality FROM hp_definition"));
    }

    /** It is logged as a warning. */
    private static void assertSaysNothingOfTheObject(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            assertFalse(cause.toString().contains(TOO_LONG.value().substring(0, 100)), cause::toString);
    }

    /** Each change of an object is counted once, and the row says which one it was; what failed counts for nothing. */
    @ParameterizedTest
    @EnumSource
    void changesAreCounted(Database product) throws SQLException {
        use(product);
        long before = counted();
        store("a", item("CT"));
        StoredInstance first = repository.find(UID);
        store("b", item("MR"));
        assertThrows(DatabaseException.class, () -> repository.add(version("c")));
        assertFalse(repository.replace(first, version("d")));

        assertEquals(before + 2, counted());
        assertEquals(List.of(Shard.of(UID) + " " + counted()), rows("SELECT shard, change_number FROM hp_object"));
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
        repository.add(new NewVersion(index(UID), "1.2.840.10008.1.2.1", "c".repeat(64), file, null, "WS1"));

        assertArrayEquals(file, repository.content(UID).file());
        assertEquals(DatasetCodec.digest(file), repository.content(UID).digest());
        assertNull(repository.find(UID).location());

        repository.replace(repository.find(UID), version("a"));
        assertNull(repository.content(UID));
        assertEquals(at("a"), repository.find(UID).location());
        assertNull(repository.content("2.25.2"));
    }

    private void store(String path, IndexedDefinition... items) {
        StoredInstance found = repository.find(UID);
        if (found == null)
            repository.add(version(path, items));
        else
            assertTrue(repository.replace(found, version(path, items)));
    }

    /** Other bytes at another place: another content. */
    private static NewVersion version(String path, IndexedDefinition... items) {
        return new NewVersion(index(UID, items), "1.2.840.10008.1.2.1", path.repeat(64), FILE, at(path), "WS1");
    }

    private static IndexedProtocol index(String uid, IndexedDefinition... items) {
        return new IndexedProtocol(uid, "1.2.840.10008.5.1.4.38.1", "NAME", "SITE", null, null, null, 0, null, null, null,
                false, List.of(items), new byte[] {1});
    }

    private static IndexedDefinition item(String modality) {
        return new IndexedDefinition(modality, null, List.of(), List.of(), List.of());
    }

    private static IndexedDefinition item(String modality, CodedConcept region) {
        return new IndexedDefinition(modality, null, List.of(region), List.of(), List.of());
    }

    private static IndexedDefinition item(String modality, CodedConcept region, CodedConcept reason) {
        return new IndexedDefinition(modality, null, List.of(region), List.of(), List.of(reason));
    }

    private static StoredInstance instance(String path) {
        return new StoredInstance(UID, 0, "1.2.840.10008.1.2.1", path.repeat(64), at(path), FILE.length, DatasetCodec.digest(FILE));
    }

    private static ObjectLocation at(String path) {
        return new ObjectLocation("files", path);
    }

    /** Each row as its values with blanks between them. */
    private List<String> rows(String select) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             ResultSet found = statement.executeQuery(select)) {
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++)
                    values.add(found.getString(i));
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }
}
