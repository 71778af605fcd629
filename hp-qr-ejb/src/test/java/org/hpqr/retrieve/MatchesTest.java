package org.hpqr.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hpqr.database.StoredInstance;
import org.hpqr.retrieve.Matches.Match;
import org.hpqr.spi.ObjectLocation;
import org.junit.jupiter.api.Test;

/** However long the list, no more than a batch of look-ups is in memory. */
class MatchesTest {

    private final List<Integer> lookUps = new ArrayList<>();
    private Function<List<String>, List<StoredInstance>> held = uids -> uids.stream().map(MatchesTest::instance).toList();

    private static StoredInstance instance(String uid) {
        return new StoredInstance(uid, 0, "1.2.840.10008.1.2", "", new ObjectLocation("s", uid), 0, "");
    }

    private static List<String> uids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1.2." + i).toList();
    }

    private Matches matches(int asked) throws Exception {
        return Matches.of(new RetrieveIdentifier(uids(asked)), uids -> {
            lookUps.add(uids.size());
            return held.apply(uids);
        });
    }

    @Test
    void aShortListIsLookedUpOnce() throws Exception {
        Matches matches = matches(500);
        Iterator<Match> all = matches.iterator();
        for (String uid : uids(500))
            assertEquals(new Match(uid, Optional.of(instance(uid))), all.next());
        assertFalse(all.hasNext());
        assertEquals(List.of(500), lookUps);
    }

    @Test
    void aLongListIsLookedUpAgainBatchByBatchAsItIsSent() throws Exception {
        Matches matches = matches(1_200);
        assertEquals(List.of(500, 500, 200), lookUps);
        assertEquals(1_200, matches.count());
        lookUps.clear();
        Iterator<Match> all = matches.iterator();
        for (int i = 0; i < 500; i++)
            all.next();
        assertEquals(List.of(500), lookUps);
        assertEquals("1.2.500", all.next().sopInstanceUid());
        assertEquals(List.of(500, 500), lookUps);
    }

    @Test
    void whatIsGoneWhenItIsToBeSentIsStillAMatch() throws Exception {
        Matches matches = matches(501);
        held = uids -> uids.stream().filter(uid -> !uid.equals("1.2.1")).map(MatchesTest::instance).toList();
        Iterator<Match> all = matches.iterator();
        assertTrue(all.next().instance().isPresent());
        assertEquals(new Match("1.2.1", Optional.empty()), all.next());
        assertTrue(all.next().instance().isPresent());
    }

    @Test
    void onlyWhatIsHeldCounts() throws Exception {
        held = uids -> uids.stream().filter(uid -> uid.endsWith("7")).map(MatchesTest::instance).toList();
        Matches matches = matches(1_000);
        assertEquals(100, matches.count());
        assertEquals("1.2.7", matches.sopInstanceUids().get(0));
    }

    @Test
    void oneMoreThan65535IsTooMany() throws Exception {
        assertEquals(65_535, matches(65_535).count());
        assertThrows(Matches.TooManyException.class, () -> matches(65_536));
    }

    @Test
    void whatWasNotAskedForOrComesTwiceIsInconsistent() {
        held = uids -> List.of(instance("1.2.0"), instance("1.2.0"));
        assertThrows(Matches.InconsistentException.class, () -> matches(3));
        held = uids -> List.of(instance("1.3"));
        assertThrows(Matches.InconsistentException.class, () -> matches(3));
    }
}
