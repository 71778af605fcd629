package org.hpqr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with its own settings, which are safe ones (it waits for the disk), on a free port of 127.0.0.1. It
 * refuses to run as root; root therefore starts it as {@code nobody}.
 */
final class PostgresServer implements AutoCloseable {

    private final Path binaries = binaries();
    private final int port;
    private final Process process;

    /** @param directory of the database, which is made there if there is none */
    PostgresServer(Path directory) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        port = Programs.freePort();
        boolean made = Files.exists(data);
        if (!made) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            Programs.run(directory, log, unprivileged(List.of(binaries.resolve("initdb").toString(), "-D", data.toString(),
                    "-U", "hpqr", "-A", "trust", "-E", "UTF8", "--locale=C")));
        }
        process = Programs.start(directory, log, Map.of(), unprivileged(List.of(binaries.resolve("postgres").toString(),
                "-D", data.toString(), "-p", String.valueOf(port), "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=" + directory)));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Programs.await(process, log, this::isAnswering);
        if (!made)
            Programs.run(directory, log, List.of(binaries.resolve("createdb").toString(), "-h", "127.0.0.1",
                    "-p", String.valueOf(port), "-U", "hpqr", "hpqr"));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/hpqr";
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    private boolean isAnswering() {
        try {
            return new ProcessBuilder(binaries.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p",
                    String.valueOf(port)).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path binaries() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin")).filter(Files::isDirectory).max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("there is no PostgreSQL (Debian package postgresql)"));
        }
    }

    private static List<String> unprivileged(List<String> command) {
        List<String> unprivileged = new ArrayList<>();
        if (System.getProperty("user.name").equals("root"))
            unprivileged.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        unprivileged.addAll(command);
        return unprivileged;
    }

    @Override
    public void close() {
        if (!process.isAlive())
            return;
        try {
            // what a plain destroy() asks for waits until all clients have gone
            // the shell's own kill: a small Debian has no other
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
            if (!process.waitFor(30, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
