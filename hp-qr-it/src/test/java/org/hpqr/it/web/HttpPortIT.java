package org.hpqr.it.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code hp-qr.sh} makes of the settings of the HTTP port, and what the server says to those that cannot be. */
class HttpPortIT {

    private static final String SCRIPT = "bin/hp-qr.sh";
    /** The script refuses a port that something listens on. */
    private static final int ONE = FreePort.find();
    private static final int TWO = FreePort.find();
    private static final int THREE = FreePort.find();

    @TempDir
    private Path home;

    static Stream<Arguments> choices() {
        return Stream.of(
                Arguments.of("", Map.of("HPQR_HTTP_PORT", "" + ONE), List.of(), "true 127.0.0.1 " + ONE + " false"),
                Arguments.of("hpqr.http-port = " + ONE + "\nhpqr.http-behind-proxy=true\n", Map.of(), List.of(), "true 127.0.0.1 " + ONE + " true"),
                Arguments.of("#hpqr.http-port = 1\nhpqr.http-port : " + ONE + '\n', Map.of("HPQR_HTTP_PORT", "" + TWO), List.of(),
                        "true 127.0.0.1 " + TWO + " false"),
                Arguments.of("hpqr.http-port=" + ONE + '\n', Map.of("HPQR_HTTP_PORT", "" + TWO), List.of("-Dhpqr.http-port=" + THREE),
                        "true 127.0.0.1 " + THREE + " false"),
                Arguments.of("", Map.of("HPQR_HTTP_PORT", "" + ONE, "HPQR_HTTP_ADDRESS", "127.0.0.2"), List.of(), "true 127.0.0.2 " + ONE + " false"),
                Arguments.of("", Map.of("HPQR_HTTP_PORT", "0"), List.of(), "false 127.0.0.1 false"),
                Arguments.of("", Map.of("HPQR_HTTP_PORT", "http"), List.of(), "false 127.0.0.1 false"));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void wildFlyIsToldWhatTheSettingsSay(String file, Map<String, String> variables, List<String> arguments, String expected)
            throws IOException {
        try (ExternalProcess script = startWithoutJava(file, variables, arguments)) {
            // after Java has ended, what it said is still on its way
            script.awaitLine(line -> line.startsWith("hp-qr listening"));
            List<String> given = new ArrayList<>();
            for (String name : List.of("enabled", "address", "port", "behind-proxy"))
                script.lines().stream().filter(line -> line.startsWith("-Djboss.http." + name + '='))
                        .forEach(line -> given.add(line.substring(line.indexOf('=') + 1)));
            assertEquals(expected, String.join(" ", given));
        }
    }

    @Test
    void aPortInUseIsRefusedInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ExternalProcess script = startWithoutJava("", Map.of("HPQR_HTTP_PORT", String.valueOf(taken.getLocalPort())), List.of())) {
            assertEquals(1, script.awaitEnd());
            assertEquals("hp-qr cannot start: hpqr.http-port: something listens on 127.0.0.1:" + taken.getLocalPort() + " already",
                    script.output());
        }
    }

    @Test
    void anAddressThatOthersReachStopsTheStart(@TempDir Path data) {
        try (StandaloneServer server = StandaloneServer.launch(data, Map.of("HPQR_HTTP_ADDRESS", "0.0.0.0"))) {
            assertEquals(1, server.process().awaitEnd());
            server.process().awaitLine(line -> line.startsWith("hp-qr cannot start: hpqr.http-address: \"0.0.0.0\" is reachable from other machines"));
        }
    }

    private ExternalProcess startWithoutJava(String file, Map<String, String> variables, List<String> arguments) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("standalone/configuration"));
        Files.writeString(home.resolve("standalone/configuration/hp-qr.properties"), file);
        for (String name : List.of("standalone.xml", "logging.properties"))
            Files.createFile(home.resolve("standalone/configuration").resolve(name));
        Files.copy(Path.of(System.getProperty("it.server"), SCRIPT), home.resolve(SCRIPT));
        for (String used : List.of("bin/hp-qr-settings.sh", "bin/hp-qr-status.sh"))
            Files.copy(Path.of(System.getProperty("it.server"), used), home.resolve(used));
        Path java = Files.writeString(home.resolve("java"), "#!/bin/bash\nfor argument in \"$@\"; do echo \"$argument\"; done\necho 'hp-qr listening: '\n");
        assertTrue(java.toFile().setExecutable(true));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("JAVA", java.toString());
        environment.put("HPQR_DATA", home.resolve("data").toString());
        return new ExternalProcess(home, environment,
                Stream.concat(Stream.of("bash", home.resolve(SCRIPT).toString()), arguments.stream()).toList());
    }
}
