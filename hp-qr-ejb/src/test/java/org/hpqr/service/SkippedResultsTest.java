package org.hpqr.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.access.AccessRules;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.CandidateFilter;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.database.SearchDatabase;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.spi.User;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.database.Database;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many results are passed over as there would be (PS3.18 8.3.4.4: how many are left), and only what is needed is read for it. */
@Timeout(60)
class SkippedResultsTest {

    private static final Caller CALLER = Caller.ofAETitle("HPQR", "WS1", null);
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String DAMAGED = "2.25.99";
    private static final User MEMBER = new User("member", Set.of("READERS"), true);

    private static JdbcConnectionPool pool;
    private static Catalogue catalogue;

    @BeforeAll
    static void store() throws Exception {
        pool = Database.H2.create();
        List<Attributes> protocols = new ArrayList<>();
        for (int i = 0; i < 40; i++)
            protocols.add(protocol("2.25." + (i + 1), i % 4 == 0 ? Protocol.USER_GROUP : i % 4 == 1 ? Protocol.SINGLE_USER : Protocol.SITE, "P" + i % 10));
        protocols.add(protocol(DAMAGED, Protocol.SITE, "Z"));
        new SearchDatabase(pool).add(protocols);
        try (Connection connection = pool.getConnection();
             PreparedStatement update = connection.prepareStatement("UPDATE hp_object SET attrs = ? WHERE sop_iuid = ?")) {
            update.setBytes(1, new byte[] {8, 0, 0x18, 0, 'U', 'I', 64, 0, '1'});
            update.setString(2, DAMAGED);
            update.executeUpdate();
        }
        catalogue = new Catalogue(pool, Thread::new, Long.MAX_VALUE / 2);
    }

    private static Attributes protocol(String uid, Protocol kind, String name) {
        Attributes protocol = kind.of(uid);
        protocol.setString(Tag.HangingProtocolName, VR.SH, name);
        return protocol;
    }

    @AfterAll
    static void close() {
        catalogue.close();
        pool.dispose();
    }

    @ParameterizedTest
    @CsvSource({"'',true", "'',false", "P3,true", "P*,true", "P*,false", "nothing,true"})
    void asManyArePassedOverAsWouldBeReturned(String name, boolean administrator) throws HpFailure {
        int all = results(find(name, administrator)).size();
        for (int first : List.of(0, 1, 3, 100)) {
            Find find = find(name, administrator);
            int returned = 0;
            while (returned < first && next(find) != null)
                returned++;
            long left = skip(find, Long.MAX_VALUE);
            assertEquals(all, returned + left, name + ' ' + first);
            assertEquals(0, skip(find, 1));
        }
    }

    /** A page is what follows what was passed over. */
    @ParameterizedTest
    @CsvSource({"'',true", "'',false", "P*,true"})
    void whatFollowsIsReturned(String name, boolean administrator) throws HpFailure {
        List<String> all = results(find(name, administrator));
        Find find = find(name, administrator);

        assertEquals(7, find.skip(7));
        assertEquals(all.subList(7, all.size()), results(find));
    }

    @Test
    void theEndTellsOfWhatCannotBeRead() throws HpFailure {
        Find find = find("", true);

        assertEquals(40, find.skip(100));
        HpFailure failure = assertThrows(HpFailure.class, () -> find.skip(100));
        assertEquals(HpStatus.FIND_FAILED, failure.status());
        assertTrue(find.isLeftOut(failure));
    }

    @Test
    void aQueryThatWasCancelledEnds() throws HpFailure {
        Find find = find("", true);
        assertEquals(2, find.skip(2));
        find.cancel();

        assertEquals(0, find.skip(100));
        assertNull(find.next());
    }

    /** Nothing is decoded to count what everybody may see and any request finds. */
    @Test
    void whatNeedNotBeLookedAtIsNotRead() throws HpFailure {
        Catalogue unread = new Catalogue(pool, Thread::new, Long.MAX_VALUE / 2) {
            @Override
            public Attributes attributes(CatalogueEntry entry) {
                throw new AssertionError("read: " + entry);
            }
        };
        try {
            Candidates candidates = new Candidates(unread, all -> filtered(all.candidates(CandidateFilter.ALL)), CALLER, Permissions.ALL, new Deadline(50),
                    unread.prove());
            assertEquals(40, new Find(candidates, any(""), CALLER).skip(100));
        } finally {
            unread.close();
        }
    }

    /** The thread of an association looks at a few objects in memory by itself. */
    @Test
    void fewAreAtMost20ThatCanBeRead() throws HpFailure {
        Candidates twenty = withUids(20);
        assertTrue(twenty.areFewWithin(PATIENCE_MILLIS));
        assertEquals(20, results(new Find(twenty, any(""), CALLER)).size());
        Candidates more = withUids(21);
        assertFalse(more.areFewWithin(PATIENCE_MILLIS));
        assertEquals(21, results(new Find(more, any(""), CALLER)).size());
        assertFalse(candidates(new CandidateFilter(Set.of("2.25.1", DAMAGED), List.of(), false)).areFewWithin(PATIENCE_MILLIS));
        assertFalse(candidates(CandidateFilter.ALL).areFewWithin(PATIENCE_MILLIS));
    }

    private static Candidates withUids(int count) {
        Set<String> uids = IntStream.rangeClosed(1, count).mapToObj(i -> "2.25." + i).collect(Collectors.toSet());
        return candidates(new CandidateFilter(uids, List.of(), false));
    }

    private static Candidates candidates(CandidateFilter filter) {
        return new Candidates(catalogue, all -> all.candidates(filter), CALLER, Permissions.ALL, new Deadline(50), catalogue.prove());
    }

    private static Iterable<CatalogueEntry> filtered(Iterable<CatalogueEntry> entries) {
        List<CatalogueEntry> whole = new ArrayList<>();
        entries.forEach(entry -> {
            if (!entry.sopInstanceUid().equals(DAMAGED))
                whole.add(entry);
        });
        return whole;
    }

    private static Find find(String name, boolean administrator) {
        Permissions permissions = administrator ? Permissions.ALL : new AccessRules(GivenSettings.DEFAULTS).of("HPQR", MEMBER);
        FindIdentifier identifier = any(name);
        // not narrowed, as retired objects are not: the matcher decides
        return new Find(new Candidates(catalogue, all -> all.candidates(CandidateFilter.ALL), CALLER, permissions, new Deadline(50), catalogue.prove()), identifier, CALLER);
    }

    private static FindIdentifier any(String name) {
        Attributes keys = new Attributes();
        keys.setString(Tag.HangingProtocolName, VR.SH, name);
        keys.setNull(Tag.SOPInstanceUID, VR.UI);
        try {
            return FindIdentifier.of(keys, UnknownValues.STRICT, 100);
        } catch (HpFailure e) {
            throw new AssertionError(e);
        }
    }

    /** At the end, what was left out is a failure. */
    private static Attributes next(Find find) throws HpFailure {
        try {
            return find.next();
        } catch (HpFailure e) {
            assertTrue(find.isLeftOut(e));
            return null;
        }
    }

    private static long skip(Find find, long max) throws HpFailure {
        try {
            return find.skip(max);
        } catch (HpFailure e) {
            assertTrue(find.isLeftOut(e));
            return 0;
        }
    }

    private static List<String> results(Find find) throws HpFailure {
        List<String> uids = new ArrayList<>();
        for (Attributes result = next(find); result != null; result = next(find))
            uids.add(result.getString(Tag.SOPInstanceUID));
        return uids;
    }
}
