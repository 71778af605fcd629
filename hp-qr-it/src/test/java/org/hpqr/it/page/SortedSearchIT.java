package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.it.web.WebClient;
import org.hpqr.testkit.samples.RandomProtocols;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Search results in an order that the client asks for. */
@ExtendWith(WithSite.class)
@Execution(ExecutionMode.SAME_THREAD)
class SortedSearchIT {

    private static final int NUMBER = 120;
    private static final List<Attributes> PROTOCOLS = new RandomProtocols(44).next(NUMBER);

    private final WebClient web;

    SortedSearchIT(Site site) {
        web = site.web();
    }

    @BeforeAll
    static void store(Site site) {
        site.clear();
        site.storeDatasets(PROTOCOLS);
    }

    static Stream<Arguments> attributes() {
        return Stream.of(
                attribute("HangingProtocolCreationDateTime", protocol -> protocol.getString(Tag.HangingProtocolCreationDateTime)),
                attribute("HangingProtocolLevel", protocol -> protocol.getString(Tag.HangingProtocolLevel)),
                attribute("NumberOfPriorsReferenced", protocol -> protocol.getInt(Tag.NumberOfPriorsReferenced, 0)),
                attribute("00720100", protocol -> protocol.containsValue(Tag.NumberOfScreens) ? protocol.getInt(Tag.NumberOfScreens, 0) : null),
                attribute("HangingProtocolDefinitionSequence.Modality",
                        protocol -> protocol.getNestedDataset(Tag.HangingProtocolDefinitionSequence).getString(Tag.Modality)),
                attribute("HangingProtocolUserGroupName", protocol -> protocol.getString(Tag.HangingProtocolUserGroupName)));
    }

    private static Arguments attribute(String name, Function<Attributes, Comparable<?>> value) {
        return Arguments.of(name, value);
    }

    /** Page by page, each result comes once; those of one value stay in the order of the search without a sort order. */
    @ParameterizedTest
    @MethodSource("attributes")
    void pagesAreSorted(String attribute, Function<Attributes, Comparable<Object>> value) throws IOException {
        List<String> usual = uids("");
        for (boolean descending : List.of(false, true)) {
            Comparator<Comparable<Object>> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            List<String> expected = PROTOCOLS.stream()
                    .sorted(Comparator.comparingInt(protocol -> usual.indexOf(protocol.getString(Tag.SOPInstanceUID))))
                    .sorted(Comparator.comparing(value, Comparator.nullsLast(order)))
                    .map(protocol -> protocol.getString(Tag.SOPInstanceUID)).toList();
            String query = "?orderby=" + (descending ? "-" : "") + attribute;
            List<String> paged = new ArrayList<>();
            for (int offset = 0; offset < NUMBER; offset += 50)
                paged.addAll(uids(query + "&limit=50&offset=" + offset));

            assertEquals(expected, uids(query), query);
            assertEquals(expected, paged, query);
        }
    }

    @Test
    void whatIsLeftIsSaid() {
        HttpResponse<byte[]> response = web.get("/hanging-protocols?orderby=HangingProtocolLevel&limit=50&offset=50", WebClient.JSON);

        assertTrue(WebClient.header(response, "warning").endsWith("There are 20 additional results that can be requested"));
        assertEquals(204, web.get("/hanging-protocols?orderby=HangingProtocolLevel&offset=1000", WebClient.JSON).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "", "-", "PatientName", "HangingProtocolName&orderby=HangingProtocolLevel"})
    void whatCannotBeSortedByIsRefused(String attribute) {
        assertEquals(400, web.get("/hanging-protocols?orderby=" + attribute, WebClient.JSON).statusCode());
    }

    private List<String> uids(String query) throws IOException {
        List<String> uids = new ArrayList<>();
        for (JsonNode result : new ObjectMapper().readTree(web.get("/hanging-protocols" + query, WebClient.JSON).body()))
            uids.add(result.at("/00080018/Value/0").asText());
        return uids;
    }
}
