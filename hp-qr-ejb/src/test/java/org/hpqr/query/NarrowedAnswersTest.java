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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.database.SearchDatabase;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.Values;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.testkit.database.Database;

/**
 * The catalogue narrows, the matcher decides: for random objects and requests the answer is that of {@link PlainMatcher},
 * which looks at all objects, in the order of names and UIDs. 1,000 requests, every one against all objects; more with
 * {@code -Dhpqr.test.comparisons=10000}.
 */
class NarrowedAnswersTest {

    static final int OBJECTS = 120;
    private static final int TRIES = Integer.getInteger("hpqr.test.comparisons", 1_000);
    private static final int RESPONSES = 8;

    private static final List<Attributes> OBJECTS_AS_SENT = objects();
    private static final List<Attributes> OBJECTS_IN_MEMORY = OBJECTS_AS_SENT.stream().map(Finds::received).toList();

    /** All UIDs, by name as UTF-8 is compared, and by UID. */
    private static final List<String> ORDER = OBJECTS_IN_MEMORY.stream()
            .sorted(Comparator.comparing((Attributes object) -> name(object).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
                    .thenComparing(object -> object.getString(Tag.SOPInstanceUID)))
            .map(object -> object.getString(Tag.SOPInstanceUID)).toList();

    private static SearchDatabase database;
    private static Catalogue catalogue;
    private static long matches;
    private static long candidates;
    private static int tries;

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void allObjectsAreInTheCatalogueInTheOrderOfAnswers() throws Exception {
        List<String> all = new ArrayList<>();
        catalogue.candidates(Finds.identifier(new Attributes()).filter())
                .forEach(entry -> all.add(entry.sopInstanceUid()));
        assertEquals(ORDER, all);
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void narrowedAnswersAreThoseOfAPlainMatcher(@ForAll Random random) throws Exception {
        RandomRequests requests = new RandomRequests(random);
        for (int i = 0; i < TRIES; i++)
            compare(requests.request(), UnknownValues.values()[random.nextInt(UnknownValues.values().length)]);
    }

    private static void compare(Attributes request, UnknownValues unknownValues) throws Exception {
        FindIdentifier identifier = FindIdentifier.of(received(request), unknownValues, Finds.MAX_KEYS);
        PlainMatcher plain = new PlainMatcher(unknownValues == UnknownValues.LENIENT);
        Attributes keys = received(request);
        List<String> found = new ArrayList<>();
        for (CatalogueEntry entry : catalogue.candidates(identifier.filter())) {
            candidates++;
            Attributes stored = catalogue.attributes(entry);
            Optional<Attributes> response = identifier.respond(stored, Finds.CALLED);
            if (response.isEmpty())
                continue;
            found.add(entry.sopInstanceUid());
            // the first ones only: most of the time would go into comparing the same again and again
            if (found.size() <= RESPONSES)
                assertEquals(plain.response(keys, received(stored)), PlainMatcher.plain(received(response.get())),
                        request::toString);
        }
        List<String> expected = OBJECTS_IN_MEMORY.stream().filter(object -> plain.matches(keys, object))
                .map(object -> object.getString(Tag.SOPInstanceUID)).toList();
        assertEquals(expected.stream().sorted(Comparator.comparing(ORDER::indexOf)).toList(), found, request::toString);
        matches += found.size();
        tries++;
    }

    @BeforeContainer
    static void fill() throws Exception {
        database = new SearchDatabase(Database.H2.create());
        database.add(OBJECTS_AS_SENT.stream().map(Finds::received).toList());
        catalogue = new Catalogue(database.dataSource(), Thread::new, TimeUnit.HOURS.toNanos(1));
        catalogue.prove().await(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    }

    /** A comparison of empty answers, or without any narrowing, would prove nothing. */
    @AfterContainer
    static void check() {
        catalogue.close();
        database.close();
        System.out.printf("%d requests, %d objects: %.1f matches and %.1f candidates each%n", tries, OBJECTS,
                (double) matches / tries, (double) candidates / tries);
        assertTrue(matches > 2L * tries, "matches: " + matches);
        assertTrue(matches < candidates && candidates < (long) OBJECTS * tries * 9 / 10, "candidates: " + candidates);
    }

    /** Decoded as the catalogue does; empty if unknown. */
    private static String name(Attributes object) {
        List<String> names = Values.texts(object, HangingProtocolModel.NAME);
        return names.isEmpty() ? "" : names.get(0);
    }

    private static List<Attributes> objects() {
        RandomRequests random = new RandomRequests(new Random(20_031));
        return IntStream.range(0, OBJECTS).mapToObj(random::object).toList();
    }
}
