package org.hpqr.it;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The provisioned server as a process of its own, started as {@code run.sh} starts it. */
final class ServerProcess implements AutoCloseable {

    private static final Path SERVER = Path.of(System.getProperty("it.server"));
    private static final long TIMEOUT_SECONDS = 120;

    final int port;
    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts a server and returns at once. */
    static ServerProcess begin(Path data, Map<String, String> settings) throws IOException {
        int port = freePort();
        Path log = Files.createTempFile("hp-qr-server", ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", SERVER.resolve("bin/hp-qr.sh").toString(),
                "-Djboss.management.http.port=" + freePort());
        builder.environment().put("HPQR_DATA", data.toString());
        builder.environment().put("HPQR_PORT", String.valueOf(port));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new ServerProcess(builder.start(), log, port);
    }

    /** Starts a server and returns when it says that it listens. */
    static ServerProcess start(Path data, Map<String, String> settings) throws IOException, InterruptedException {
        ServerProcess server = begin(data, settings);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!server.log().contains("hp-qr listening: AE title HPQR on 127.0.0.1:" + server.port)) {
            if (!server.process.isAlive() || System.nanoTime() - deadline > 0)
                throw new AssertionError("the server did not start:\n" + server.log());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return server;
    }

    /** What it has printed so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits for its end by itself and returns the exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
            throw new AssertionError("the server does not end");
        return process.exitValue();
    }

    /** SIGTERM, and the end of the process and of all it started. */
    void terminate() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        process.destroy();
        for (ProcessHandle handle : all) {
            try {
                handle.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new AssertionError("process " + handle.pid() + " is left", e);
            }
        }
    }

    /** Runs a command to its end and returns what it printed. */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("hp-qr-peer", ".out");
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end:\n" + Files.readString(output));
        }
        String printed = Files.readString(output);
        if (process.exitValue() != 0)
            throw new AssertionError(String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + printed);
        return printed;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive())
            terminate();
    }
}
