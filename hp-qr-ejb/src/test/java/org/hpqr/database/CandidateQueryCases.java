package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.CandidateFilter.CodeCondition;
import org.hpqr.database.CandidateFilter.Column;
import org.hpqr.database.CandidateFilter.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for the query on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CandidateQueryCases {

    private JdbcConnectionPool pool;
    private SearchDatabase database;

    /** The database, and how to keep it busy. */
    abstract BusyDatabase busy();

    /** What the session is set to that a query might change, beside what JDBC tells of a connection. */
    abstract String settings(Connection connection) throws SQLException;

    @BeforeAll
    void createDatabase() {
        pool = busy().create();
        database = new SearchDatabase(pool);
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @AfterAll
    void closeDatabase() {
        assertEquals(0, pool.getActiveConnections(), "connections left open");
        database.close();
    }

    @Test
    void candidatesAreOrderedByNameAndThenByUid() throws SQLException {
        List<IndexedProtocol> ordered = new ArrayList<>(List.of(protocol("", "1.9"), protocol("A", "1.1"), protocol("A", "1.10"),
                protocol("A", "1.2"), protocol("B", "1.3"), protocol("_", "1.8"), protocol("a", "1.4"), protocol("a b", "1.5"),
                protocol("ab", "1.6"), protocol("é", "1.7"), irregular("ü", "1.0")));
        List<String> uids = ordered.stream().map(IndexedProtocol::sopInstanceUid).toList();
        Collections.reverse(ordered);
        database.add(ordered);
        assertEquals(uids, uids(CandidateFilter.ALL));
        CandidateFilter notB = filter(new Condition.WildCard(Column.SOP_INSTANCE_UID, "1.?*"));
        assertEquals(uids, uids(notB), "also where irregular objects come from a branch of their own");
    }

    @Test
    void noObjectIsDeliveredTwiceHoweverManyOfItsItemsMatch() throws SQLException {
        database.add(List.of(protocol("A", "1.1", definition("CT", "C1"), definition("CT", "C1"))));
        CandidateFilter filter = new CandidateFilter(List.of(), List.of(is(Column.MODALITY, "CT")),
                List.of(new CodeCondition(CodeRole.REGION, List.of(is(Column.CODE_VALUE, "C1")))), false);
        assertEquals(List.of("1.1"), uids(filter));
    }

    @Test
    void conditionsOnADefinitionHoldForOneItem() throws SQLException {
        database.add(List.of(protocol("A", "1.1", definition("CT", "C1"), definition("MR", "C2"))));
        assertEquals(List.of("1.1"), uids(new CandidateFilter(List.of(), List.of(is(Column.MODALITY, "CT")), List.of(
                new CodeCondition(CodeRole.REGION, List.of(is(Column.CODE_VALUE, "C1")))), false)));
        assertEquals(List.of(), uids(new CandidateFilter(List.of(), List.of(is(Column.MODALITY, "CT")), List.of(
                new CodeCondition(CodeRole.REGION, List.of(is(Column.CODE_VALUE, "C2")))), false)));
    }

    @Test
    void codesOfAnotherRoleDoNotCount() throws SQLException {
        database.add(List.of(protocol("A", "1.1", definition("CT", "C1"))));
        assertEquals(List.of(), uids(new CandidateFilter(List.of(), List.of(), List.of(
                new CodeCondition(CodeRole.REASON, List.of(is(Column.CODE_VALUE, "C1")))), false)));
    }

    @Test
    void irregularObjectsPassEveryFilter() throws SQLException {
        database.add(List.of(protocol("A", "1.1"), irregular("B", "1.2")));
        assertEquals(List.of("1.2"), uids(filter(is(Column.NAME, "none"))));
    }

    @Test
    void irregularObjectsAreFoundByTheirUids() throws SQLException {
        database.add(List.of(protocol("A", "1.1"), irregular("B", "1.2"), irregular("C", "1.3")));
        assertEquals(List.of("1.1", "1.2"), uids(filter(new Condition.OneOf(Column.SOP_INSTANCE_UID, List.of("1.1", "1.2", "1.4")))));
    }

    @Test
    void likeIsCaseSensitiveAndTakesItsOwnWildCardsLiterally() throws SQLException {
        database.add(List.of(protocol("A%b_!", "1.1"), protocol("Axbxx", "1.2"), protocol("a%b_!", "1.3")));
        assertEquals(List.of("1.1"), uids(filter(new Condition.WildCard(Column.NAME, "A%b_*!"))));
        assertEquals(List.of("1.1", "1.2"), uids(filter(new Condition.WildCard(Column.NAME, "A?b*"))));
    }

    @Test
    void valuesAreBoundAndNeverSql() throws SQLException {
        database.add(List.of(protocol("A", "1.1")));
        assertEquals(List.of(), uids(filter(is(Column.NAME, "' OR 1=1 --"))));
        assertEquals(List.of("1.1"), uids(CandidateFilter.ALL));
    }

    @Test
    void connectionComesBackAsItWasTaken() throws SQLException {
        database.add(many(300));
        String before = settings();
        try (Candidates candidates = query().open(CandidateFilter.ALL, 7)) {
            candidates.next();
            assertEquals(1, pool.getActiveConnections(), "an unfinished result holds its connection");
        }
        assertEquals(0, pool.getActiveConnections());
        assertEquals(before, settings());
    }

    @Test
    void shortResultHoldsNoConnectionOnceItsFirstObjectIsThere() throws SQLException {
        database.add(many(255));
        try (Candidates candidates = query().open(CandidateFilter.ALL, 60)) {
            assertNotNull(candidates.next());
            assertEquals(0, pool.getActiveConnections());
            for (int i = 1; i < 255; i++)
                assertNotNull(candidates.next());
            assertNull(candidates.next());
            assertNull(candidates.next());
        }
    }

    @Test
    void longResultIsDeliveredWhole() throws SQLException {
        database.add(many(1_000));
        assertEquals(1_000, uids(CandidateFilter.ALL).stream().distinct().count());
    }

    /** Some databases are asked in another way for results that turn out to be long. */
    @Test
    void resultOfAFilterIsDeliveredWholeHoweverLongItIs() throws SQLException {
        for (int count : List.of(1, 255, 256, 257, 600)) {
            database.clear();
            database.add(many(count));
            assertEquals(uids(CandidateFilter.ALL), uids(filter(is(Column.NAME, "A"))));
            assertEquals(count, uids(filter(is(Column.NAME, "A"))).size());
        }
    }

    @Test
    void eachCandidateHasTheUidOfItsObject() throws SQLException {
        for (int count : List.of(3, 300)) {
            database.clear();
            database.add(many(count));
            for (CandidateFilter filter : List.of(CandidateFilter.ALL, filter(is(Column.NAME, "A")))) {
                try (Candidates candidates = query().open(filter, 60)) {
                    for (Candidate row = candidates.next(); row != null; row = candidates.next())
                        assertEquals(new String(row.attributes(), StandardCharsets.UTF_8), row.sopInstanceUid());
                }
            }
        }
    }

    @Test
    void resultOfAFilterIsDeliveredWholeHoweverLargeItsObjectsAre() throws SQLException {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 'x');
        database.add(List.of(protocol("A", "1.1"), protocol("A", "1.2", large), protocol("A", "1.3")));
        assertEquals(List.of("1.1", new String(large, StandardCharsets.UTF_8), "1.3"), uids(filter(is(Column.NAME, "A"))));
    }

    @Test
    void largeObjectsAreNotAllReadAhead() throws SQLException {
        database.add(IntStream.range(0, 5).mapToObj(i -> protocol("A", "1." + i, new byte[1 << 20])).toList());
        try (Candidates candidates = query().open(CandidateFilter.ALL, 60)) {
            assertNotNull(candidates.next());
            assertEquals(1, pool.getActiveConnections());
            for (int i = 1; i < 5; i++)
                assertEquals(1 << 20, candidates.next().attributes().length);
            assertNull(candidates.next());
            assertEquals(0, pool.getActiveConnections());
        }
    }

    /** Of 40 MB no more than a few are held at a time. */
    @Test
    void memoryDoesNotGrowWithTheResult() throws SQLException {
        for (int i = 0; i < 10_000; i += 1_000)
            database.add(IntStream.range(i, i + 1_000).mapToObj(n -> protocol("A", "1." + n, new byte[4_096])).toList());
        try (Candidates candidates = query().open(CandidateFilter.ALL, 60)) {
            assertNotNull(candidates.next());
            long begin = usedMemory();
            int rows = 1;
            while (candidates.next() != null)
                if (++rows % 2_500 == 0)
                    assertTrue(usedMemory() - begin < 8 << 20, "memory held after " + rows + " objects");
            assertEquals(10_000, rows);
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void cancelledQueryFailsAndGivesItsConnectionBack() throws SQLException {
        database.add(many(300));
        try (Candidates candidates = query().open(CandidateFilter.ALL, 60)) {
            assertNotNull(candidates.next());
            candidates.cancel();
            assertThrows(SQLException.class, candidates::next);
        }
        assertEquals(0, pool.getActiveConnections());
    }

    @Test
    void queryCancelledBeforeItBeganAsksNothing() throws SQLException {
        try (Candidates candidates = query().open(CandidateFilter.ALL, 60)) {
            candidates.cancel();
            assertThrows(SQLException.class, candidates::next);
        }
        assertEquals(0, pool.getActiveConnections());
    }

    @Test
    void cancelEndsAQueryTheDatabaseWorksOn() throws Exception {
        checkThatCancelEnds(busy().endless());
    }

    @Test
    void databaseGivesUpAfterTheTimeOut() throws SQLException {
        checkThatTimeOutEnds(busy().endless());
    }

    /** {@code query} in the place of ours is worked on, until it is cancelled. */
    final void checkThatCancelEnds(String query) throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try (Candidates candidates = new CandidateQuery(OtherQuery.in(pool, query)).open(CandidateFilter.ALL, 60)) {
            Future<?> end = worker.submit(() -> assertThrows(SQLException.class, () -> readAll(candidates)));
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> busy().awaitWorking(pool));
            candidates.cancel();
            end.get(30, TimeUnit.SECONDS);
        } finally {
            worker.shutdown();
        }
        assertEquals(0, pool.getActiveConnections());
    }

    /** {@code query} in the place of ours is worked on, until its time is up. */
    final void checkThatTimeOutEnds(String query) throws SQLException {
        try (Candidates candidates = new CandidateQuery(OtherQuery.in(pool, query)).open(CandidateFilter.ALL, 1)) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                assertThrows(SQLException.class, () -> readAll(candidates));
            });
        }
        assertEquals(0, pool.getActiveConnections());
    }

    private static void readAll(Candidates candidates) throws SQLException {
        Candidate row;
        do {
            row = candidates.next();
        } while (row != null);
    }

    @Test
    void withoutAConnectionNothingIsOpened() {
        assertThrows(SQLException.class, () -> new CandidateQuery(OtherQuery.none(pool)).open(CandidateFilter.ALL, 60));
    }

    private CandidateQuery query() {
        return new CandidateQuery(pool);
    }

    private List<String> uids(CandidateFilter filter) throws SQLException {
        List<String> uids = new ArrayList<>();
        try (Candidates candidates = query().open(filter, 60)) {
            for (Candidate row = candidates.next(); row != null; row = candidates.next())
                uids.add(new String(row.attributes(), StandardCharsets.UTF_8));
        }
        return uids;
    }

    private String settings() throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            return String.join(", ", "autocommit " + connection.getAutoCommit(), "read only " + connection.isReadOnly(),
                    "time-out " + statement.getQueryTimeout(), settings(connection));
        }
    }

    private static CandidateFilter filter(Condition condition) {
        return new CandidateFilter(List.of(condition), List.of(), List.of(), false);
    }

    private static Condition is(Column column, String value) {
        return new Condition.OneOf(column, List.of(value));
    }

    private static List<IndexedProtocol> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> protocol("A", "1." + i)).toList();
    }

    private static IndexedDefinition definition(String modality, String region) {
        return new IndexedDefinition(modality, null, List.of(new CodedConcept(region, "SCT", null)), List.of(), List.of());
    }

    private static IndexedProtocol protocol(String name, String uid, IndexedDefinition... definitions) {
        return protocol(name, uid, false, uid.getBytes(StandardCharsets.UTF_8), definitions);
    }

    private static IndexedProtocol protocol(String name, String uid, byte[] attrs) {
        return protocol(name, uid, false, attrs);
    }

    private static IndexedProtocol irregular(String name, String uid) {
        return protocol(name, uid, true, uid.getBytes(StandardCharsets.UTF_8));
    }

    private static IndexedProtocol protocol(String name, String uid, boolean irregular, byte[] attrs,
                                            IndexedDefinition... definitions) {
        return new IndexedProtocol(uid, "1.2", name, null, null, null, null, null, null, null, null, irregular,
                List.of(definitions), attrs);
    }
}
