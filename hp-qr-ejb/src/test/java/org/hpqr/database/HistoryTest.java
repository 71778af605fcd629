package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of what objects were, in each database. */
class HistoryTest {

    private static final String UID = "2.25.1";
    private static final ChangedBy JANE = new ChangedBy(null, "jane", "10.0.0.1");
    private static final ChangedBy STATION = new ChangedBy("WS1", null, "10.0.0.2");

    private static final Map<Database, JdbcConnectionPool> POOLS = new EnumMap<>(Database.class);
    private static final Map<Database, EntityManagerFactory> UNITS = new EnumMap<>(Database.class);

    private JdbcConnectionPool database;
    private HangingProtocolRepository repository;
    private History history;

    private void use(Database product) throws SQLException {
        database = POOLS.computeIfAbsent(product, any -> {
            JdbcConnectionPool made = product.create();
            new SchemaMigration(made).run();
            return made;
        });
        execute("DELETE FROM hp_history");
        execute("DELETE FROM hp_object");
        repository = new HangingProtocolRepository(database);
        history = new History(UNITS.computeIfAbsent(product, any -> PersistenceUnit.on(database)).createEntityManager());
    }

    @AfterAll
    static void close() {
        UNITS.values().forEach(EntityManagerFactory::close);
        POOLS.values().forEach(JdbcConnectionPool::dispose);
    }

    @ParameterizedTest
    @EnumSource
    void everyContentAndEveryChangeOfStateIsThereWithWhoMadeIt(Database product) throws SQLException {
        use(product);
        repository.add(version("a", null, STATION));
        change(ObjectState.RETIRED, JANE, 5);
        change(ObjectState.STORED, JANE, 5);
        replace(version("b", null, JANE), 5);

        ObjectHistory found = history.of(UID).orElseThrow();
        assertEquals(List.of("3 STORED jane true", "2 RESTORED jane false", "1 RETIRED jane false", "0 STORED WS1 true"),
                found.entries().stream().map(entry -> entry.number() + " " + entry.event() + " "
                        + (entry.by().user() == null ? entry.by().aeTitle() : entry.by().user()) + " " + (entry.content() != null)).toList());
        assertEquals(3, found.current());
        assertEquals(digest("b"), found.digest());
        assertEquals(STATION, found.entries().get(3).by());
        for (HistoryEntry entry : found.entries())
            assertTrue(Duration.between(entry.time(), LocalDateTime.now(ZoneOffset.UTC)).abs().toMinutes() < 5, entry.toString());
        assertArrayEquals(file("a"), repository.replacedContent(UID, 0).file());
        assertEquals(DatasetCodec.digest(file("a")), repository.replacedContent(UID, 0).digest());
        assertNull(repository.replacedContent(UID, 3), "it is the one that is stored");
        assertEquals(Optional.empty(), found.content(1));
    }

    @ParameterizedTest
    @EnumSource
    void theNewestContentsAreKeptAndTheBytesOfTheOthersAreNotNeeded(Database product) throws SQLException {
        use(product);
        repository.add(version("a", at("a"), JANE));
        assertEquals(List.of(), replace(version("b", at("b"), JANE), 2));
        assertEquals(List.of(), replace(version("c", at("c"), JANE), 2));
        assertEquals(List.of(at("a")), replace(version("d", at("d"), JANE), 2));

        assertEquals(List.of(3L, 2L, 1L), numbers());
        assertEquals(at("b"), history.of(UID).orElseThrow().content(1).orElseThrow().location());
        assertTrue(repository.isNamed(at("b")));
        assertTrue(repository.isNamed(at("d")));
        assertFalse(repository.isNamed(at("a")));

        assertEquals(List.of(at("c"), at("b"), at("d")), replace(version("e", at("e"), JANE), 0), "nothing is kept any more");
        assertEquals(List.of(4L), numbers());
    }

    /** What is stored again in the place of damaged bytes is no other content. */
    @ParameterizedTest
    @EnumSource
    void theSameContentIsNotKept(Database product) throws SQLException {
        use(product);
        repository.add(version("a", at("damaged"), JANE));

        assertEquals(List.of(at("damaged")), replace(version("a", at("intact"), JANE), 5));
        assertEquals(List.of(1L), numbers());
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedObjectHasNoHistory(Database product) throws SQLException {
        use(product);
        repository.add(version("a", at("a"), JANE));
        replace(version("b", null, JANE), 5);
        replace(version("c", at("c"), JANE), 5);
        change(ObjectState.RETIRED, JANE, 5);

        assertEquals(List.of(at("a"), at("c")), change(ObjectState.REMOVED, JANE, 5));
        assertEquals(Optional.empty(), history.of(UID));
        assertEquals(0, count("SELECT COUNT(*) FROM hp_history"));

        replace(version("d", null, JANE), 5);
        assertEquals(List.of(5L), numbers(), "what is stored again begins anew, with numbers that nothing had");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsKeptWhereNothingIsToBeKept(Database product) throws SQLException {
        use(product);
        repository.add(version("a", null, JANE));
        change(ObjectState.RETIRED, JANE, 0);
        change(ObjectState.STORED, JANE, 0);
        replace(version("b", null, JANE), 0);

        assertEquals(List.of(3L), numbers());
    }

    /** Whoever retires and restores for ever fills no disk. */
    @ParameterizedTest
    @EnumSource(names = "H2")
    void changesOfStateAreBounded(Database product) throws SQLException {
        use(product);
        repository.add(version("a", null, JANE));
        for (int i = 0; i < HistoryRows.MAX_EVENTS; i++) {
            change(ObjectState.RETIRED, JANE, 1);
            change(ObjectState.STORED, JANE, 1);
        }

        assertEquals(HistoryRows.MAX_EVENTS, count("SELECT COUNT(*) FROM hp_history"));
    }

    @ParameterizedTest
    @EnumSource
    void aReplacementThatWasOvertakenKeepsNothing(Database product) throws SQLException {
        use(product);
        repository.add(version("a", null, JANE));
        StoredInstance found = repository.find(UID);
        replace(version("b", null, JANE), 5);

        assertEquals(Optional.empty(), repository.replace(found, version("c", null, JANE), 5));
        assertEquals(List.of(1L, 0L), numbers());
    }

    @ParameterizedTest
    @EnumSource
    void aRecoveredContentIsAddedOnceAndOnlyWhereThereIsPlace(Database product) throws SQLException {
        use(product);
        repository.add(version("a", at("a"), JANE));

        assertTrue(repository.addRecovered(repository.find(UID), version("b", at("b"), STATION), 2));
        assertFalse(repository.addRecovered(repository.find(UID), version("b", at("b2"), STATION), 2), "it is there");
        assertTrue(repository.addRecovered(repository.find(UID), version("c", at("c"), STATION), 2));
        assertFalse(repository.addRecovered(repository.find(UID), version("d", at("d"), STATION), 2), "there are two");

        ObjectHistory found = history.of(UID).orElseThrow();
        assertEquals(List.of(2L, 1L, 0L), numbers());
        assertEquals(HistoryEvent.RECOVERED, found.entries().get(0).event());
        assertEquals(0, found.current());
        assertEquals(digest("a"), found.digest());
        assertEquals(List.of(), replace(version("e", at("e"), JANE), 5));
        assertEquals(List.of(3L, 2L, 1L, 0L), numbers());
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsNotTakenForNoHistory(Database product) throws SQLException {
        use(product);
        repository.add(version("a", null, JANE));
        try {
            execute("ALTER TABLE hp_history RENAME TO hp_history_away");
            assertThrows(DatabaseException.class, () -> history.of(UID));
        } finally {
            execute("ALTER TABLE hp_history_away RENAME TO hp_history");
        }
    }

    private List<ObjectLocation> replace(NewVersion version, int kept) {
        return repository.replace(repository.find(UID), version, kept).orElseThrow();
    }

    private List<ObjectLocation> change(ObjectState state, ChangedBy by, int kept) {
        return repository.changeState(repository.find(UID), state, by, kept).orElseThrow();
    }

    private List<Long> numbers() {
        return history.of(UID).orElseThrow().entries().stream().map(HistoryEntry::number).toList();
    }

    private static NewVersion version(String name, ObjectLocation location, ChangedBy by) {
        return new NewVersion(UID, new byte[] {1}, "1.2.840.10008.1.2.1", digest(name), file(name), location, by);
    }

    private static String digest(String name) {
        return name.repeat(64);
    }

    private static byte[] file(String name) {
        return new byte[] {(byte) name.charAt(0), 2, 3};
    }

    private static ObjectLocation at(String path) {
        return new ObjectLocation("files", path);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String select) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             var row = statement.executeQuery(select)) {
            row.next();
            return row.getLong(1);
        }
    }
}
