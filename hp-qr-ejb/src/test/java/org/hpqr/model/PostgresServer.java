package org.hpqr.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server process of our own: its data in a temporary folder, on a free port of 127.0.0.1. It can be stopped,
 * killed and started again with the same data and port. It refuses to run as root; root therefore starts it as
 * {@code nobody}.
 */
public final class PostgresServer implements AutoCloseable {

    /** The owner of everything; there is no password. */
    public static final String USER = "hpqr";

    private static final Path BINARIES = Path.of(System.getProperty("hpqr.postgres", "/usr/lib/postgresql/15/bin"));
    private static final int SECONDS_TO_START = 60;
    private static final int SECONDS_TO_STOP = 10;

    private final Path folder;
    private final Path log;
    private final int port;
    private Process server;

    /** Makes an empty data folder, and starts. */
    public PostgresServer() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("hpqr-postgres");
        log = folder.resolve("log");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        // a language's default collation: a comparison that forgets the columns' binary collation shows
        process(List.of(binary("initdb"), "-D", data(), "-U", USER, "-A", "trust",
                "-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync")).start().waitFor();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start();
    }

    /** Says whether PostgreSQL is on this machine. */
    public static boolean isInstalled() {
        return Files.isExecutable(BINARIES.resolve("postgres"));
    }

    /** The path of one of its programs. */
    public static String binary(String name) {
        return BINARIES.resolve(name).toString();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** Starts it, and waits until it takes connections. */
    public void start() throws IOException, InterruptedException {
        server = process(List.of(binary("postgres"), "-D", data(), "-p", String.valueOf(port),
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder, "-c", "fsync=off")).start();
        for (int tries = 0; tries < SECONDS_TO_START * 10; tries++) {
            try {
                connect("postgres").close();
                return;
            } catch (SQLException e) {
                if (server.waitFor(100, TimeUnit.MILLISECONDS))
                    break;
            }
        }
        throw new IOException("PostgreSQL does not start: " + Files.readString(log));
    }

    /** Ends it as an administrator does who does not wait for its clients: their connections break. */
    public void stop() throws IOException, InterruptedException {
        // what a plain destroy() asks for waits until all clients have gone
        new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start().waitFor();
        if (!server.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS))
            kill();
    }

    /** Ends all its processes at once, without a chance to write anything more. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> processes = new ArrayList<>(server.descendants().toList());
        processes.add(0, server.toHandle());
        processes.forEach(ProcessHandle::destroyForcibly);
        server.waitFor();
    }

    /** Its address for JDBC, with a database of it. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** Runs one SQL statement in its own database. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect("postgres"); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection to one of its databases. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, null);
    }

    private ProcessBuilder process(List<String> command) {
        List<String> unprivileged = new ArrayList<>();
        if (System.getProperty("user.name").equals("root"))
            unprivileged.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        unprivileged.addAll(command);
        return new ProcessBuilder(unprivileged).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /** Ends it and removes its data. */
    @Override
    public void close() {
        try {
            if (server.isAlive())
                stop();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(PostgresServer::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
