package org.hpqr.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.query.FindIdentifier;
import org.hpqr.information.StoredAttributes;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the benchmark expects of the server is what the plugin's matching says. */
class QueryMixTest {

    private static final Corpus CORPUS = new Corpus();
    private static final List<byte[]> STORED = new ArrayList<>();
    private static QueryMix queries;

    @BeforeAll
    static void fill() {
        CORPUS.grow(2_000, 0, protocol -> STORED.add(StoredAttributes.encode(protocol)));
        queries = new QueryMix(CORPUS.facts());
    }

    private static Set<String> matches(Query query) throws Exception {
        FindIdentifier identifier = FindIdentifier.of(query.identifier(), UnknownValues.STRICT, 256);
        Set<String> uids = new HashSet<>();
        for (byte[] stored : STORED)
            identifier.respond(StoredAttributes.decode(stored), "HPQR").map(response -> response.getString(Tag.SOPInstanceUID))
                    .ifPresent(uids::add);
        return uids;
    }

    @Test
    void everyQueryOfTheMixExpectsWhatMatches() throws Exception {
        for (var kind : queries.kinds().entrySet())
            for (Query query : kind.getValue())
                assertEquals(matches(query), query.expected(), kind.getKey());
    }

    @Test
    void aKeyedFindExpectsOneMatch() throws Exception {
        for (Query query : queries.keyed(20)) {
            assertEquals(1, query.expected().size());
            assertEquals(matches(query), query.expected());
        }
    }

    @Test
    void aFindByDefinitionExpectsAsManyMatchesAsAskedFor() throws Exception {
        List<Query> found = queries.byDefinition(5);
        assertFalse(found.isEmpty());
        for (Query query : found) {
            assertEquals(5, query.expected().size());
            assertEquals(matches(query), query.expected());
        }
    }

    @Test
    void theMixHasTheSharesOfItsKinds() {
        List<Query> mixed = queries.mixed();
        assertEquals(99, mixed.size(), "all but the universal query, whose share is 1 %");
        List<Attributes> regions = queries.kinds().get("Q3 region").stream().map(Query::identifier).toList();
        assertEquals(10, mixed.stream().filter(query -> regions.contains(query.identifier())).count());
    }

    @Test
    void moreProtocolsContinueTheSameSequence() {
        Corpus more = new Corpus();
        List<Attributes> added = new ArrayList<>();
        more.grow(50, 20, added::add);
        assertEquals(30, added.size());
        assertEquals(CORPUS.uids().subList(0, 50), more.uids());
    }
}
