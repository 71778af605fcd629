package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that nobody here wrote use DICOMweb: curl, pydicom with requests, DCMTK. */
class WebClientsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HERE = Path.of(".");
    private static final String PROTOCOLS = "/hanging-protocols";

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static WebClient web;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = StandaloneServer.start(data, Map.of());
        web = new WebClient(server.awaitWeb());
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../src/samples"))) {
            return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
        }
    }

    /** DCMTK's text formats keep the character set of the object; here they have to be UTF-8 (PS3.18 8.8). */
    static List<Path> samplesInUtf8() throws IOException {
        return samples().stream().filter(file -> !file.endsWith("latin1.dcm")).toList();
    }

    @Clause({"PS3.18 12.4", "PS3.18 12.5", "PS3.18 12.6"})
    @ParameterizedTest
    @MethodSource("samples")
    void pydicomStoresFindsAndFetches(Path sample) {
        List<String> done = run("/usr/bin/python3", "-W", "ignore", System.getProperty("it.peers") + "/dicomweb.py", web.service(), sample.toString());
        assertEquals(List.of("stored", "found", "fetched", "compared"), done.stream().map(line -> line.split(" ")[0]).toList());
    }

    /** PS3.18 Annex F: what DCMTK makes of a file is what this server makes of it. */
    @Clause("PS3.18 Annex F")
    @ParameterizedTest
    @MethodSource("samplesInUtf8")
    void jsonIsThatOfDcmtk(Path sample) throws IOException {
        String uid = store(sample);
        JsonNode expected = JSON.readTree(String.join("\n", run("dcm2json", sample.toString())));
        JsonNode actual = JSON.readTree(web.get(PROTOCOLS + '/' + uid, WebClient.JSON).body()).get(0);
        assertEquals(comparable(expected), comparable(actual));
    }

    /** Numbers by their value, and without Specific Character Set, which DCMTK leaves as it is. */
    private static String comparable(JsonNode dataset) {
        List<String> elements = new ArrayList<>();
        dataset.properties().forEach(element -> {
            if (!element.getKey().equals("00080005"))
                elements.add(element.getKey() + comparableElement(element.getValue()));
        });
        return String.join("\n", elements);
    }

    private static String comparableElement(JsonNode element) {
        StringBuilder text = new StringBuilder(element.path("vr").asText());
        for (JsonNode value : element.path("Value"))
            text.append('\\').append(value.isNumber() ? String.valueOf(value.doubleValue())
                    : value.isObject() && value.fieldNames().hasNext() && value.fieldNames().next().length() == 8 ? comparable(value)
                            : value.toString());
        return text.append(element.path("InlineBinary").asText()).toString();
    }

    /** PS3.19 A.1: DCMTK writes documents that this server stores, and the object is the same. */
    @Clause("PS3.19 A.1")
    @ParameterizedTest
    @MethodSource("samplesInUtf8")
    void documentsOfDcmtkAreStored(Path sample) throws IOException {
        String uid = store(sample);
        JsonNode before = JSON.readTree(web.get(PROTOCOLS + '/' + uid, WebClient.JSON).body()).get(0);
        byte[] xml = String.join("\n", run("dcm2xml", "-nat", sample.toString())).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> response = web.post(PROTOCOLS + '/' + uid, "application/dicom+xml", xml);
        assertEquals(200, response.statusCode(), () -> text(response));
        JsonNode after = JSON.readTree(web.get(PROTOCOLS + '/' + uid, WebClient.JSON).body()).get(0);
        assertEquals(comparable(before), comparable(after));
    }

    @Test
    void curlWalksAsTheReadmeSays() throws IOException {
        Path sample = Path.of("../src/samples/chest-xray.dcm");
        String uid = store(sample);
        String url = web.service() + PROTOCOLS;
        String found = String.join("", run("curl", "-sS", url + "?HangingProtocolDefinitionSequence.AnatomicRegionSequence.CodeValue=51185008"));
        assertTrue(found.contains(uid), found);
        assertTrue(String.join("", run("curl", "-sS", url + '/' + uid)).contains("\"Chest X-ray\""));
        Path file = directory.resolve("chest.dcm");
        run("curl", "-sS", "-H", "Accept: application/dicom", "-o", file.toString(), url + '/' + uid);
        assertTrue(String.join("", run("curl", "-sS", "-H", "Content-Type: application/dicom", "--data-binary", "@" + file, url)).contains(uid));
    }

    private static String store(Path file) throws IOException {
        HttpResponse<byte[]> response = web.post(PROTOCOLS, WebClient.DICOM, Files.readAllBytes(file));
        assertEquals(200, response.statusCode(), () -> text(response) + header(response, "warning"));
        return JSON.readTree(response.body()).get(0).get("00081199").get("Value").get(0).get("00081155").get("Value").get(0).asText();
    }

    private static List<String> run(String... command) {
        return ExternalProcess.run(HERE, List.of(command));
    }
}
