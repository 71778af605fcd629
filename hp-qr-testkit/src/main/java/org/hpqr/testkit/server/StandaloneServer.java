package org.hpqr.testkit.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.FreePort;

/** The provisioned server as a process of its own, started the way {@code run.sh} does. */
public final class StandaloneServer implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("it.server")).toAbsolutePath().normalize();

    /**
     * Java starts WildFly with half the work if it does not optimize what runs only once, collects no garbage meanwhile, and
     * takes classes for verified, and parsed if there is a {@link ClassArchive}.
     */
    public static final String QUICK_START = "-Xms300m -Xmx512m -Xmn200m -XX:MetaspaceSize=160m -XX:+UseSerialGC "
            + "-XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote" + classArchive();

    private final int port;
    private final int httpPort;
    private final ExternalProcess process;

    private StandaloneServer(int port, int httpPort, ExternalProcess process) {
        this.port = port;
        this.httpPort = httpPort;
        this.process = process;
    }

    private static String classArchive() {
        Path file = Path.of(System.getProperty("it.classes", ""));
        return Files.isRegularFile(file) ? " \"-XX:SharedArchiveFile=" + file + "\" -Xlog:cds=off -Xlog:cds+dynamic=off" : "";
    }

    /**
     * Starts a server on a free port, without waiting for it.
     *
     * @param data      its data directory
     * @param variables environment variables with its settings; {@code HPQR_PORT} may be among them, and
     *                  {@code JBOSS_JAVA_SIZING}: empty for the options of Java that it is shipped with, which are these but
     *                  for {@link #QUICK_START}
     */
    public static StandaloneServer launch(Path data, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HPQR_DATA", data.toString());
        environment.putIfAbsent("JAVA_OPTS", "");
        environment.putIfAbsent("JBOSS_JAVA_SIZING", QUICK_START);
        environment.putIfAbsent("HPQR_PORT", String.valueOf(FreePort.find()));
        environment.putIfAbsent("HPQR_HTTP_PORT", String.valueOf(FreePort.find()));
        ExternalProcess process = new ExternalProcess(HOME, environment, List.of("bash", HOME.resolve("bin/hp-qr.sh").toString()));
        String port = environment.get("HPQR_PORT");
        return new StandaloneServer(number(port), number(environment.get("HPQR_HTTP_PORT")), process);
    }

    private static int number(String port) {
        return port.matches("[0-9]+") ? Integer.parseInt(port) : 0;
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

    public void awaitListening() {
        process.awaitLine(line -> line.endsWith("hp-qr listening: AE title HPQR on 127.0.0.1:" + port));
    }

    public int port() {
        return port;
    }

    /** Waits until DICOMweb is served, and returns its URI, without a slash at the end. */
    public String awaitWeb() {
        String url = "http://127.0.0.1:" + httpPort + "/hp-qr/aets/HPQR/rs";
        process.awaitLine(line -> line.endsWith("hp-qr listening: DICOMweb on " + url));
        return url;
    }

    public ExternalProcess process() {
        return process;
    }

    /** Ends it as an administrator does, and returns the exit code. */
    public int stop() {
        process.terminate();
        return process.awaitEnd();
    }

    /** The process of the script, which has become Java. */
    public ProcessHandle java() {
        return process.handles().stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .findAny().orElseThrow(() -> new AssertionError("Java does not run:\n" + process.output()));
    }

    /** Kills it without a chance to do anything more (SIGKILL), and waits until its output has ended, too. */
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
