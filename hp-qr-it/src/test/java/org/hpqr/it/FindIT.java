package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpqr.it.Odil.Response;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** C-FIND of the provisioned server, by peers that nobody here wrote: odil and PixelMed. */
class FindIT {

    private static final String FIND = "1.2.840.10008.5.1.4.38.2";
    private static final String UID = "00080018";
    private static final String NAME = "00720002";
    private static final String DEFINITIONS = "0072000c";
    private static final String MODALITY = "00080060";
    private static final String REGION = "00082218";

    @TempDir
    private static Path data;

    private static StandaloneServer server;

    @BeforeAll
    static void startAndStore() throws IOException {
        server = StandaloneServer.start(data, Map.of());
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("it.sources"), "samples"))) {
            Dcmtk.store(server.port(), "-xe", files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList());
        }
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    /** Keys separated by semicolons, and the names of what is found, in order. */
    @ParameterizedTest
    @CsvSource({
        // wild cards: PS3.4 C.2.2.2.4
        "ODIL,     00720002=Ch*ray,                                     Chest X-ray",
        "PIXELMED, 00720002=Ch*ray,                                     Chest X-ray",
        "ODIL,     00720002=??\u0020? prior*,                          CT 1 prior",
        "PIXELMED, 00720002=*X-ray?LGon,                                Chest X-ray_LGon",
        "ODIL,     00720002=ch*,                                        ",
        "PIXELMED, 00720010=*Hosp?tal,                                  NeurosurgeryPlan",
        // list of UID: C.2.2.2.2
        "ODIL,     00080018=1.2.3\\1.2.840.123456.20030822.223344.1,  Chest X-ray",
        "PIXELMED, 00080018=1.2.840.123456.20030822.223344.1\\1.2.3,  Chest X-ray",
        // one stored item for all keys of an item: C.2.2.2.6
        "ODIL,     0072000C.00080060=CT;0072000C.00082218.00080100=69536005, NeurosurgeryPlan",
        "PIXELMED, 0072000C.00080060=CT;0072000C.00082218.00080100=69536005, NeurosurgeryPlan",
        "PIXELMED, 0072000C.00080060=MG;0072000C.00082218.00080100=69536005, ",
        // numbers, users
        "ODIL,     00720014=0;00720006=MANUFACTURER,                    CT Abdomen priv",
        "PIXELMED, 00720014=0;00720006=MANUFACTURER,                    CT Abdomen priv",
        "PIXELMED, 0072000E.00080100=Lgon;0072000E.00080102=99Local,    Chest X-ray_LGon",
        // an object in one character set by a key in another
        "ODIL,     00080005=ISO_IR 192;00720002=Sch\u00e4del*,          Sch\u00e4del \u00dcbers.",
        "PIXELMED, 00080005=ISO_IR 100;00720002=Sch\u00e4del*,          Sch\u00e4del \u00dcbers.",
        "PIXELMED, 00080005=GB18030;00720002=\u80f8\u90e8*,             \u80f8\u90e8 CT 1 prior",
        "ODIL,     00080005=ISO_IR 192;00720002=??\u0020CT 1 prior,      \u80f8\u90e8 CT 1 prior",
    })
    void found(FindPeer peer, String keys, String names) {
        List<Response> responses = peer.find(server.port(), keys(keys, UID + '=', NAME + '='));
        assertEquals("0000", last(responses).status());
        List<Response> matches = responses.subList(0, responses.size() - 1);
        assertTrue(matches.stream().allMatch(match -> match.status().equals("FF00")));
        assertEquals(names == null ? List.of() : List.of(names), matches.stream().map(match -> match.values(NAME).get(0)).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOutsideTheModelMakesEveryMatchFF01(FindPeer peer) {
        List<Response> responses = peer.find(server.port(), keys("00720002=Chest*;00100020="));
        assertEquals(List.of("FF01", "FF01", "0000"), responses.stream().map(Response::status).toList());
        assertTrue(responses.get(0).attribute("00100020").isMissingNode());
    }

    @ParameterizedTest
    @CsvSource({
        "ODIL,     00080018=1.2.*,                     A900, A UID key has a wild card,              00080018",
        "PIXELMED, 00720006=SITE\\USER_GROUP,        A900, A key has more than one value,          00720006",
        "ODIL,     0072000C.00080060=CT\\MR,         A900, A key has more than one value,          00080060",
        "PIXELMED, 00080005=ISO_IR 999;00720002=A,     C310, Specific Character Set not supported,   00080005",
        "ODIL,     00080005=ISO_IR 999;00720002=A,     C310, Specific Character Set not supported,   00080005",
    })
    void refusalNamesTheElementAndTheReason(FindPeer peer, String keys, String status, String comment, String element) {
        List<Response> responses = peer.find(server.port(), keys(keys));
        assertEquals(1, responses.size());
        assertEquals(status, last(responses).status());
        assertEquals(comment, last(responses).comment());
        assertEquals(List.of(element), last(responses).offending());
    }

    @ParameterizedTest
    @EnumSource
    void onlyMatchingItemsAndRequestedAttributesAreReturned(FindPeer peer) {
        List<Response> responses = peer.find(server.port(), keys("00720002=NeurosurgeryPlan;0072000C.00080060=CT"));
        Response match = responses.get(0);
        assertEquals(List.of("CT"), match.values(DEFINITIONS, MODALITY));
        assertEquals(1, match.attribute(DEFINITIONS).path("Value").size());
        assertTrue(match.attribute(DEFINITIONS).path("Value").path(0).path(REGION).isMissingNode(), "not requested");
        assertTrue(match.attribute(UID).isMissingNode(), "not requested");
    }

    private static List<String> keys(String keys, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(keys.split(";")));
        for (String key : more)
            if (all.stream().noneMatch(other -> other.startsWith(key)))
                all.add(key);
        return all;
    }

    private static Response last(List<Response> responses) {
        return responses.get(responses.size() - 1);
    }
}
