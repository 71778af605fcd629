package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hpqr.it.Dcmtk;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Clients that nobody here wrote use DICOMweb: curl, pydicom with requests, DCMTK, dicomweb-client under Node. */
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

    /** Also what came in Implicit VR; private elements, whose VR it does not tell, are UN. */
    @Clause("PS3.18 8.7.3.5.2")
    @Test
    void objectsAreSentInExplicitVr() throws IOException {
        Path implicit = directory.resolve("implicit.dcm");
        run("dcmconv", "+ti", "../src/samples/private.dcm", implicit.toString());
        run("dcmodify", "-nb", "-gin", implicit.toString());
        String uid = store(implicit);
        Path fetched = Files.write(directory.resolve("fetched.dcm"), web.get(PROTOCOLS + '/' + uid, WebClient.DICOM).body());
        String dump = String.join("\n", run("dcmdump", fetched.toString()));
        assertTrue(dump.contains("(0002,0010) UI =LittleEndianExplicit"), dump);
        assertTrue(dump.contains("(0008,0018) UI [" + uid + ']'), dump);
        assertTrue(dump.matches("(?s).*\\((0071|0073),10[0-9a-f]{2}\\) UN .*"), dump);
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

    /** PS3.19 A.1: what DCMTK makes of a file is what this server makes of it. */
    @Clause("PS3.19 A.1")
    @ParameterizedTest
    @MethodSource("samplesInUtf8")
    void documentsAreThoseOfDcmtk(Path sample) throws Exception {
        String uid = store(sample);
        String answer = text(web.get(PROTOCOLS + '/' + uid, WebClient.MULTIPART_XML));
        String document = answer.substring(answer.indexOf("<?xml"), answer.lastIndexOf("\r\n--"));
        assertEquals(comparable(root(String.join("\n", run("dcm2xml", "-nat", sample.toString())))), comparable(root(document)));
    }

    private static Element root(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml))).getDocumentElement();
    }

    /**
     * Elements with their attributes and texts; numbers by their value. Without Specific Character Set, which DCMTK leaves as it is,
     * and without private elements, which DCMTK writes with their block.
     */
    private static String comparable(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element inner && !inner.getAttribute("tag").matches("00080005|...[13579BDF].*"))
                text.append('\n').append(inner.getTagName()).append(' ').append(inner.getAttribute("tag")).append(' ').append(inner.getAttribute("vr"))
                        .append(' ').append(inner.getAttribute("keyword")).append(' ').append(inner.getAttribute("number")).append(comparable(inner));
        if (text.isEmpty() && !List.of("DicomAttribute", "Item").contains(element.getTagName()))
            text.append(' ').append(element.getTextContent().matches("[0-9]+\\.?[0-9]*")
                    ? String.valueOf(Double.parseDouble(element.getTextContent())) : element.getTextContent());
        return text.toString();
    }

    /** Files that DCMTK makes of its own XML, which is not that of PS3.19, are stored, and the object is the same. */
    @Clause("PS3.18 12.5")
    @ParameterizedTest
    @MethodSource("samples")
    void filesOfXml2dcmAreStored(Path sample) throws IOException {
        String uid = store(sample);
        HttpResponse<byte[]> before = web.get(PROTOCOLS + '/' + uid, WebClient.JSON);
        Path file = Files.write(directory.resolve("fetched.dcm"), web.get(PROTOCOLS + '/' + uid, WebClient.DICOM).body());
        String xml = directory.resolve("dcmtk.xml").toString();
        Path made = directory.resolve("made.dcm");
        run("dcm2xml", "+Wb", file.toString(), xml);
        run("xml2dcm", xml, made.toString());
        assertEquals(uid, store(made));
        assertEquals(text(before), text(web.get(PROTOCOLS + '/' + uid, WebClient.JSON)));
    }

    /** The npm package dicomweb-client, which knows images only: its requests, its multipart bodies and its errors. */
    @Clause({"PS3.18 12.4", "PS3.18 12.5", "PS3.18 12.6"})
    @Test
    void dicomwebClientOfNpmStoresFindsAndFetches() throws IOException {
        assumeTrue(Stream.of("node", "npm").allMatch(program -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)))), "nodejs and npm are not installed");
        Path node = Path.of("target/node").toAbsolutePath();
        Files.createDirectories(node);
        for (String script : List.of("package.json", "dicomweb.mjs"))
            Files.copy(Path.of("src/test/node", script), node.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        ExternalProcess.run(node, List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock",
                "--prefer-offline", "--loglevel=error"));
        assertEquals(List.of("stored", "found", "fetched", "refused"), ExternalProcess.run(node,
                List.of("node", "dicomweb.mjs", web.service(), Path.of("../src/samples/chest-xray.dcm").toAbsolutePath().toString())));
    }

    /** The commands of README.md as they are printed there; the server alone is another one. */
    @Test
    void curlWalksAsTheReadmeSays() throws IOException {
        List<String> commands = Files.readAllLines(Path.of("../README.md")).stream().dropWhile(line -> !line.startsWith("$ url="))
                .takeWhile(line -> line.startsWith("$ ")).map(line -> line.substring(2)).toList();
        String printed = "url=http://127.0.0.1:8080/hp-qr/aets/HPQR/rs";
        assertTrue(commands.get(0).startsWith(printed), commands::toString);
        String uid = store(Path.of("../src/samples/chest-xray.dcm"));

        String script = "set -eu; exec 2>messages\n" + String.join("; echo; echo next\n", commands).replace(printed, "url=" + web.service());
        String[] answers = String.join("\n", ExternalProcess.run(directory, List.of("bash", "-c", script))).split("\nnext\n?", -1);

        assertEquals(commands.size(), answers.length, () -> String.join("\n", answers));
        assertTrue(answers[1].contains("\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + uid + "\"]}"), answers[1]);
        assertTrue(answers[2].contains("\"Chest X-ray\""), answers[2]);
        assertEquals(uid, Dcmtk.sopInstanceUid(directory.resolve("chest.dcm")));
        JsonNode stored = JSON.readTree(answers[4]).get(0);
        assertEquals(uid, stored.at("/00081199/Value/0/00081155/Value/0").asText(), answers[4]);
        assertFalse(stored.has("00081198"), answers[4]);
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
