package org.hpqr.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.it.reliability.ServerDatabase;
import org.hpqr.testkit.dicom.Workstation;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is asked, a search over HTTP and a C-FIND have the same matches with the same attributes in the same order
 * (PS3.18 12.6: the keys and rules are those of PS3.4 Annex U).
 */
@Order(1)
class WebAndDimseIT {

    private static final int REQUESTS = Integer.getInteger("it.pairwise");
    /** On other databases than H2, of which the catalogue is the same. */
    private static final int REQUESTS_ON_OTHERS = Integer.getInteger("it.pairwise.others");
    private static final int PROTOCOLS = 120;
    /** Another one for other requests: {@code -Dit.pairwise.seed=15}. */
    private static final long SEED = Long.getLong("it.pairwise.seed", 14);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The attributes that a search returns without being asked to: Table U.6-1, types 1, 1C and 2. */
    private static final int[] TOP = {Tag.SOPClassUID, Tag.SOPInstanceUID, Tag.HangingProtocolName, Tag.HangingProtocolDescription,
        Tag.HangingProtocolLevel, Tag.HangingProtocolCreator, Tag.HangingProtocolCreationDateTime, Tag.HangingProtocolDefinitionSequence,
        Tag.NumberOfPriorsReferenced, Tag.HangingProtocolUserIdentificationCodeSequence, Tag.NumberOfScreens, Tag.NominalScreenDefinitionSequence};
    private static final int[] DEFINITION = {Tag.Modality, Tag.AnatomicRegionSequence, Tag.Laterality, Tag.ProcedureCodeSequence,
        Tag.ReasonForRequestedProcedureCodeSequence};
    private static final int[] CODE = {Tag.CodeValue, Tag.CodingSchemeDesignator, Tag.CodingSchemeVersion, Tag.CodeMeaning, Tag.LongCodeValue,
        Tag.URNCodeValue};
    private static final int[] SCREEN = {Tag.NumberOfVerticalPixels, Tag.NumberOfHorizontalPixels, Tag.DisplayEnvironmentSpatialPosition,
        Tag.ScreenMinimumGrayscaleBitDepth, Tag.ScreenMinimumColorBitDepth};

    /** Keys that a request may have, one of each group. */
    private static final int[][] KEYS = {{Tag.SOPClassUID}, {Tag.SOPInstanceUID}, {Tag.HangingProtocolName}, {Tag.HangingProtocolLevel}, {Tag.NumberOfPriorsReferenced},
        {Tag.NumberOfScreens}, {Tag.HangingProtocolUserGroupName}, {Tag.HangingProtocolUserIdentificationCodeSequence, Tag.CodeValue},
        {Tag.HangingProtocolUserIdentificationCodeSequence, Tag.CodingSchemeVersion},
        {Tag.HangingProtocolDefinitionSequence, Tag.Modality}, {Tag.HangingProtocolDefinitionSequence, Tag.Laterality},
        {Tag.HangingProtocolDefinitionSequence, Tag.AnatomicRegionSequence, Tag.CodeValue},
        {Tag.HangingProtocolDefinitionSequence, Tag.AnatomicRegionSequence, Tag.CodingSchemeDesignator},
        {Tag.HangingProtocolDefinitionSequence, Tag.AnatomicRegionSequence, Tag.LongCodeValue},
        {Tag.HangingProtocolDefinitionSequence, Tag.ProcedureCodeSequence, Tag.CodeValue},
        {Tag.HangingProtocolDefinitionSequence, Tag.ReasonForRequestedProcedureCodeSequence, Tag.CodeValue}};
    /** What a search returns only if it is asked to. */
    private static final int[] FIELDS = {Tag.HangingProtocolUserGroupName, Tag.RetrieveAETitle, Tag.PartialDataDisplayHandling,
        Tag.SourceHangingProtocolSequence};
    /** What changes no answer, as no key of the model is a name of a person or has several values (PS3.18 8.3.4.2, 8.3.4.6). */
    private static final List<String> WITHOUT_EFFECT = List.of("fuzzymatching=true", "multiplevaluematching=true", "emptyvaluematching=false");

    private final Random random = new Random(SEED);

    /** Where the protocols are. */
    enum Product {
        H2 {
            @Override
            ServerDatabase start() {
                return ServerDatabase.h2();
            }
        },
        POSTGRESQL {
            @Override
            ServerDatabase start() throws Exception {
                return ServerDatabase.postgresql();
            }
        },
        MARIADB {
            @Override
            ServerDatabase start() throws Exception {
                return ServerDatabase.mariaDb();
            }
        };

        abstract ServerDatabase start() throws Exception;
    }

    @Clause("PS3.18 12.6")
    @ParameterizedTest
    @EnumSource
    void searchesAndFindsHaveTheSameAnswers(Product product, @TempDir Path data) throws Exception {
        List<Attributes> protocols = new ArrayList<>();
        RandomProtocols generator = new RandomProtocols(SEED);
        for (int i = 0; i < PROTOCOLS; i++)
            protocols.add(generator.next());
        try (ServerDatabase database = product.start(); StandaloneServer server = StandaloneServer.start(data, database.variables());
                Workstation workstation = new Workstation(server.port());
                Workstation.Session session = workstation.open()) {
            WebClient web = new WebClient(server.awaitWeb());
            for (Attributes protocol : protocols)
                assertEquals(0, session.store(protocol));
            int matches = 0;
            int requests = product == Product.H2 ? REQUESTS : REQUESTS_ON_OTHERS;
            for (int i = 0; i < requests; i++) {
                Attributes keys = request();
                List<String> parameters = new ArrayList<>();
                // each at most once: a search with a parameter twice is refused
                for (int[] key : random.ints(random.nextInt(4), 0, KEYS.length).distinct().mapToObj(n -> KEYS[n]).toList())
                    addKey(keys, key, protocols, parameters);
                addFields(keys, parameters);
                List<String> found = session.find(keys).matches().stream().map(WebAndDimseIT::comparable).toList();
                List<String> page = addPage(found, parameters);
                String query = String.join("&", parameters);
                assertEquals(String.join("\n", page), String.join("\n", search(web, query)), query);
                matches += found.size();
            }
            assertTrue(matches > requests, "the requests match something");
            System.out.printf("%d pairs of requests on %s, -Dit.pairwise.seed=%d: %d matches%n", requests, product, SEED, matches);
            theLifeCycleIsThatOfEveryDatabase(protocols.get(1), session, web);
            if (database instanceof ServerDatabase.OfServer reachable) {
                aDamagedObjectIsNamedAmongTheOthers(reachable, protocols.get(2).getString(Tag.SOPInstanceUID), web);
                aDamagedProtocolIsMissedAloud(reachable, protocols.get(0).getString(Tag.SOPInstanceUID), session, web);
            }
        }
    }

    /** Over HTTP, what C-STORE has stored is replaced, put back, copied, retired, restored and deleted. */
    private static void theLifeCycleIsThatOfEveryDatabase(Attributes protocol, Workstation.Session session, WebClient web) throws Exception {
        String uid = protocol.getString(Tag.SOPInstanceUID);
        String path = "/hanging-protocols/" + uid;
        String tag = WebClient.header(web.get(path, WebClient.JSON), "etag");
        Attributes changed = new Attributes(protocol);
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
        assertEquals(0, session.store(changed));
        assertEquals(412, web.send("POST", path + "/history/0/restore", null, "If-Match", tag).statusCode());
        assertEquals(204, web.send("POST", path + "/history/0/restore", null).statusCode());
        assertEquals(tag, WebClient.header(web.get(path, WebClient.JSON), "etag"));

        HttpResponse<byte[]> copied = web.post(path + "/copy", WebClient.JSON,
                "{\"00720002\":{\"vr\":\"SH\",\"Value\":[\"a copy\"]}}".getBytes(StandardCharsets.US_ASCII));
        assertEquals(201, copied.statusCode(), () -> WebClient.text(copied));
        String copy = WebClient.header(copied, "location");
        assertEquals(List.of(copy.substring(copy.lastIndexOf('/') + 1)), Histories.texts(Histories.of(web, path).get("copies"), "sopInstanceUid"));

        assertEquals(409, web.send("DELETE", path, null, "If-Match", tag).statusCode());
        assertEquals(204, web.send("POST", path + "/retire", null, "If-Match", tag).statusCode());
        assertEquals(List.of(), session.find(uidKey(uid)).uids());
        assertEquals(204, web.send("POST", path + "/restore", null, "If-Match", tag).statusCode());
        assertEquals(List.of(uid), session.find(uidKey(uid)).uids());
        String gone = path.replace(uid, copy.substring(copy.lastIndexOf('/') + 1));
        String goneTag = WebClient.header(web.get(gone, WebClient.JSON), "etag");
        assertEquals(204, web.send("POST", gone + "/retire", null).statusCode());
        assertEquals(204, web.send("DELETE", gone, null, "If-Match", goneTag).statusCode());
        assertEquals(404, web.get(gone, WebClient.JSON).statusCode());
        assertEquals(404, web.get(gone + "/history", "application/json").statusCode());
    }

    private static Attributes uidKey(String uid) {
        Attributes key = new Attributes();
        key.setString(Tag.SOPInstanceUID, VR.UI, uid);
        return key;
    }

    /** One damaged row must not keep a department from its protocols, nor may an answer look complete. */
    private static void aDamagedProtocolIsMissedAloud(ServerDatabase.OfServer database, String uid, Workstation.Session session, WebClient web)
            throws Exception {
        database.damage(uid);
        int others = PROTOCOLS - 1;
        assertEquals(others, session.find(request()).matches().size());
        String warning = "299 " + web.service() + ": An object that may match cannot be read and was left out";
        for (String query : List.of("", "limit=1000", "limit=" + others, "limit=2000", "orderby=HangingProtocolName", "includefield=all")) {
            HttpResponse<byte[]> response = web.get("/hanging-protocols?" + query, WebClient.JSON);
            assertEquals(List.of(warning), response.headers().allValues("warning"), query);
            assertEquals(others, JSON.readTree(response.body()).size(), query);
        }
    }

    /** An export and a search of the viewer OHIF read the objects themselves, and not only the attributes that a search returns. */
    private static void aDamagedObjectIsNamedAmongTheOthers(ServerDatabase.OfServer database, String uid, WebClient web) throws Exception {
        database.damageContent(uid);
        Map<String, String> entries = new LinkedHashMap<>();
        HttpResponse<byte[]> export = web.get("/hanging-protocols", "application/zip");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(export.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        assertEquals(PROTOCOLS, entries.size(), "the others, and a text");
        assertFalse(entries.containsKey(uid + ".dcm"));
        assertEquals("These hanging protocols cannot be read and were left out:\n" + uid + "\n", entries.get("left-out.txt"));
        HttpResponse<byte[]> imported = web.post("/hanging-protocols", "application/zip", export.body());
        assertEquals(200, imported.statusCode(), () -> WebClient.text(imported));
        assertFalse(WebClient.text(imported).contains("00081198"), () -> WebClient.text(imported));

        JsonNode ofOhif = JSON.readTree(web.get("/hanging-protocols", "application/vnd.ohif.hanging-protocol+json").body());
        assertEquals(PROTOCOLS, ofOhif.size());
        for (JsonNode protocol : ofOhif)
            assertEquals(protocol.get("sopInstanceUID").asText().equals(uid) ? "C411" : "", protocol.path("failureReason").asText());
        assertEquals(500, web.get("/hanging-protocols/" + uid, WebClient.JSON).statusCode());
    }

    private static Attributes request() {
        Attributes request = attributes(TOP);
        request.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        Attributes definition = attributes(DEFINITION);
        for (int tag : new int[] {Tag.AnatomicRegionSequence, Tag.ProcedureCodeSequence, Tag.ReasonForRequestedProcedureCodeSequence})
            definition.newSequence(tag, 1).add(attributes(CODE));
        request.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        request.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 1).add(attributes(CODE));
        request.newSequence(Tag.NominalScreenDefinitionSequence, 1).add(attributes(SCREEN));
        return request;
    }

    private static Attributes attributes(int[] tags) {
        Attributes item = new Attributes();
        for (int tag : tags)
            item.setNull(tag, ElementDictionary.vrOf(tag, null));
        return item;
    }

    /** Adds a key with a value of a protocol, as it is, with wild cards, without a value or as a list, if it has one. */
    private void addKey(Attributes request, int[] path, List<Attributes> protocols, List<String> parameters) {
        Attributes keys = request;
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < path.length - 1; i++) {
            keys = keys.getNestedDataset(path[i]);
            name.append(random.nextBoolean() ? ElementDictionary.keywordOf(path[i], null) : String.format("%08X", path[i])).append('.');
        }
        int tag = path[path.length - 1];
        String value = value(path, protocols.get(random.nextInt(PROTOCOLS)));
        if (value == null)
            return;
        VR vr = ElementDictionary.vrOf(tag, null);
        int kind = random.nextInt(20);
        if (kind < 2)
            value = "*";
        else if (kind == 2)
            value = "";
        else if (vr == VR.UI && kind < 10)
            value += ',' + value(path, protocols.get(random.nextInt(PROTOCOLS)));
        else if (vr != VR.US && vr != VR.UI && kind < 9)
            value = withWildCards(value);
        if (vr == VR.US && !value.isEmpty() && !value.equals("*"))
            keys.setInt(tag, vr, Integer.parseInt(value));
        else if (vr == VR.US || value.isEmpty())
            // over DIMSE a number has no asterisk: universal matching
            keys.setNull(tag, vr);
        else
            keys.setString(tag, vr, vr == VR.UI ? value.split(",") : new String[] {value});
        parameters.add(name + ElementDictionary.keywordOf(tag, null) + '='
                + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static String value(int[] path, Attributes protocol) {
        Attributes item = protocol;
        for (int i = 0; i < path.length - 1 && item != null; i++)
            item = item.getNestedDataset(path[i]);
        return item == null ? null : item.getString(path[path.length - 1]);
    }

    private void addFields(Attributes request, List<String> parameters) {
        for (int tag : FIELDS)
            if (random.nextInt(8) == 0) {
                if (!request.containsValue(tag))
                    request.setNull(tag, ElementDictionary.vrOf(tag, null));
                parameters.add("includefield=" + (random.nextBoolean() ? ElementDictionary.keywordOf(tag, null) : String.format("%08X", tag)));
            }
        if (random.nextInt(8) == 0)
            parameters.add(WITHOUT_EFFECT.get(random.nextInt(WITHOUT_EFFECT.size())));
    }

    /** The part of the matches that a search with limit and offset has (PS3.18 8.3.4.4). */
    private List<String> addPage(List<String> matches, List<String> parameters) {
        if (random.nextInt(4) > 0)
            return matches;
        int offset = random.nextInt(matches.size() + 2);
        int limit = random.nextInt(matches.size() + 2);
        parameters.add("limit=" + limit);
        parameters.add("offset=" + offset);
        return matches.stream().skip(offset).limit(limit).toList();
    }

    private String withWildCards(String value) {
        int at = random.nextInt(value.length());
        return random.nextBoolean() ? value.substring(0, at) + '*' : value.substring(0, at) + '?' + value.substring(at + 1);
    }

    private static List<String> search(WebClient web, String query) throws IOException {
        HttpResponse<byte[]> response = web.get("/hanging-protocols?" + query, WebClient.JSON);
        if (response.statusCode() == 204)
            return List.of();
        assertEquals(200, response.statusCode(), query);
        List<String> results = new ArrayList<>();
        JSON.readTree(response.body()).forEach(result -> results.add(comparable(result)));
        return results;
    }

    private static String comparable(Attributes item) {
        StringBuilder text = new StringBuilder();
        for (int tag : item.tags()) {
            if (tag == Tag.SpecificCharacterSet)
                continue;
            text.append(String.format(" %08X ", tag)).append(item.getVR(tag));
            if (item.getValue(tag) instanceof Sequence items)
                items.forEach(nested -> text.append('{').append(comparable(nested)).append('}'));
            else if (item.containsValue(tag))
                text.append('=').append(item.getVR(tag) == VR.FD ? Arrays.toString(item.getDoubles(tag)) : Arrays.toString(item.getStrings(tag)));
        }
        return text.toString();
    }

    private static String comparable(JsonNode item) {
        StringBuilder text = new StringBuilder();
        item.properties().forEach(element -> {
            if (element.getKey().equals("00080005") || element.getKey().equals("00081190"))
                return;
            String vr = element.getValue().get("vr").asText();
            text.append(' ').append(element.getKey()).append(' ').append(vr);
            List<String> values = new ArrayList<>();
            element.getValue().path("Value").forEach(value -> values.add(vr.equals("SQ") ? '{' + comparable(value) + '}'
                    : vr.equals("FD") ? String.valueOf(value.asDouble()) : value.asText()));
            if (vr.equals("SQ"))
                text.append(String.join("", values));
            else if (!values.isEmpty())
                text.append('=').append(values);
        });
        return text.toString();
    }
}
