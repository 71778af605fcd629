package org.hpqr.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The provisioned server as a process of its own, started the way {@code run.sh} does. */
public final class StandaloneServer implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("it.server")).toAbsolutePath().normalize();

    private static final int FIRST_PORT = 20_000;
    /** Linux: net.ipv4.ip_local_port_range. */
    private static final int FIRST_CLIENT_PORT = 32_768;
    /** Java starts WildFly with half the work if it does not optimize what runs only once. */
    private static final String QUICK_START = "-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

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
     * @param variables environment variables with its settings; {@code HPQR_PORT} may be among them, and
     *                  {@code JAVA_OPTS}: empty for the options it is shipped with
     */
    public static StandaloneServer launch(Path data, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HPQR_DATA", data.toString());
        environment.putIfAbsent("JAVA_OPTS", QUICK_START);
        environment.putIfAbsent("HPQR_PORT", String.valueOf(freePort()));
        ExternalProcess process = new ExternalProcess(HOME, environment, List.of("bash", HOME.resolve("bin/hp-qr.sh").toString(),
                "-Djboss.management.http.port=" + freePort()));
        String port = environment.get("HPQR_PORT");
        return new StandaloneServer(port.matches("[0-9]+") ? Integer.parseInt(port) : 0, process);
    }

    /** Starts a server and waits until it listens. */
    public static StandaloneServer start(Path data, Map<String, String> variables) {
        StandaloneServer server = launch(data, variables);
        try {
            server.awaitListening();
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    void awaitListening() {
        process.awaitLine(line -> line.endsWith("hp-qr listening: AE title HPQR on 127.0.0.1:" + port));
    }

    /**
     * A port that nobody listens on. Not one of those that the system gives to clients: it would be one of theirs sooner or
     * later, before the server listens on it.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_CLIENT_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // taken: another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public int port() {
        return port;
    }

    public ExternalProcess process() {
        return process;
    }

    /** Ends it as an administrator does, and returns the exit code. */
    public int stop() {
        process.terminate();
        return process.awaitEnd();
    }

    /** Java itself, not the scripts around it. */
    public ProcessHandle java() {
        return process.handles().stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .findAny().orElseThrow(() -> new AssertionError("Java does not run:\n" + process.output()));
    }

    /** Kills Java without a chance to do anything more (SIGKILL), and waits until the scripts around it have ended, too. */
    public void kill() {
        java().destroyForcibly();
        process.awaitEnd();
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
