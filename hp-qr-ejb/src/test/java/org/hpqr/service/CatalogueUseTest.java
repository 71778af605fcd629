package org.hpqr.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.SearchDatabase;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a query and a look-up answer when the catalogue cannot tell (PS3.4 K.4-1, C.4-2, C.4-3). */
@Timeout(60)
class CatalogueUseTest {

    private static final Caller CALLER = Caller.ofAETitle("HPQR", "WS1", "127.0.0.1");
    private static final long PATIENCE_MILLIS = 60_000;
    private static final List<String> UIDS = List.of("2.25.1");

    private JdbcConnectionPool pool;
    private Catalogue catalogue;

    @BeforeEach
    void start() {
        pool = Database.H2.create();
        new SearchDatabase(pool);
        catalogue = new Catalogue(pool, Thread::new, TimeUnit.HOURS.toNanos(1));
    }

    @AfterEach
    void stop() {
        catalogue.close();
        pool.dispose();
    }

    private CatalogueLookup lookup() {
        return new CatalogueLookup(catalogue, Permissions.ALL, new Deadline(60), catalogue.prove());
    }

    private Candidates candidates() {
        return new Candidates(catalogue, Catalogue::retired, CALLER, Permissions.ALL, new Deadline(60), catalogue.prove());
    }

    private static void assertFails(HpStatus status, HpFailure failure) {
        assertEquals(status, failure.status());
    }

    @Test
    void aServerThatGoesDownIsNoCancel() {
        catalogue.close();
        assertFails(HpStatus.CANNOT_COUNT_MATCHES, assertThrows(HpFailure.class, () -> lookup().find(UIDS)));
        assertFails(HpStatus.OUT_OF_RESOURCES, assertThrows(HpFailure.class, () -> candidates().next()));
    }

    @Test
    void aCancelIsACancel() throws Exception {
        catalogue.close();
        CatalogueLookup lookup = lookup();
        lookup.cancel();
        assertEquals(Optional.empty(), lookup.find(UIDS));
        Candidates candidates = candidates();
        candidates.cancel();
        assertNull(candidates.next());
    }

    @Test
    void withoutAProofNothingIsFew() {
        assertTrue(candidates().areFewWithin(PATIENCE_MILLIS));
        catalogue.close();
        assertFalse(candidates().areFewWithin(PATIENCE_MILLIS));
    }

    @Test
    void aCatalogueThatIsBeingReadAgainIsALackOfResources() {
        Candidates candidates = new Candidates(catalogue, any -> {
            throw new DatabaseException(new SQLException("the test wants this"));
        }, CALLER, Permissions.ALL, new Deadline(60), catalogue.prove());
        assertFalse(candidates.areFewWithin(PATIENCE_MILLIS));
        assertFails(HpStatus.OUT_OF_RESOURCES, assertThrows(HpFailure.class, candidates::next));
    }
}
