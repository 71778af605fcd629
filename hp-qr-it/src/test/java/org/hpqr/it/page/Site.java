package org.hpqr.it.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.hpqr.it.Odil;
import org.hpqr.it.web.WebClient;
import org.hpqr.testkit.server.StandaloneServer;

/** The provisioned server and a browser; one of each for all classes that test the page, of which one runs at a time. */
final class Site implements AutoCloseable {

    static final Path SAMPLES = Path.of("../src/samples");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOLS = "/hanging-protocols";

    private final Path directory;
    private final StandaloneServer server;
    private final WebClient web;
    private final Browser browser;

    Site() {
        try {
            directory = Files.createTempDirectory("page");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = StandaloneServer.launch(directory.resolve("data"), Map.of("HPQR_RECENT_FINDS", "10"));
        try {
            server.awaitListening();
            web = new WebClient(server.awaitWeb());
            browser = new Browser(web.service().replace("aets/HPQR/rs", ""), directory);
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    WebClient web() {
        return web;
    }

    /** For files that a test makes. */
    Path directory() {
        return directory;
    }

    /** Has the sample protocols stored, and no others. */
    void storeSamples() {
        clear();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            List<byte[]> samples = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList())
                samples.add(Files.readAllBytes(file));
            store(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores protocols. */
    void storeDatasets(List<Attributes> protocols) {
        store(protocols.stream().map(Site::file).toList());
    }

    /** A DICOM file. */
    static byte[] file(Attributes protocol) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
            out.writeDataset(protocol.createFileMetaInformation(UID.ExplicitVRLittleEndian), protocol);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void store(List<byte[]> files) {
        HttpResponse<byte[]> response = web.post(PROTOCOLS, "application/zip", zip(files));
        if (response.statusCode() != 200)
            throw new AssertionError(response.statusCode() + " " + WebClient.text(response));
    }

    /** A zip of DICOM files. */
    static byte[] zip(List<byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (byte[] file : files) {
                zip.putNextEntry(new ZipEntry(bytes.size() + ".dcm"));
                zip.write(file);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Deletes everything. */
    void clear() {
        for (String uid : uids(PROTOCOLS))
            web.send("POST", PROTOCOLS + '/' + uid + "/retire", null, "Content-Type", "application/json");
        for (String uid : uids("/retired-hanging-protocols"))
            web.send("DELETE", PROTOCOLS + '/' + uid, null, "If-Match", "*");
    }

    private List<String> uids(String resource) {
        HttpResponse<byte[]> response = web.get(resource, WebClient.JSON);
        List<String> uids = new ArrayList<>();
        if (response.statusCode() == 200)
            try {
                for (JsonNode protocol : JSON.readTree(response.body()))
                    uids.add(protocol.at("/00080018/Value/0").asText());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        return uids;
    }

    /** What odil finds over DIMSE: SOP Instance UIDs of the protocols with this name. */
    List<String> found(String name) {
        return Odil.responses(server.port(), "find", "--name", name).stream().filter(response -> !response.status().equals("0000"))
                .map(response -> response.values("00080018").get(0)).toList();
    }

    /** What odil gets over DIMSE. */
    Attributes got(String uid) {
        return got(server.port(), uid, directory.resolve("received"));
    }

    /** What odil gets of a server over DIMSE. */
    static Attributes got(int port, String uid, Path received) {
        Odil.responses(port, "get", uid, "--directory", received.toString());
        try (var in = new org.dcm4che3.io.DicomInputStream(received.resolve(uid + ".dcm").toFile())) {
            Attributes dataset = in.readDataset(-1, -1);
            if (!uid.equals(dataset.getString(Tag.SOPInstanceUID)))
                throw new AssertionError(dataset.getString(Tag.SOPInstanceUID));
            return dataset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a picture of the window for README and guide, if a directory for it is named ({@code -Dhpqr.screenshots}). */
    void screenshot(String name) {
        String to = System.getProperty("it.screenshots", "");
        if (!to.isEmpty())
            browser.screenshot(Path.of(to).resolve(name + ".png"));
    }

    @Override
    public void close() throws IOException {
        try {
            browser.close();
        } finally {
            server.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
