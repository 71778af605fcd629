package org.hpqr.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hpqr.testkit.FreePort;

/**
 * The provisioned server as a process of its own, started by its own script; beside the application, and only here, the
 * floors are deployed. So that the provisioned server stays as it is, it runs with another base directory.
 */
final class StandaloneServer implements AutoCloseable {

    /** Context of the constant answers over HTTP. */
    static final String CONSTANTS = "/constant";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final int port = FreePort.find();
    final int httpPort = FreePort.find();
    final int floorPort = FreePort.find();
    private final int controlPort = FreePort.find();
    private final Process process;

    /**
     * Starts it and waits until it and the floors listen.
     *
     * @param home        the provisioned server
     * @param directory   for its data
     * @param floor       the deployment of the floors
     * @param destination port of the move destination {@link Client#AE_TITLE}
     * @param environment of the database
     * @param javaOptions of its Java virtual machine
     */
    StandaloneServer(Path home, Path directory, Path floor, int destination, Map<String, String> environment,
                     String javaOptions) throws IOException, InterruptedException {
        Path base = directory.resolve("base");
        copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        Path server = base.resolve("configuration/standalone.xml");
        Files.writeString(server, Files.readString(server).replace("</deployments>",
                "<deployment name=\"floor.jar\" runtime-name=\"floor.jar\"><fs-archive path=\"" + floor + "\"/></deployment>"
                        + "<deployment name=\"constant.war\" runtime-name=\"constant.war\"><fs-exploded path=\"" + constantWar(directory)
                        + "\"/></deployment></deployments>"));
        Path log = directory.resolve("console.log");
        Files.deleteIfExists(log);
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("HPQR_DATA", directory.resolve("data").toString());
        variables.put("HPQR_PORT", String.valueOf(port));
        variables.put("HPQR_HTTP_PORT", String.valueOf(httpPort));
        variables.put("HPQR_MOVE_DESTINATIONS", Client.AE_TITLE + "=127.0.0.1:" + destination);
        if (!javaOptions.isEmpty())
            variables.put("JAVA_OPTS", javaOptions);
        List<String> command = new ArrayList<>(List.of("bash", home.resolve("bin/hp-qr.sh").toString(),
                "-Djboss.server.base.dir=" + base, "-Dbench.floor=" + floorPort, "-Dbench.control=" + controlPort, "-Dbench.destination=" + destination));
        process = Programs.start(directory, log, variables, command);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        try {
            Programs.await(process, log, () -> contains(log, "DICOMweb on")
                    && contains(directory.resolve("data/log/server.log"), "Deployed \"floor.jar\"")
                    && contains(directory.resolve("data/log/server.log"), "Deployed \"constant.war\""));
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** A web application with nothing but the constant answers. */
    private static Path constantWar(Path directory) throws IOException {
        // not by their classes: Jakarta REST is on the server only
        String floor = "org/hpqr/bench/floor/Constant";
        Path classes = directory.resolve("constant.war/WEB-INF/classes");
        for (String name : List.of(floor + "Application.class", floor + "Resource.class", floor + "Resource$Constant.class")) {
            Files.createDirectories(classes.resolve(name).getParent());
            try (InputStream in = StandaloneServer.class.getResourceAsStream('/' + name)) {
                Files.copy(in, classes.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory.resolve("constant.war");
    }

    private static boolean contains(Path log, String text) {
        try {
            return Files.exists(log) && Files.readString(log).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Asks the floors for something ({@code name?argument&argument}) and returns what they answer. */
    String control(String command, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + controlPort + '/' + command))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200)
            throw new IOException(command + ": " + answer.body());
        return answer.body();
    }

    /** The Java virtual machine, which the script has become. */
    ProcessHandle java() {
        return process.toHandle();
    }

    @Override
    public void close() {
        if (!process.isAlive())
            return;
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
