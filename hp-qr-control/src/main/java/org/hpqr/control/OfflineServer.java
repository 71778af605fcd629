package org.hpqr.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server for one command, where none runs: with the same settings and the same database, but no DICOM port. It ends when
 * the command has.
 */
final class OfflineServer implements AutoCloseable {

    /** The system property that tells the server. */
    private static final String PROPERTY = "hpqr.offline";
    private static final String FAILURE = "hp-qr cannot start";
    private static final long POLL_MILLIS = 100;
    private static final long END_SECONDS = 60;

    private final Process process;
    private volatile String problem;
    private volatile String lastLine = "";

    /**
     * Starts it.
     *
     * @param home          where it is installed
     * @param dataDirectory absolute
     * @throws CommandException it cannot be started
     */
    OfflineServer(Path home, Path dataDirectory) throws CommandException {
        ProcessBuilder start = new ProcessBuilder(List.of("bash", home.resolve("bin/hp-qr.sh").toString(),
                "-D" + PROPERTY + "=true", "-Dhpqr.http-port=0")).redirectErrorStream(true);
        start.environment().putAll(Map.of("HPQR_DATA", dataDirectory.toString()));
        try {
            process = start.start();
        } catch (IOException e) {
            throw new CommandException("the server cannot be started: " + e);
        }
        Thread reader = new Thread(this::read, "server");
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** Keeps what it says from filling a pipe, and the reason if it cannot start. */
    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.isBlank())
                    lastLine = line;
                int at = line.indexOf(FAILURE);
                if (at >= 0 && problem == null)
                    problem = line.substring(at);
            }
        } catch (IOException e) {
            lastLine = e.toString();
        }
    }

    /**
     * Waits until it is ready.
     *
     * @throws CommandException it has ended instead
     */
    SocketChannel connect(Path dataDirectory) throws CommandException, IOException, InterruptedException {
        while (true) {
            SocketChannel channel = ControlSocket.connect(dataDirectory);
            if (channel != null)
                return channel;
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS))
                throw new CommandException("no server runs in " + dataDirectory + ", and one for this command did not start: "
                        + (problem == null ? lastLine : problem));
        }
    }

    /** Waits for its end, which comes by itself. */
    @Override
    public void close() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
