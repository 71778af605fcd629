package org.hpqr.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The provisioned server as a process of its own, started the way {@code run.sh} does. */
final class StandaloneServer implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("it.server")).toAbsolutePath().normalize();

    private final int port;
    private final ExternalProcess process;

    private StandaloneServer(int port, ExternalProcess process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a server on a free port, without waiting for it.
     *
     * @param data      its data directory
     * @param variables environment variables with its settings; {@code HPQR_PORT} may be among them
     */
    static StandaloneServer launch(Path data, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HPQR_DATA", data.toString());
        environment.putIfAbsent("HPQR_PORT", String.valueOf(freePort()));
        ExternalProcess process = new ExternalProcess(HOME, environment, List.of("bash", HOME.resolve("bin/hp-qr.sh").toString(),
                "-Djboss.management.http.port=" + freePort()));
        String port = environment.get("HPQR_PORT");
        return new StandaloneServer(port.matches("[0-9]+") ? Integer.parseInt(port) : 0, process);
    }

    /** Starts a server and waits until it listens. */
    static StandaloneServer start(Path data, Map<String, String> variables) {
        StandaloneServer server = launch(data, variables);
        try {
            server.process.awaitLine(line -> line.endsWith("hp-qr listening: AE title HPQR on 127.0.0.1:" + server.port));
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    ExternalProcess process() {
        return process;
    }

    /** Ends it as an administrator does, and returns the exit code. */
    int stop() {
        process.terminate();
        return process.awaitEnd();
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
