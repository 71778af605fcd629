package org.hpqr.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.spi.ObjectLocation;
import org.junit.jupiter.api.Test;

/** What of a request is counted, and what cannot be. */
class RetrieveMatchesTest {

    private static StoredInstance instance(String uid) {
        return new StoredInstance(uid, ObjectState.STORED, 0, "1.2.840.10008.1.2", "", new ObjectLocation("s", uid), 0, "");
    }

    private static List<String> uids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1.2." + i).toList();
    }

    private static RetrieveMatches matches(int asked, List<StoredInstance> found) throws Exception {
        return RetrieveMatches.of(new RetrieveIdentifier(uids(asked)), found);
    }

    @Test
    void onlyWhatIsStoredCounts() throws Exception {
        RetrieveMatches matches = matches(1_000, List.of(instance("1.2.7"), instance("1.2.17")));
        assertEquals(2, matches.count());
        assertEquals(List.of("1.2.7", "1.2.17"), matches.sopInstanceUids());
        assertEquals(Set.of("1.2.840.10008.1.2"), matches.transferSyntaxes());
    }

    @Test
    void oneMoreThan65535IsTooMany() throws Exception {
        List<StoredInstance> found = uids(65_536).stream().map(RetrieveMatchesTest::instance).toList();
        assertEquals(65_535, matches(65_536, found.subList(0, 65_535)).count());
        assertThrows(RetrieveMatches.TooManyException.class, () -> matches(65_536, found));
    }

    @Test
    void whatWasNotAskedForOrComesTwiceIsInconsistent() {
        assertThrows(RetrieveMatches.InconsistentException.class, () -> matches(3, List.of(instance("1.2.0"), instance("1.2.0"))));
        assertThrows(RetrieveMatches.InconsistentException.class, () -> matches(3, List.of(instance("1.3"))));
    }
}
