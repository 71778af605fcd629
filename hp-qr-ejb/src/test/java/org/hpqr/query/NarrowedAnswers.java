package org.hpqr.query;

import static org.hpqr.query.Finds.received;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.database.Candidate;
import org.hpqr.database.CandidateFilter;
import org.hpqr.database.CandidateQuery;
import org.hpqr.database.Candidates;
import org.hpqr.database.IndexedProtocol;
import org.hpqr.database.SearchDatabase;
import org.hpqr.spi.HpSettings.UnknownValues;

/**
 * The database narrows, the matcher decides: for random objects and requests the answer is that of {@link PlainMatcher},
 * which asks no database, in the order of names and UIDs. On H2, PostgreSQL and MariaDB, 10,000 requests each, every one
 * against all objects.
 */
abstract class NarrowedAnswers {

    /** As the databases compare text, but H2, which compares as Java does. */
    static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    static final int OBJECTS = 120;
    private static final int TRIES = 10_000;
    private static final int RESPONSES = 8;

    private static final List<Attributes> OBJECTS_AS_SENT = objects();
    private static final List<Attributes> OBJECTS_IN_MEMORY = OBJECTS_AS_SENT.stream().map(Finds::received).toList();

    /** All UIDs, in the order in which the database delivers the objects. */
    private static final List<String> ORDER = new ArrayList<>();

    private static SearchDatabase database;
    private static long matches;
    private static long candidates;
    private static int tries;

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void narrowedAnswerIsThatOfAPlainMatcher(@ForAll("requests") Attributes request, @ForAll UnknownValues unknownValues)
            throws Exception {
        FindIdentifier identifier = FindIdentifier.of(received(request), unknownValues, Finds.MAX_KEYS);
        PlainMatcher plain = new PlainMatcher(unknownValues == UnknownValues.LENIENT);
        Attributes keys = received(request);
        List<String> found = new ArrayList<>();
        try (Candidates rows = new CandidateQuery(database.dataSource()).open(identifier.filter(), 60)) {
            for (Candidate row = rows.next(); row != null; row = rows.next()) {
                candidates++;
                Attributes stored = StoredAttributes.decode(row.attributes());
                Optional<Attributes> response = identifier.respond(stored, Finds.CALLED);
                if (response.isEmpty())
                    continue;
                found.add(stored.getString(Tag.SOPInstanceUID));
                // the first ones only: most of the time would go into comparing the same again and again
                if (found.size() <= RESPONSES)
                    assertEquals(plain.response(keys, received(stored)), PlainMatcher.plain(received(response.get())),
                            request::toString);
            }
        }
        List<String> expected = OBJECTS_IN_MEMORY.stream().filter(object -> plain.matches(keys, object))
                .map(object -> object.getString(Tag.SOPInstanceUID)).toList();
        assertEquals(expected.stream().sorted(Comparator.comparing(ORDER::indexOf)).toList(), found, request::toString);
        matches += found.size();
        tries++;
    }

    @Provide
    Arbitrary<Attributes> requests() {
        return Arbitraries.randomValue(random -> new RandomRequests(random).request());
    }

    /** @param order of names, in which the database delivers */
    static void fill(DataSource dataSource, Comparator<String> order) throws Exception {
        matches = 0;
        candidates = 0;
        tries = 0;
        database = new SearchDatabase(dataSource);
        List<IndexedProtocol> rows = OBJECTS_AS_SENT.stream().map(object -> ProtocolIndexer.index(received(object))).toList();
        long irregular = rows.stream().filter(IndexedProtocol::irregular).count();
        assertTrue(irregular > OBJECTS / 10 && irregular < OBJECTS * 9 / 10, "both kinds: " + irregular);
        database.add(rows);
        ORDER.clear();
        try (Candidates all = new CandidateQuery(dataSource).open(CandidateFilter.ALL, 60)) {
            for (Candidate row = all.next(); row != null; row = all.next())
                ORDER.add(StoredAttributes.decode(row.attributes()).getString(Tag.SOPInstanceUID));
        }
        assertEquals(rows.stream().sorted(Comparator.comparing(IndexedProtocol::name, order).thenComparing(IndexedProtocol::sopInstanceUid))
                .map(IndexedProtocol::sopInstanceUid).toList(), ORDER);
    }

    /** A comparison of empty answers, or without any narrowing, would prove nothing. */
    static void check() {
        database.close();
        System.out.printf("%d requests, %d objects: %.1f matches and %.1f candidates each%n", tries, OBJECTS,
                (double) matches / tries, (double) candidates / tries);
        assertTrue(matches > 2L * tries, "matches: " + matches);
        assertTrue(matches < candidates && candidates < (long) OBJECTS * tries * 9 / 10, "candidates: " + candidates);
    }

    private static List<Attributes> objects() {
        RandomRequests random = new RandomRequests(new Random(20_031));
        return IntStream.range(0, OBJECTS).mapToObj(random::object).toList();
    }
}
