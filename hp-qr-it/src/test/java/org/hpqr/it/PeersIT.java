package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.dataset.DatasetCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** dcmtk and odil against the running server: store, find, get, move. */
class PeersIT {

    private static final Path SOURCES = Path.of(System.getProperty("it.sources"));
    private static final String CT = "1.2.840.10008.5.1.4.1.1.76392.999.2";
    private static final String CHEST = "1.2.840.123456.20030822.223344.1";
    private static final String CHEST_LOGIN = "1.2.840.113986.2.664566.21121125.85669.967";

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static int destinationPort;

    @BeforeAll
    static void startAndStore() throws Exception {
        destinationPort = ServerProcess.freePort();
        server = ServerProcess.start(Files.createDirectory(directory.resolve("data")),
                Map.of("HPQR_MOVE_DESTINATIONS", "DCMTK=127.0.0.1:" + destinationPort));
        List<String> command = new ArrayList<>(
                List.of("storescu", "-R", "-aec", "HPQR", "127.0.0.1", String.valueOf(server.port)));
        samples().forEach(file -> command.add(file.toString()));
        ServerProcess.run(directory, command.toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /** Our own, and those of {@code -Dhpqr.it.objects=DIRECTORY}. */
    private static List<Path> samples() throws IOException {
        List<Path> files = new ArrayList<>();
        String more = System.getProperty("it.objects", "");
        for (Path from : more.isEmpty() ? List.of(SOURCES.resolve("samples")) : List.of(SOURCES.resolve("samples"), Path.of(more)))
            try (Stream<Path> found = Files.list(from)) {
                found.filter(file -> file.toString().endsWith(".dcm")).forEach(files::add);
            }
        return files;
    }

    private static String hp(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", SOURCES.resolve("walk/hp.py").toString(), "--port",
                String.valueOf(server.port)));
        command.addAll(List.of(arguments));
        return ServerProcess.run(directory, command.toArray(String[]::new));
    }

    /** UIDs of the matches, after the statuses were checked: {@code pending} for each, 0000 at the end. */
    private static List<String> find(String pending, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("--json", "find"));
        command.addAll(List.of(arguments));
        List<String> uids = new ArrayList<>();
        String[] lines = hp(command.toArray(String[]::new)).strip().split("\n");
        for (String line : lines) {
            JsonNode response = new ObjectMapper().readTree(line);
            if (uids.size() == lines.length - 1) {
                assertEquals("0000", response.get("status").asText(), line);
            } else {
                assertEquals(pending, response.get("status").asText(), line);
                uids.add(response.findValue("00080018").get("Value").get(0).asText());
            }
        }
        return uids;
    }

    @Test
    void echo() throws Exception {
        ServerProcess.run(directory, "echoscu", "-aec", "HPQR", "127.0.0.1", String.valueOf(server.port));
    }

    /** The query of PS3.17 V.5, all keys as there; the parameters are what its variants change. */
    private static String goldenIdentifier(String modality, String code, String scheme, String meaning) {
        return """
            {"00080016":{"vr":"UI"},"00080018":{"vr":"UI"},"00720002":{"vr":"SH"},"00720004":{"vr":"LO"},
             "00720006":{"vr":"CS"},"00720008":{"vr":"LO"},"0072000A":{"vr":"DT"},"0072000E":{"vr":"SQ"},
             "00720014":{"vr":"US"},"00720100":{"vr":"US"},"00720102":{"vr":"SQ"},
             "0072000C":{"vr":"SQ","Value":[{"00080060":{"vr":"CS"%s},"00200060":{"vr":"CS"},"00081032":{"vr":"SQ"},
              "0040100A":{"vr":"SQ"},"00082218":{"vr":"SQ","Value":[{"00080100":{"vr":"SH","Value":["%s"]},
              "00080102":{"vr":"SH","Value":["%s"]},"00080104":{"vr":"LO","Value":["%s"]}}]}}]}}"""
            .formatted(modality.isEmpty() ? "" : ",\"Value\":[\"" + modality + "\"]", code, scheme, meaning).replace("\n", "");
    }

    @ParameterizedTest
    @CsvSource({
        "'',51185008,SCT,Chest," + CT + ' ' + CHEST + ' ' + CHEST_LOGIN,
        "'',51185008,SCT,Thorax," + CT + ' ' + CHEST + ' ' + CHEST_LOGIN,
        "'',5118500?,SCT,Chest," + CT + ' ' + CHEST + ' ' + CHEST_LOGIN,
        "'',51185008,SRT,Chest,''",
        "DX,51185008,SCT,Chest," + CHEST_LOGIN})
    void goldenVector(String modality, String code, String scheme, String meaning, String expected) throws Exception {
        List<String> found = find("FF00", "--identifier", goldenIdentifier(modality, code, scheme, meaning));
        // the samples hold more protocols of the chest than those of the vector
        found.retainAll(List.of(CT, CHEST, CHEST_LOGIN));
        assertEquals(expected.isEmpty() ? List.of() : List.of(expected.split(" ")), found);
    }

    @Test
    void foundByNameModalityAndRegion() throws Exception {
        assertEquals(List.of(CHEST_LOGIN), find("FF00", "--name", "Chest*", "--modality", "DX", "--region", "51185008"));
        assertEquals(List.of(), find("FF00", "--name", "chest*", "--modality", "DX", "--region", "51185008"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsComeBackByGetAsTheyWereStored(boolean implicit) throws Exception {
        for (Path sample : samples()) {
            // odil cannot read private elements in implicit VR; dcmtk can, below
            if (implicit && sample.endsWith("private.dcm"))
                continue;
            Path received = Files.createTempDirectory(directory, "get");
            String uid = dataset(sample).getString(org.dcm4che3.data.Tag.SOPInstanceUID);
            List<String> arguments = new ArrayList<>(implicit ? List.of("--implicit") : List.of());
            arguments.addAll(List.of("get", uid, "--directory", received.toString()));
            String printed = hp(arguments.toArray(String[]::new));
            assertTrue(printed.contains("1 completed"), printed);
            assertSameDataset(sample, only(received));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian})
    void everyObjectComesBackByMoveAsItWasStored(String transferSyntax) throws Exception {
        Path received = Files.createTempDirectory(directory, "move");
        Path configuration = Files.writeString(Files.createTempFile(directory, "scp", ".cfg"), """
            [[TransferSyntaxes]]
            [One]
            TransferSyntax1 = %s
            [[PresentationContexts]]
            [HP]
            PresentationContext1 = 1.2.840.10008.5.1.4.38.1\\One
            [[Profiles]]
            [HP]
            PresentationContexts = HP
            """.formatted(transferSyntax));
        Process destination = new ProcessBuilder("storescp", "--bit-preserving", "-xf",
                configuration.toString(), "HP", "-od", received.toString(), String.valueOf(destinationPort)).redirectErrorStream(true)
                .redirectOutput(directory.resolve("storescp.log").toFile()).start();
        try {
            awaitListening(destination);
            for (Path sample : samples()) {
                String uid = dataset(sample).getString(org.dcm4che3.data.Tag.SOPInstanceUID);
                String printed = hp("move", uid, "--destination", "DCMTK");
                assertTrue(printed.contains("1 completed"), printed);
                assertSameDataset(sample, only(received));
                Files.delete(only(received));
            }
        } finally {
            destination.destroy();
            destination.waitFor();
        }
    }

    private static void awaitListening(Process destination) throws Exception {
        while (true) {
            assertTrue(destination.isAlive(), Files.readString(directory.resolve("storescp.log")));
            try (Socket socket = new Socket("127.0.0.1", destinationPort)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
    }

    private static Path only(Path received) throws IOException {
        try (Stream<Path> files = Files.list(received)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all::toString);
            return all.get(0);
        }
    }

    private static Attributes dataset(Path file) throws IOException {
        try (DicomInputStream in = new DicomInputStream(file.toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    private static void assertSameDataset(Path expected, Path received) throws IOException {
        String digest = DatasetCodec.contentDigest(dataset(received));
        assertFalse(digest.isEmpty());
        assertEquals(DatasetCodec.contentDigest(dataset(expected)), digest, received::toString);
    }
}
