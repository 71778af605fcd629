package org.hpqr.it.web;

import static org.hpqr.it.web.WebClient.DICOM;
import static org.hpqr.it.web.WebClient.JSON;
import static org.hpqr.it.web.WebClient.MULTIPART_DICOM;
import static org.hpqr.it.web.WebClient.MULTIPART_XML;
import static org.hpqr.it.web.WebClient.header;
import static org.hpqr.it.web.WebClient.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpqr.it.Dcmtk;
import org.hpqr.testkit.dicom.Workstation;
import org.hpqr.testkit.server.StandaloneServer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four transactions of PS3.18 chapter 12 over the wire. */
class WebTransactionsIT {

    private static final Path SAMPLES = Path.of("../src/samples");
    private static final String CT_ONE_PRIOR = "1.2.840.10008.5.1.4.1.1.76392.999.2";
    private static final String ALL = "/hanging-protocols";
    private static final int PIPELINED = 2_000;
    private static final int AT_ONCE = 10;

    private static final int MAX_MATCHES = 50;

    @TempDir
    private static Path data;

    private static StandaloneServer server;
    private static WebClient web;
    private static List<Path> samples;
    /** A search for the samples alone: tests store other protocols. */
    private static String allSamples;

    @BeforeAll
    static void startAndStore() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            samples = files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
        }
        server = StandaloneServer.start(data, Map.of("HPQR_HTTP_ORIGINS", "https://viewer.example", "HPQR_MAX_REQUEST_SIZE", "100000",
                "HPQR_MAX_MATCHES", String.valueOf(MAX_MATCHES)));
        web = new WebClient(server.awaitWeb());
        Dcmtk.store(server.port(), "-xe", samples);
        allSamples = ALL + "?SOPInstanceUID=" + samples.stream().map(Dcmtk::sopInstanceUid).collect(Collectors.joining(","));
    }

    @AfterAll
    static void stop() {
        if (server != null)
            server.close();
    }

    // 8.9 Retrieve Capabilities

    @Clause("PS3.18 8.9")
    @ParameterizedTest
    @CsvSource({"'',*/*,application/vnd.sun.wadl+xml", "/,application/vnd.sun.wadl+xml,application/vnd.sun.wadl+xml",
            "/,application/json,application/json"})
    void capabilitiesAreDescribed(String path, String accept, String type) {
        HttpResponse<byte[]> response = web.send("OPTIONS", path, null, "Accept", accept);
        assertEquals(200, response.statusCode(), () -> text(response));
        assertEquals(type, header(response, "content-type"));
        assertTrue(text(response).contains("SearchHangingProtocols"));
        assertTrue(text(response).contains(web.service()));
        assertEquals(304, web.send("OPTIONS", path, null, "Accept", accept, "If-None-Match", header(response, "etag")).statusCode());
    }

    /** So many are sent before an answer is read that the system takes all answers: {@code PipelinedRequests} has the other case. */
    @Clause("RFC 9112 9.3.2")
    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        List<String> paths = samples.stream().map(sample -> ALL + '/' + Dcmtk.sopInstanceUid(sample)).toList();
        List<String> bodies = paths.stream().map(path -> text(web.get(path, JSON))).toList();
        URI service = URI.create(web.service());
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            for (int sent = 0; sent < PIPELINED; sent += AT_ONCE) {
                StringBuilder requests = new StringBuilder();
                for (int i = sent; i < sent + AT_ONCE; i++)
                    requests.append("GET ").append(service.getPath()).append(paths.get(i % paths.size()))
                            .append(" HTTP/1.1\r\nHost: localhost\r\nAccept: ").append(JSON)
                            // nobody reads the body of a GET, but it is no request
                            .append(i % 4 == 0 ? "\r\nContent-Length: 2\r\n\r\n{}" : "\r\n\r\n");
                socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
                for (int i = sent; i < sent + AT_ONCE; i++)
                    assertEquals(bodies.get(i % bodies.size()), body(in));
            }
        }
    }

    /** The body of the next response. */
    private static String body(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
            head.append((char) in.readUnsignedByte());
        Matcher length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
        assertTrue(length.find(), head::toString);
        return new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }

    // 12.6 Search

    @Clause("PS3.18 12.6")
    @Test
    void searchReturnsOneObjectAMatchWithItsRetrieveUrl() {
        HttpResponse<byte[]> response = web.get(ALL + "?SOPInstanceUID=" + CT_ONE_PRIOR, JSON);
        assertEquals(200, response.statusCode());
        assertEquals(JSON, header(response, "content-type"));
        String text = text(response);
        assertTrue(text.startsWith("[{\"00080016\":{\"vr\":\"UI\",\"Value\":[\"1.2.840.10008.5.1.4.38.1\"]}"), text);
        assertTrue(text.contains("\"00081190\":{\"vr\":\"UR\",\"Value\":[\"" + web.service() + ALL + '/' + CT_ONE_PRIOR + "\"]}"), text);
        assertEquals(1, count(text));
    }

    @Clause("PS3.18 12.6")
    @Test
    void searchInXmlHasOnePartAMatch() {
        HttpResponse<byte[]> response = web.get(allSamples, MULTIPART_XML);
        assertEquals(200, response.statusCode());
        assertTrue(header(response, "content-type").matches("multipart/related;.*boundary=.*"), header(response, "content-type"));
        assertEquals(samples.size(), text(response).split("Content-Type: application/dicom\\+xml", -1).length - 1);
    }

    @Clause("PS3.18 12.6")
    @ParameterizedTest
    @CsvSource({"HangingProtocolDefinitionSequence.Modality=CT,4", "0072000C.00082218.00080100=51185008,4",
            "HangingProtocolName=CT*,2", "HangingProtocolLevel=SITE&limit=1,1", "NumberOfPriorsReferenced=1,5"})
    void keysSelect(String query, int matches) {
        assertEquals(matches, count(text(web.get(allSamples + '&' + query, JSON))), query);
    }

    /** Sorted or not, a search has the same results. */
    @Clause({"PS3.18 8.3.4.5", "PS3.4 C.2.2.2.3"})
    @ParameterizedTest
    @ValueSource(strings = {"emptyvaluematching=true&HangingProtocolUserGroupName=%22%22", "emptyvaluematching=true&NumberOfPriorsReferenced=1",
            "emptyvaluematching=true&HangingProtocolUserIdentificationCodeSequence=%22%22", "SOPClassUID=*", "NumberOfScreens=*"})
    void sortingChangesNoResult(String query) {
        String found = text(web.get(allSamples + '&' + query, JSON));
        assertTrue(count(found) > 2, found);
        assertEquals(found, text(web.get(allSamples + '&' + query + "&orderby=HangingProtocolName", JSON)));
    }

    @Clause("PS3.18 12.6")
    @ParameterizedTest
    @ValueSource(strings = {"HangingProtocolName=nothing", "limit=0", "offset=1000"})
    void nothingIs204(String query) {
        HttpResponse<byte[]> response = web.get(ALL + '?' + query, JSON);
        assertEquals(204, response.statusCode());
        assertEquals(0, response.body().length);
    }

    /** 8.3.4.4. */
    @Clause("PS3.18 8.3.4.4")
    @Test
    void pagesAreStableAndSayWhatIsLeft() {
        StringBuilder pages = new StringBuilder();
        for (int offset = 0; offset < samples.size(); offset += 3) {
            HttpResponse<byte[]> page = web.get(allSamples + "&limit=3&offset=" + offset, JSON);
            int left = Math.max(0, samples.size() - offset - 3);
            assertEquals(left == 0 ? "" : "299 " + web.service() + ": There are " + left + " additional results that can be requested",
                    header(page, "warning"));
            String text = text(page);
            pages.append(pages.length() == 0 ? "" : ",").append(text, 1, text.length() - 1);
        }
        assertEquals(text(web.get(allSamples, JSON)), "[" + pages + ']');
    }

    /** max-matches: the rest can be asked for. */
    @Clause("PS3.18 8.3.4.4")
    @Test
    void moreThanMaxMatchesAreLeftForAnotherRequest() {
        byte[] many = IntStream.range(0, MAX_MATCHES + 3).mapToObj(number -> json("2.25.9." + number, "Many " + number))
                .reduce(WebTransactionsIT::join).orElseThrow();
        assertEquals(200, web.post(ALL, JSON, many).statusCode());
        HttpResponse<byte[]> first = web.get(ALL + "?HangingProtocolName=Many%20*", JSON);
        assertEquals(MAX_MATCHES, count(text(first)));
        assertEquals("299 " + web.service() + ": There are 3 additional results that can be requested", header(first, "warning"));
        assertEquals(3, count(text(web.get(ALL + "?HangingProtocolName=Many%20*&offset=" + MAX_MATCHES, JSON))));
    }

    @Clause("PS3.18 8.3.4")
    @ParameterizedTest
    @ValueSource(strings = {"limit=abc", "HangingProtocolName=a&00720002=a", "HangingProtocolName=%C3%28", "SOPInstanceUID=1.2*",
            "NumberOfScreens=two", "00731001=a"})
    void badRequestsAre400(String query) {
        HttpResponse<byte[]> response = web.get(ALL + '?' + query, JSON);
        assertEquals(400, response.statusCode(), query);
        assertEquals("text/plain;charset=UTF-8", header(response, "content-type"));
    }

    @Clause("PS3.18 8.3.4.2")
    @Test
    void whatIsNotDoneIsSaidInWarnings() {
        HttpResponse<byte[]> response = web.get(allSamples + "&PatientID=1&fuzzymatching=true&unknown=x", JSON);
        assertEquals(List.of("299 " + web.service() + ": The fuzzymatching parameter is not supported. Only literal matching has been performed.",
                "299 " + web.service() + ": These attributes are no keys of the information model and were ignored: 00100020"),
                response.headers().allValues("warning"));
        assertEquals(samples.size(), count(text(response)));
    }

    // 12.4 Retrieve

    @Clause({"PS3.18 12.4", "PS3.18 12.1.3"})
    @Test
    void retrieveInEachMediaType() {
        String path = ALL + '/' + CT_ONE_PRIOR;
        HttpResponse<byte[]> json = web.get(path, JSON);
        assertEquals(1, count(text(json)));
        HttpResponse<byte[]> dicom = web.get(path, DICOM);
        assertEquals("application/dicom;transfer-syntax=1.2.840.10008.1.2.1", header(dicom, "content-type"));
        assertEquals("DICM", new String(dicom.body(), 128, 4, StandardCharsets.US_ASCII));
        assertTrue(text(web.get(path, MULTIPART_XML)).contains("<DicomAttribute tag=\"00720002\" vr=\"SH\" keyword=\"HangingProtocolName\">"));
        assertTrue(text(web.get(path, MULTIPART_DICOM)).contains("Content-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1"));
        assertArrayEquals(json.body(), web.get(path, "*/*").body());
        assertArrayEquals(dicom.body(), web.get(path + "?accept=application/dicom", JSON).body());
    }

    @Clause("RFC 9110 13.1.2")
    @Test
    void retrieveIsConditional() {
        HttpResponse<byte[]> response = web.get(ALL + '/' + CT_ONE_PRIOR, JSON);
        String tag = header(response, "etag");
        assertTrue(tag.matches("\"[0-9a-f]{64}\""), tag);
        HttpResponse<byte[]> again = web.send("GET", ALL + '/' + CT_ONE_PRIOR, null, "Accept", JSON, "If-None-Match", tag);
        assertEquals(304, again.statusCode());
        assertEquals(tag, header(again, "etag"));
        assertEquals(200, web.send("GET", ALL + '/' + CT_ONE_PRIOR, null, "Accept", JSON, "If-None-Match", "\"x\"").statusCode());
    }

    /** If-Match is a list, of which one tag has to be that of the instance. */
    @Clause("RFC 9110 13.1.1")
    @Test
    void aRequestForAnotherVersionFails() {
        String path = ALL + '/' + CT_ONE_PRIOR;
        String tag = header(web.get(path, JSON), "etag");
        for (String resource : new String[] {path, path + "/copy"}) {
            String method = resource.equals(path) ? "GET" : "POST";
            for (String other : new String[] {"\"x\"", "\"x\", \"y\"", "W/" + tag, "x"})
                assertEquals(412, web.send(method, resource, "{}".getBytes(StandardCharsets.US_ASCII), "Accept", JSON, "Content-Type", JSON, "If-Match", other)
                        .statusCode(), resource + other);
        }
        for (String same : new String[] {tag, "*", "\"x\", " + tag, tag + ",\"x\""})
            assertEquals(200, web.send("GET", path, null, "Accept", JSON, "If-Match", same).statusCode(), same);
        assertEquals(412, web.send("GET", path + "/layout.svg", null, "Accept", "*/*", "If-Match", tag).statusCode());
    }

    @Clause("RFC 9110 12.5.5")
    @Test
    void whatAnAnswerDependsOnIsSaid() {
        assertEquals(List.of("Accept, Origin"), web.get(ALL + '/' + CT_ONE_PRIOR, JSON).headers().allValues("vary"));
        assertEquals(List.of("Accept, Origin, Accept-Language"), web.get(ALL + '/' + CT_ONE_PRIOR + "/layout.svg", "*/*").headers().allValues("vary"));
    }

    @Clause("PS3.18 12.4")
    @ParameterizedTest
    @CsvSource({"/1.2.3,404", "/1.2.840.10008.5.1.4.1.1.76392.999.2/metadata,404", "/nonsense,400", "/..%2f..%2fetc,400"})
    void whatIsNotThereIsNotFound(String path, int status) {
        assertEquals(status, web.get(ALL + path, JSON).statusCode());
    }

    @Clause("PS3.18 8.9")
    @Test
    void anAeTitleThatIsNotServedIsNotFound() {
        WebClient other = new WebClient(web.service().replace("/HPQR/", "/OTHER/"));
        assertEquals(404, other.get(ALL, JSON).statusCode());
        assertEquals(404, other.get(ALL + '/' + CT_ONE_PRIOR, JSON).statusCode());
        assertEquals(404, other.post(ALL, JSON, "[]".getBytes(StandardCharsets.UTF_8)).statusCode());
        assertEquals(404, other.send("OPTIONS", "/", null, "Accept", "*/*").statusCode());
    }

    /** 8.7. */
    @Clause({"PS3.18 8.7.8.1", "PS3.18 8.7.5"})
    @ParameterizedTest
    @CsvSource({"image/jpeg,406", "text/html,406", "'application/dicom, image/jpeg',400", "application/dicom+json;q=0,406"})
    void mediaTypesAreNegotiated(String accept, int status) {
        assertEquals(status, web.get(ALL + '/' + CT_ONE_PRIOR, accept).statusCode());
    }

    @Clause("PS3.18 8.8.1")
    @Test
    void answersAreUtf8WhateverCharacterSetIsAskedFor() {
        assertEquals(200, web.post(ALL, JSON, json("2.25.9", "Größe")).statusCode());
        String path = ALL + "?SOPInstanceUID=2.25.9";
        for (HttpResponse<byte[]> response : List.of(web.get(path, JSON + ";charset=ISO-8859-1"), web.get(path + "&charset=ISO-8859-1", JSON),
                web.send("GET", path, null, "Accept", JSON, "Accept-Charset", "ISO-8859-1"),
                web.send("GET", path, null, "Accept", MULTIPART_XML, "Accept-Charset", "ISO-8859-1"))) {
            assertEquals(200, response.statusCode());
            assertTrue(text(response).contains("Größe") && text(response).contains("ISO_IR 192"), () -> text(response));
        }
    }

    @Clause("RFC 9110 9.3.2")
    @Test
    void headIsGetWithoutBody() {
        HttpResponse<byte[]> head = web.send("HEAD", ALL + '/' + CT_ONE_PRIOR, null, "Accept", JSON);
        assertEquals(200, head.statusCode());
        assertEquals(header(web.get(ALL + '/' + CT_ONE_PRIOR, JSON), "etag"), header(head, "etag"));
        assertEquals(0, head.body().length);
        // more often than searches may be under way
        for (int i = 0; i < 300; i++)
            assertEquals(200, web.send("HEAD", ALL, null, "Accept", JSON).statusCode());
    }

    @Clause("RFC 9110 15.5.6")
    @ParameterizedTest
    @CsvSource({"PUT,/hanging-protocols", "DELETE,/hanging-protocols", "GET,/hanging-protocols/1.2/retire", "PATCH,/hanging-protocols/1.2", "GET,/", "POST,/"})
    void otherMethodsAreNotAllowed(String method, String path) {
        HttpResponse<byte[]> response = web.send(method, path, method.equals("GET") ? null : new byte[0], "Accept", "*/*");
        assertEquals(405, response.statusCode());
        assertFalse(header(response, "allow").isEmpty());
    }

    // 12.5 Store

    @Clause({"PS3.18 12.5", "PS3.18 12.1.3"})
    @Test
    void storeInEachMediaType() {
        String name = "/2.25.1";
        byte[] json = json("2.25.1", "Ärzte");
        HttpResponse<byte[]> response = web.post(ALL, JSON, json);
        assertEquals(200, response.statusCode(), () -> text(response));
        assertEquals("[{\"00081190\":{\"vr\":\"UR\"},\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081150\":{\"vr\":\"UI\",\"Value\":"
                + "[\"1.2.840.10008.5.1.4.38.1\"]},\"00081155\":{\"vr\":\"UI\",\"Value\":[\"2.25.1\"]},\"00081190\":{\"vr\":\"UR\",\"Value\":[\""
                + web.service() + ALL + "/2.25.1\"]}}]}}]", text(response));
        assertEquals(1, count(text(web.get(ALL + "?HangingProtocolName=%C3%84rzte", JSON))));
        for (String type : new String[] {DICOM, MULTIPART_XML, MULTIPART_DICOM}) {
            HttpResponse<byte[]> same = web.get(ALL + name, type);
            HttpResponse<byte[]> stored = web.post(ALL + name, header(same, "content-type"), same.body());
            assertEquals(200, stored.statusCode(), () -> type + text(stored));
        }
        assertEquals(header(web.get(ALL + name, JSON), "etag"), header(web.get(ALL + name, DICOM), "etag"));
    }

    @Clause("PS3.18 12.5")
    @Test
    void eachInstanceStandsForItself() {
        byte[] two = join(json("2.25.2", "Two"), json("2.25.3", ""));
        HttpResponse<byte[]> response = web.post(ALL, JSON, two);
        assertEquals(200, response.statusCode());
        assertTrue(text(response).contains("\"00081155\":{\"vr\":\"UI\",\"Value\":[\"2.25.3\"]},\"00081197\":{\"vr\":\"US\",\"Value\":[43264]}"), () -> text(response));
        assertEquals(200, web.get(ALL + "/2.25.2", JSON).statusCode());
        assertEquals(404, web.get(ALL + "/2.25.3", JSON).statusCode());
    }

    @Clause("PS3.18 12.5")
    @ParameterizedTest
    @CsvSource({"2.25.5,409", "2.25.4,200"})
    void thePathNamesTheInstance(String uid, int status) {
        assertEquals(status, web.post(ALL + '/' + uid, JSON, json("2.25.4", "Four")).statusCode());
        assertEquals(409, web.post(ALL + "/2.25.6", JSON, join(json("2.25.6", "Six"), json("2.25.7", "Seven"))).statusCode());
        assertEquals(404, web.get(ALL + "/2.25.6", JSON).statusCode());
    }

    @Clause("PS3.18 12.5")
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/dicom+json|[|400", "application/dicom+json|[]|400", "application/dicom|DICM|400",
            "application/json|[]|415", "text/plain|a|415", "application/x-www-form-urlencoded|a=b|415", "multipart/form-data; boundary=b|--b--|415",
            "multipart/related; type=\"application/dicom\"|--b--|400", "image/jpeg|a|415",
            "application/dicom+json|[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"2.25.8\"]},\"00720022\":{\"vr\":\"SV\",\"Value\":[-2]}}]|400"})
    void whatCannotBeStoredIsRefused(String type, String body, int status) {
        assertEquals(status, web.post(ALL, type, body.getBytes(StandardCharsets.UTF_8)).statusCode());
    }

    /** It would be stored as what it is not, or be refused for a reason that is none. */
    @Clause("RFC 9110 15.5.16")
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip"})
    void aCompressedBodyIsNotSupported(String coding) {
        for (String path : new String[] {ALL, "/explain", ALL + '/' + CT_ONE_PRIOR + "/copy"}) {
            HttpResponse<byte[]> response = web.send("POST", path, json("2.25.9", "Nine"), "Content-Type", JSON, "Content-Encoding", coding);
            assertEquals(415, response.statusCode(), path);
            assertEquals("identity", header(response, "accept-encoding"));
        }
        assertEquals(200, web.send("POST", ALL, json("2.25.10", "Ten"), "Content-Type", JSON, "Content-Encoding", "Identity").statusCode());
    }

    /** The result of a store is negotiated like any other answer. */
    @Clause({"PS3.18 8.7.8.1", "PS3.18 8.3.3.1"})
    @Test
    void theAcceptParameterStandsForTheHeaderInAStore() {
        String accept = "?accept=multipart/related;type=%22application/dicom%2Bxml%22";
        assertTrue(header(web.post(ALL + accept, JSON, json("2.25.11", "Eleven")), "content-type").startsWith("multipart/related"));
        assertEquals(JSON, header(web.post(ALL + "?accept=image/unknown", JSON, json("2.25.11", "Eleven")), "content-type"));
    }

    /** What is there only once must be new: nothing is replaced unseen. */
    @Clause("RFC 9110 13.1.2")
    @Test
    void anInstanceIsStoredOnlyAsANewOneOrOnlyInPlaceOfAnother() {
        String path = ALL + "/2.25.12";
        byte[] first = json("2.25.12", "First");
        byte[] second = json("2.25.12", "Second");
        assertEquals(412, web.send("POST", path, first, "Content-Type", JSON, "If-Match", "*").statusCode());
        assertEquals(404, web.get(path, JSON).statusCode());
        assertEquals(200, web.send("POST", path, first, "Content-Type", JSON, "If-None-Match", "*").statusCode());
        String tag = header(web.get(path, JSON), "etag");
        for (byte[] body : new byte[][] {first, second})
            assertEquals(412, web.send("POST", path, body, "Content-Type", JSON, "If-None-Match", "*").statusCode());
        assertEquals(412, web.send("POST", path, second, "Content-Type", JSON, "If-Match", "\"x\", \"y\"").statusCode());
        assertEquals(tag, header(web.get(path, JSON), "etag"));
        assertEquals(200, web.send("POST", path, second, "Content-Type", JSON, "If-Match", "\"x\", " + tag).statusCode());
        assertEquals(412, web.send("POST", path + "/retire", null, "If-Match", "\"x\", " + tag).statusCode());
        String now = header(web.get(path, JSON), "etag");
        assertEquals(204, web.send("POST", path + "/retire", null, "If-Match", tag + ", " + now).statusCode());
        // what is retired is not found, so it is no other one
        assertEquals(200, web.send("POST", path, first, "Content-Type", JSON, "If-None-Match", "*").statusCode());
        assertEquals(tag, header(web.get(path, JSON), "etag"));
    }

    @Clause("RFC 9110 15.5.14")
    @Test
    void theSizeOfARequestHasALimit() {
        assertEquals(413, web.post(ALL, JSON, new byte[100_001]).statusCode());
    }

    // beyond the standard: life cycle, archives

    @Clause("PS3.4 GG.5.2")
    @Test
    void whatIsRetiredIsNotFoundUntilItIsRestored() throws Exception {
        String path = ALL + "/2.25.20";
        byte[] object = json("2.25.20", "Twenty");
        assertEquals(200, web.post(path, JSON, object).statusCode());
        assertEquals(204, web.send("POST", path + "/retire", null).statusCode());
        assertEquals(404, web.get(path, JSON).statusCode());
        assertEquals(204, web.get(ALL + "?SOPInstanceUID=2.25.20", JSON).statusCode());
        assertEquals(1, count(text(web.get("/retired-hanging-protocols?HangingProtocolName=Twen*&SOPInstanceUID=2.25.20", JSON))));
        try (Workstation workstation = new Workstation(server.port()); Workstation.Session session = workstation.open()) {
            assertFalse(session.findAll().uids().contains("2.25.20"));
            assertEquals(204, web.send("POST", path + "/restore", null).statusCode());
            assertTrue(session.findAll().uids().contains("2.25.20"));
        }
        assertEquals(200, web.get(path, JSON).statusCode());
        assertEquals(204, web.get("/retired-hanging-protocols?SOPInstanceUID=2.25.20", JSON).statusCode());
        // success promises access: so does storing it again
        assertEquals(204, web.send("POST", path + "/retire", null).statusCode());
        assertEquals(200, web.post(path, JSON, object).statusCode());
        assertEquals(200, web.get(path, JSON).statusCode());
    }

    @Clause("RFC 9110 13.1.1")
    @Test
    void onlyWhatIsRetiredAndKnownIsDeleted() throws IOException {
        String path = ALL + "/2.25.21";
        assertEquals(200, web.post(path, JSON, json("2.25.21", "Twenty-one")).statusCode());
        String tag = header(web.get(path, JSON), "etag");
        assertEquals(428, web.send("DELETE", path, null).statusCode());
        assertEquals(409, web.send("DELETE", path, null, "If-Match", tag).statusCode());
        assertEquals(412, web.send("POST", path + "/retire", null, "If-Match", "\"other\"").statusCode());
        assertEquals(412, web.send("POST", path + "/retire", null, "If-Match", "W/" + tag).statusCode());
        assertEquals(204, web.send("POST", path + "/retire", null, "If-Match", tag).statusCode());
        assertEquals(412, web.send("DELETE", path, null, "If-Match", "\"other\"").statusCode());
        assertEquals(403, web.send("DELETE", path, null, "If-Match", tag, "Origin", "https://evil.example").statusCode());
        assertEquals(204, web.send("DELETE", path, null, "If-Match", tag).statusCode());
        for (String gone : new String[] {"POST " + path + "/retire", "POST " + path + "/restore", "GET " + path})
            assertEquals(404, web.send(gone.split(" ")[0], gone.split(" ")[1], null, "Accept", JSON).statusCode(), gone);
        assertEquals(404, web.send("DELETE", path, null, "If-Match", tag).statusCode());
        List<String> audit = Files.readAllLines(data.resolve("log/hp-qr-audit.log")).stream().filter(line -> line.contains("\"2.25.21\""))
                .map(line -> line.substring(line.indexOf("] ") + 1).replaceAll(".*\\) ", "")).toList();
        for (String event : new String[] {"stored user=none called=\"HPQR\" peer=127.0.0.1 instance=\"2.25.21\" replaced=false status=0000H",
            "retired user=none called=\"HPQR\" peer=127.0.0.1 instance=\"2.25.21\" status=0000H",
            "deleted user=none called=\"HPQR\" peer=127.0.0.1 instance=\"2.25.21\" status=0000H"})
            assertTrue(audit.stream().anyMatch(line -> line.endsWith(event)), () -> event + " in " + audit);
    }

    @Clause("RFC 9110 13.1.1")
    @Test
    void aReplacementByMistakeIsUndone() throws IOException {
        String path = ALL + "/2.25.22";
        assertEquals(200, web.post(path, JSON, json("2.25.22", "Right")).statusCode());
        String right = header(web.get(path, JSON), "etag");
        assertEquals(200, web.post(path, JSON, json("2.25.22", "Wrong")).statusCode());
        String wrong = header(web.get(path, JSON), "etag");
        assertEquals(412, web.send("POST", path, json("2.25.22", "Worse"), "Content-Type", JSON, "If-Match", right).statusCode());
        assertEquals(412, web.send("POST", path + "/history/0/restore", null, "If-Match", right).statusCode());
        assertEquals(1, Histories.fetch(web.service(), List.of("2.25.22")));
        assertEquals(404, web.get(path + "/history/7", JSON).statusCode());
        assertEquals(404, web.get(path + "/history/x", JSON).statusCode());
        HttpResponse<byte[]> unknown = web.send("POST", path + "/history/7/restore", null);
        assertEquals("404 The history of the hanging protocol has no such content\n", unknown.statusCode() + " " + text(unknown));
        assertEquals(406, web.get(path + "/history", "image/png").statusCode());
        assertEquals(404, web.get(ALL + "/1.2.3/history", "application/json").statusCode());

        // both versions side by side
        assertTrue(text(web.get(path + "/history/0", JSON)).contains("Right"));
        assertTrue(text(web.get(path + "/history/1", JSON)).contains("Wrong"));
        for (String number : new String[] {"0", "1"}) {
            assertTrue(text(web.get(path + "/history/" + number + "/layout.svg", "image/svg+xml")).contains("<svg"));
            assertTrue(text(web.get(path + "/history/" + number + "/layout", "application/json")).contains("\"groups\""));
            assertEquals(304, web.send("GET", path + "/history/" + number, null, "Accept", JSON, "If-None-Match",
                    number.equals("0") ? right : wrong).statusCode());
        }

        assertEquals(403, web.send("POST", path + "/history/0/restore", null, "Origin", "https://evil.example").statusCode());
        assertEquals(204, web.send("POST", path + "/history/0/restore", null, "If-Match", wrong).statusCode());
        assertEquals(right, header(web.get(path, JSON), "etag"));
        assertEquals(204, web.send("POST", path + "/retire", null).statusCode());
        JsonNode history = Histories.of(web, path);
        assertEquals("retired", history.get("state").asText());
        assertEquals(List.of("retired", "stored", "stored", "stored"), Histories.texts(history.get("events"), "event"));
        assertEquals("127.0.0.1", history.get("events").get(0).get("address").asText());
        assertTrue(Files.readString(data.resolve("log/hp-qr-audit.log")).contains("instance=\"2.25.22\" replaced=true status=0000H"));

        // deleted for good, with its history
        assertEquals(204, web.send("DELETE", path, null, "If-Match", right).statusCode());
        assertEquals(404, web.get(path + "/history", "application/json").statusCode());
        assertEquals(404, web.get(path + "/history/0", JSON).statusCode());
        assertEquals(404, web.send("POST", path + "/history/0/restore", null).statusCode());
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void theHistoryNamesSourcesAndCopies() {
        HttpResponse<byte[]> copied = web.post(ALL + '/' + CT_ONE_PRIOR + "/copy", JSON,
                "{\"00720002\":{\"vr\":\"SH\",\"Value\":[\"Made of it\"]}}".getBytes(StandardCharsets.UTF_8));
        String copy = header(copied, "location").replaceAll(".*/", "");
        JsonNode ofSource = Histories.of(web, ALL + '/' + CT_ONE_PRIOR);
        int number = Histories.texts(ofSource.get("copies"), "sopInstanceUid").indexOf(copy);
        assertEquals("Made of it", ofSource.get("copies").get(number).get("name").asText());
        JsonNode ofCopy = Histories.of(web, ALL + '/' + copy);
        assertEquals(List.of(CT_ONE_PRIOR), Histories.texts(ofCopy.get("sources"), "sopInstanceUid"));
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void aCopyHasItsOwnUidAndNamesItsSource() {
        byte[] changes = ("{\"00720002\":{\"vr\":\"SH\",\"Value\":[\"Kopie für alle\"]},\"00720006\":{\"vr\":\"CS\",\"Value\":[\"SITE\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> response = web.post(ALL + '/' + CT_ONE_PRIOR + "/copy", JSON, changes);
        assertEquals(201, response.statusCode(), () -> text(response));
        String location = header(response, "location");
        assertTrue(location.matches(".*/hanging-protocols/2\\.25\\.[0-9]+"), location);
        String copy = text(web.get(location.substring(web.service().length()), JSON));
        assertTrue(copy.contains("\"00720002\":{\"vr\":\"SH\",\"Value\":[\"Kopie für alle\"]}"), copy);
        assertTrue(copy.contains("\"0072000E\":{\"vr\":\"SQ\"}"), copy);
        assertTrue(copy.contains("\"00720012\":{\"vr\":\"SQ\",\"Value\":[{\"00081150\":{\"vr\":\"UI\",\"Value\":[\"1.2.840.10008.5.1.4.38.1\"]},"
                + "\"00081155\":{\"vr\":\"UI\",\"Value\":[\"" + CT_ONE_PRIOR + "\"]}}]}"), copy);
        assertTrue(copy.contains("\"00720200\":"), "the displays are those of the source");
        assertEquals(404, web.post(ALL + "/1.2.3/copy", JSON, changes).statusCode());
        assertEquals(415, web.post(ALL + '/' + CT_ONE_PRIOR + "/copy", "application/json", changes).statusCode());
        for (String bad : new String[] {"[]", "{", "{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}}", "{\"00720006\":{\"vr\":\"CS\",\"Value\":[\"NONE\"]}}"})
            assertEquals(400, web.post(ALL + '/' + CT_ONE_PRIOR + "/copy", JSON, bad.getBytes(StandardCharsets.UTF_8)).statusCode(), bad);
    }

    @Clause("PS3.10 7")
    @Test
    void whatIsExportedIsImported() {
        HttpResponse<byte[]> archive = web.get(allSamples, "application/zip");
        assertEquals(200, archive.statusCode());
        assertEquals("application/zip", header(archive, "content-type"));
        HttpResponse<byte[]> result = web.post(ALL, "application/zip", archive.body());
        assertEquals(200, result.statusCode(), () -> text(result));
        assertEquals(samples.size(), text(result).split("00081155", -1).length - 1);
        assertFalse(text(result).contains("00081198"));
    }

    // what is between this server and pages of others

    @Clause("Fetch 3.2")
    @Test
    void onlyConfiguredOriginsMayReadAndChange() {
        HttpResponse<byte[]> preflight = web.send("OPTIONS", ALL, null, "Origin", "https://viewer.example", "Access-Control-Request-Method", "POST");
        assertEquals(204, preflight.statusCode());
        assertEquals("https://viewer.example", header(preflight, "access-control-allow-origin"));
        assertTrue(header(preflight, "access-control-allow-methods").contains("POST"));
        HttpResponse<byte[]> own = web.send("GET", ALL, null, "Accept", JSON, "Origin", "https://viewer.example");
        assertEquals("https://viewer.example", header(own, "access-control-allow-origin"));
        assertEquals("", header(own, "access-control-allow-credentials"));
        assertTrue(header(own, "access-control-expose-headers").contains("warning"));

        HttpResponse<byte[]> foreign = web.send("OPTIONS", ALL, null, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");
        assertEquals("", header(foreign, "access-control-allow-origin"));
        assertEquals("", header(web.send("GET", ALL, null, "Accept", JSON, "Origin", "https://evil.example"), "access-control-allow-origin"));
        for (String origin : new String[] {"https://evil.example", "null"})
            assertEquals(403, web.send("POST", ALL, json("2.25.8", "Eight"), "Content-Type", JSON, "Origin", origin).statusCode());
        assertEquals(403, web.send("POST", ALL, json("2.25.8", "Eight"), "Content-Type", JSON, "Sec-Fetch-Site", "cross-site").statusCode());
        assertEquals(404, web.get(ALL + "/2.25.8", JSON).statusCode());
        String self = web.service().substring(0, web.service().indexOf("/hp-qr"));
        assertEquals(200, web.send("POST", ALL, json("2.25.9", "Nine"), "Content-Type", JSON, "Origin", self).statusCode());
    }

    /** Some clients send a token to every server. */
    @Test
    void credentialsThatNobodyAsksForChangeNothing() {
        for (String credentials : List.of("Bearer abc", "Basic YTpi", "Digest a"))
            assertEquals(200, web.send("GET", ALL + '/' + CT_ONE_PRIOR, null, "Accept", JSON, "Authorization", credentials).statusCode(), credentials);
    }

    @Test
    void answersSayHowABrowserHasToTakeThem() {
        for (HttpResponse<byte[]> response : List.of(web.get(ALL, JSON), web.get(ALL + "?limit=x", JSON), web.get("/nothing", JSON))) {
            assertEquals("nosniff", header(response, "x-content-type-options"));
            assertEquals("no-referrer", header(response, "referrer-policy"));
            assertEquals("default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", header(response, "content-security-policy"));
            assertEquals("", header(response, "server"));
            assertEquals("", header(response, "x-powered-by"));
        }
    }

    @Clause("RFC 9112 6.3")
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET %s HTTP/1.1~Host: evil.example~Accept: */*~~|421", "GET %s HTTP/1.1~Host: localhost:1~Accept: */*~~|200",
        "GET %s HTTP/1.1~Host: localhost~Host: evil.example~Accept: */*~~|400", "GET %s HTTP/1.1~Accept: */*~~|4",
        "POST %s HTTP/1.1~Host: localhost~Content-Type: application/dicom+json~Content-Length: 2~Content-Length: 2~~[]|400",
        "POST %s HTTP/1.1~Host: localhost~Content-Type: application/dicom+json~Content-Length: 2~Transfer-Encoding: chunked~~0~~|400",
        "TRACE %s HTTP/1.1~Host: localhost~~|405", "GET %s%%zz HTTP/1.1~Host: localhost~Accept: */*~~|400", "GET %s] HTTP/1.1~Host: localhost~Accept: */*~~|400",
        "HEAD %s[ HTTP/1.1~Host: localhost~Accept: */*~~|400", "nonsense~~|400"})
    void oneRequestIsOneRequest(String request, String status) throws IOException {
        String raw = String.format(request, URI.create(web.service()).getPath() + ALL).replace("~", "\r\n");
        String answer = RawHttp.send(URI.create(web.service()).getPort(), raw.getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }

    /** Each object has as many as {@code 00080018} at its beginning. */
    // beyond the standard: the viewer OHIF

    private static final String OHIF = "application/vnd.ohif.hanging-protocol+json";

    @Test
    void anOhifProtocolComesBackAsItWasSent() {
        String protocol = "{\"id\":\"2.25.20261128\",\"name\":\"OHIF CT\",\"weightOfMine\":1.50,\"protocolMatchingRules\":[{\"attribute\":"
                + "\"ModalitiesInStudy\",\"constraint\":{\"includes\":[\"CT\"]}}],\"displaySetSelectors\":{\"all\":{\"seriesMatchingRules\":"
                + "[{\"attribute\":\"Modality\",\"required\":true,\"constraint\":{\"equals\":\"CT\"}}]}},"
                + "\"stages\":[{\"viewports\":[{\"displaySets\":[{\"id\":\"all\"}]}]}]}";
        HttpResponse<byte[]> stored = web.send("POST", ALL, protocol.getBytes(StandardCharsets.UTF_8), "Content-Type", OHIF, "Accept", OHIF);
        assertEquals(200, stored.statusCode(), () -> text(stored));
        assertEquals(OHIF, header(stored, "content-type"));
        assertTrue(text(stored).startsWith("[{\"sopInstanceUID\":\"2.25.20261128\",\"retrieveURL\":\"" + web.service() + ALL), text(stored));
        assertTrue(text(stored).contains("{\"path\":\"weightOfMine\",\"code\":\"ohif-only\""), text(stored));

        String expected = "[{\"sopInstanceUID\":\"2.25.20261128\",\"protocols\":[" + protocol + "],\"diagnostics\":[]}]";
        assertEquals(expected, text(web.get(ALL + "/2.25.20261128", OHIF)));
        assertEquals(expected, text(web.get(ALL + "?SOPInstanceUID=2.25.20261128", OHIF)));
        assertTrue(text(web.get(ALL + "/2.25.20261128", JSON)).contains("OHIF CT"));
    }

    @Test
    void aDicomProtocolBecomesOneOfOhif() {
        String text = text(web.get(ALL + '/' + CT_ONE_PRIOR, OHIF));

        assertTrue(text.contains("\"protocolMatchingRules\":[{\"attribute\":\"ModalitiesInStudy\""), text);
        assertTrue(text.contains("\"code\":\"one-series\""), text);
        assertEquals(samples.size(), text(web.get(allSamples, OHIF)).split("\\{\"sopInstanceUID\"", -1).length - 1);
    }

    @Test
    void anOhifProtocolThatShowsNothingIsRefused() {
        HttpResponse<byte[]> response = web.send("POST", ALL, "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8), "Content-Type", OHIF, "Accept", OHIF);

        assertEquals(400, response.statusCode());
        assertEquals("[{\"failureReason\":\"C000\"}]", text(response));
    }

    private static int count(String json) {
        return json.split("\"00080018\":", -1).length - 1;
    }

    private static byte[] json(String uid, String name) {
        String value = name.isEmpty() ? "" : ",\"Value\":[\"" + name + "\"]";
        return ("[{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},\"00080016\":{\"vr\":\"UI\",\"Value\":[\"1.2.840.10008.5.1.4.38.1\"]},"
                + "\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + uid + "\"]},\"00720002\":{\"vr\":\"SH\"" + value + "},"
                + "\"00720004\":{\"vr\":\"LO\",\"Value\":[\"d\"]},\"00720006\":{\"vr\":\"CS\",\"Value\":[\"USER_GROUP\"]},"
                + "\"00720008\":{\"vr\":\"LO\",\"Value\":[\"c\"]},\"0072000A\":{\"vr\":\"DT\",\"Value\":[\"2026\"]},"
                + "\"0072000C\":{\"vr\":\"SQ\",\"Value\":[{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"OP\"]}}]},"
                + "\"00720014\":{\"vr\":\"US\",\"Value\":[7]}}]").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first, 0, first.length - 1);
        both.write(',');
        both.write(second, 1, second.length - 1);
        return both.toByteArray();
    }
}
