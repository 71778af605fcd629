package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.JSON;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.it.Dcmtk;
import org.hpqr.testkit.dicom.Workstation;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which protocol matches or applies, and why, asked over HTTP. */
class SelectionWebIT {

    private static final Path SAMPLES = Path.of("../src/samples");
    private static final Path SCRIPT = Path.of(System.getProperty("it.server"), "bin/hp-qr.sh").toAbsolutePath();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EXPLAIN = "/explain";
    private static final String CT_ONE_PRIOR = "1.2.840.10008.5.1.4.1.1.76392.999.2";

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static WebClient web;
    private static int stored;

    @BeforeAll
    static void startAndStore() throws IOException {
        server = StandaloneServer.start(data, Map.of("HPQR_RECENT_FINDS", "2"));
        web = new WebClient(server.awaitWeb());
        try (Stream<Path> files = Files.list(SAMPLES)) {
            List<Path> samples = files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
            stored = samples.size();
            Dcmtk.store(server.port(), "-xe", samples);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    private static JsonNode posted(String path, String json) throws IOException {
        HttpResponse<byte[]> response = web.post(path, JSON, json.getBytes(StandardCharsets.UTF_8));
        assertEquals(200, response.statusCode(), () -> text(response));
        assertEquals("application/json", WebClient.header(response, "content-type"));
        return MAPPER.readTree(response.body());
    }

    private static List<String> names(JsonNode protocols) {
        List<String> names = new ArrayList<>();
        protocols.forEach(protocol -> names.add(protocol.path("name").asText()));
        return names;
    }

    // explain

    /** Each protocol is named once; those that match are those that a search returns (PS3.4 K.4.1). */
    @Test
    void everyProtocolMatchesOrHasTheFirstKeyThatFails() throws IOException {
        JsonNode explained = posted(EXPLAIN, """
                {"00720006":{"vr":"CS","Value":["SITE"]},
                 "0072000C":{"vr":"SQ","Value":[{"00080060":{"vr":"CS","Value":["MG"]}}]}}""");
        assertEquals(stored, explained.get("count").asInt());
        assertTrue(explained.get("complete").asBoolean());
        assertFalse(explained.get("unsupportedKeys").asBoolean());
        List<String> matching = new ArrayList<>();
        for (JsonNode protocol : explained.get("protocols")) {
            assertTrue(protocol.get("sentence").asText().endsWith("."), protocol::toString);
            assertEquals(protocol.get("matches").asBoolean(), !protocol.has("mismatch"));
            if (protocol.get("matches").asBoolean())
                matching.add(protocol.get("sopInstanceUid").asText());
        }
        assertEquals(matching.size(), explained.get("matches").asInt());
        HttpResponse<byte[]> found = web.get("/hanging-protocols?HangingProtocolLevel=SITE&HangingProtocolDefinitionSequence.Modality=MG", JSON);
        List<String> searched = new ArrayList<>();
        if (found.statusCode() == 200)
            MAPPER.readTree(found.body()).forEach(match -> searched.add(match.at("/00080018/Value/0").asText()));
        assertEquals(searched, matching);
    }

    @Test
    void aMismatchNamesKeyWantedFoundAndRule() throws IOException {
        JsonNode protocols = posted(EXPLAIN, """
                [{"00720002":{"vr":"SH","Value":["CT 1 prior"]},"00720100":{"vr":"US","Value":[7]}}]""").get("protocols");
        JsonNode named = null;
        for (JsonNode protocol : protocols)
            if (protocol.path("name").asText().equals("CT 1 prior"))
                named = protocol;
        assertEquals("{\"key\":\"Number of Screens (0072,0100)\",\"wanted\":\"7\",\"found\":\"2\",\"rule\":\"SINGLE_VALUE\","
                + "\"clause\":\"PS3.4 C.2.2.2.1\"}", named.get("mismatch").toString());
        assertEquals("Number of Screens (0072,0100) has to be 7, and the protocol has 2.", named.get("sentence").asText());
    }

    @Test
    void keysMayBeXml() throws IOException {
        HttpResponse<byte[]> response = web.post(EXPLAIN, "application/dicom+xml", """
                <NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM">
                <DicomAttribute tag="00720002" vr="SH" keyword="HangingProtocolName"><Value number="1">CT*</Value></DicomAttribute>
                </NativeDicomModel>""".getBytes(StandardCharsets.UTF_8));
        assertEquals(200, response.statusCode(), () -> text(response));
        JsonNode explained = MAPPER.readTree(response.body());
        assertEquals(2, explained.get("matches").asInt());
        assertEquals(stored, names(explained.get("protocols")).size());
    }

    /** PS3.4 K.4.1.3.1: so does a C-FIND. */
    @Test
    void withoutASupportedKeyNothingMatches() throws IOException {
        JsonNode explained = posted(EXPLAIN, "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"1\"]}}");
        assertEquals(0, explained.get("matches").asInt());
        assertTrue(explained.get("unsupportedKeys").asBoolean());
        assertEquals("NO_KEY", explained.at("/protocols/0/mismatch/rule").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "application/dicom+json; {; 400",
        "application/dicom+json; []; 400",
        "application/dicom+json; [{},{}]; 400",
        "application/dicom+json; {\"00720006\":{\"vr\":\"CS\",\"Value\":[\"A\",\"B\"]}}; 400",
        "application/json; {}; 415"})
    void otherKeysAreRefused(String type, String body, int status) {
        assertEquals(status, web.post(EXPLAIN, type, body.getBytes(StandardCharsets.UTF_8)).statusCode());
    }

    /** What a viewer asked lately can be asked again, with reasons. */
    @Test
    void aRecentFindIsExplained() throws Exception {
        Attributes keys = new Attributes();
        keys.setString(Tag.HangingProtocolName, VR.SH, "CT*");
        keys.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
        int found;
        try (Workstation workstation = new Workstation(server.port()); Workstation.Session session = workstation.open()) {
            for (int i = 0; i < 3; i++)
                session.find(new Attributes());
            found = session.find(keys).matches().size();
        }
        JsonNode recent = MAPPER.readTree(web.get(EXPLAIN + "/recent", "application/json").body());
        assertEquals(2, recent.get("kept").asInt());
        assertEquals(2, recent.get("finds").size());
        JsonNode last = recent.at("/finds/0");
        assertEquals("0000", last.get("status").asText());
        assertEquals(found, last.get("matches").asInt());
        assertFalse(last.get("callingAeTitle").asText().isEmpty());
        assertEquals(found, posted(EXPLAIN, last.get("identifier").toString()).get("matches").asInt());
        assertEquals(0, recent.at("/finds/1/matches").asInt());
    }

    // applicable

    private static final String CHEST_CT = """
            {"0020000D":{"vr":"UI","Value":["1.2.1"]},"0020000E":{"vr":"UI","Value":["1.2.1.1"]},"00080018":{"vr":"UI","Value":["1.2.1.1.1"]},
             "00080020":{"vr":"DA","Value":["20260102"]},"00080060":{"vr":"CS","Value":["CT"]},"00180015":{"vr":"CS","Value":["CHEST"]},
             "0008103E":{"vr":"LO","Value":["Lung"]},"7FE00010":{"vr":"OW","BulkDataURI":"http://elsewhere.example/1"}}""";
    private static final String PRIOR_CHEST_CT = CHEST_CT.replace("1.2.1", "1.2.2").replace("20260102", "20250102").replace("Lung", "Old lung");

    @Test
    void theProtocolsThatApplyToSentMetadataAreRanked_PS3_17_V_1() throws IOException {
        JsonNode answer = posted("/applicable?user=58489749P:HOSP_ID&screen=2048x2560&screen=2048x2560", '[' + CHEST_CT + ']');
        JsonNode best = answer.at("/selection/applicable/0");
        assertEquals("CT 1 prior", best.get("name").asText());
        assertEquals(1, best.get("rank").asInt());
        assertEquals("Definition 1 asks for Modality (0008,0060) CT, and the study has CT.", sentence(best, "Modality (0008,0060)"));
        assertTrue(answer.get("complete").asBoolean());
        assertEquals(best.get("sopInstanceUid"), answer.at("/layout/sopInstanceUid"));
        int listed = 0;
        for (JsonNode list : answer.get("selection"))
            listed += list.size();
        assertEquals(stored, listed);
        assertTrue(names(answer.at("/selection/notApplicable")).contains("MG Screening")
                || names(answer.at("/selection/notVisible")).contains("MG Screening"), answer::toString);
    }

    private static String sentence(JsonNode candidate, String attribute) {
        for (JsonNode reason : candidate.get("reasons"))
            if (reason.path("attribute").asText().equals(attribute))
                return reason.get("sentence").asText();
        throw new AssertionError("no reason with " + attribute);
    }

    /** PS3.3 C.23.3.1: what falls into the boxes, and what stays empty. */
    @Test
    void theChosenProtocolIsShownWithTheStudyInItsBoxes() throws IOException {
        String path = "/applicable?picture=true&lang=en&protocol=" + CT_ONE_PRIOR;
        JsonNode without = posted(path, '[' + CHEST_CT + ']');
        assertEquals(0, without.get("priorStudies").asInt());
        assertTrue(without.at("/layout/emptyBoxes").size() > 0, without::toString);
        String picture = without.at("/pictures/0/svg").asText();
        assertTrue(picture.startsWith("<svg") && picture.contains("Lung") && picture.contains("box empty"), picture);

        JsonNode with = posted(path, '[' + CHEST_CT + ',' + PRIOR_CHEST_CT + ']');
        assertEquals(1, with.get("priorStudies").asInt());
        assertTrue(with.at("/layout/emptyBoxes").size() < without.at("/layout/emptyBoxes").size(), with::toString);
        assertTrue(with.at("/pictures/0/svg").asText().contains("Old lung (Jan 2, 2025)"), with::toString);
    }

    @Test
    void whichStudyIsTheCurrentOneCanBeSaid() throws IOException {
        JsonNode answer = posted("/applicable?StudyInstanceUID=1.2.2&protocol=" + CT_ONE_PRIOR, '[' + CHEST_CT + ',' + PRIOR_CHEST_CT + ']');
        assertEquals("Old lung", answer.at("/layout/displaySets/0/series/0/description").asText());
    }

    /** What a QIDO-RS result lacks is unknown, not absent. */
    @Test
    void whatIncompleteMetadataLackIsNotEvaluable() throws IOException {
        String modality = "[{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}}]";
        assertTrue(posted("/applicable", modality).at("/selection/undecided").size() < posted("/applicable?complete=false", modality)
                .at("/selection/undecided").size());
    }

    /** The command line asks the running server for its protocols. */
    @Test
    void theCommandAppliesTheProtocolsOfTheRunningServer(@TempDir Path directory) throws IOException {
        Attributes instance = new Attributes();
        instance.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
        instance.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
        instance.setString(Tag.StudyInstanceUID, VR.UI, "1.2");
        instance.setString(Tag.Modality, VR.CS, "CT");
        instance.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
        Files.write(Files.createDirectory(directory.resolve("study")).resolve("1.dcm"), new StoredObject(UID.ExplicitVRLittleEndian, "IT",
                DatasetCodec.encode(instance, UID.ExplicitVRLittleEndian)).toFile(UID.CTImageStorage, "1.2.3"));
        try (ExternalProcess command = new ExternalProcess(directory, Map.of("HPQR_DATA", data.toString()),
                List.of("bash", SCRIPT.toString(), "select", "--study", "study", "--user", "58489749P:HOSP_ID"))) {
            assertEquals(0, command.awaitEnd(), command::output);
            assertTrue(command.output().startsWith("Applicable, best first:\n  1 CT 1 prior, SINGLE_USER, " + CT_ONE_PRIOR), command::output);
        }
    }

    @Test
    void aServerWithoutStudiesSaysSo() {
        HttpResponse<byte[]> response = web.send("POST", "/applicable?StudyInstanceUID=1.2.1", null);
        assertEquals(501, response.statusCode());
        assertEquals("This server has no studies; send the metadata of the study\n", text(response));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "''; application/dicom+json; []; 400",
        "''; application/dicom+json; [{},; 400",
        "''; application/dicom+xml; <a/>; 415",
        "?user=abc; application/dicom+json; [{}]; 400",
        "?screen=0x1; application/dicom+json; [{}]; 400",
        "?usr=a:b; application/dicom+json; [{}]; 400",
        "?complete=maybe; application/dicom+json; [{}]; 400",
        "?StudyInstanceUID=1.2.9; application/dicom+json; [{}]; 400",
        "?protocol=1.2.9; application/dicom+json; [{}]; 404"})
    void otherRequestsAreRefused(String query, String type, String body, int status) {
        HttpResponse<byte[]> response = web.post("/applicable" + query, type, body.getBytes(StandardCharsets.UTF_8));
        assertEquals(status, response.statusCode(), () -> text(response));
    }
}
