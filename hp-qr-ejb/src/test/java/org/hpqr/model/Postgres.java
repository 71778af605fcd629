package org.hpqr.model;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * A PostgreSQL server of our own: made in a temporary folder, on a free port of 127.0.0.1, gone with this Java. As its
 * default collation is a language's, a comparison that forgets the columns' binary collation shows.
 *
 * <p>It refuses to run as root; root therefore starts it as {@code nobody}.
 */
public final class Postgres {

    private static final Path BINARIES = Path.of(System.getProperty("hpqr.postgres", "/usr/lib/postgresql/15/bin"));
    private static final int SECONDS_TO_START = 60;

    private static Postgres running;

    private final int port;
    private int databases;

    private Postgres() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hpqr-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        run(log, List.of(BINARIES.resolve("initdb").toString(), "-D", data.toString(), "-U", "hpqr", "-A", "trust",
                "-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync")).waitFor();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process server = run(log, List.of(BINARIES.resolve("postgres").toString(), "-D", data.toString(), "-p",
                String.valueOf(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder,
                "-c", "fsync=off"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        awaitStart(server, log);
    }

    /**
     * A pool of at most 4 connections to an empty database. Without PostgreSQL on this machine the test that asks for it is skipped, and says so.
     */
    public static synchronized JdbcConnectionPool newDatabase() {
        if (!Files.isExecutable(BINARIES.resolve("postgres"))) {
            String message = "NOT TESTED ON POSTGRESQL: there is no " + BINARIES.resolve("postgres")
                    + " (Debian package postgresql; another place: -Dhpqr.postgres=...)";
            System.err.println(message);
            return abort(message);
        }
        try {
            if (running == null)
                running = new Postgres();
            return running.create();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL could not be used", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JdbcConnectionPool create() throws SQLException {
        String name = "hpqr" + ++databases;
        try (Connection connection = DriverManager.getConnection(url("postgres"), "hpqr", null);
             Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        PGConnectionPoolDataSource database = new PGConnectionPoolDataSource();
        database.setUrl(url(name));
        database.setUser("hpqr");
        JdbcConnectionPool pool = JdbcConnectionPool.create(database);
        pool.setMaxConnections(4);
        return pool;
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void awaitStart(Process server, Path log) throws IOException, InterruptedException {
        for (int tries = 0; tries < SECONDS_TO_START * 10; tries++) {
            try {
                DriverManager.getConnection(url("postgres"), "hpqr", null).close();
                return;
            } catch (SQLException e) {
                if (server.waitFor(100, TimeUnit.MILLISECONDS))
                    break;
            }
        }
        throw new IOException("PostgreSQL does not start: " + Files.readString(log));
    }

    private static Process run(Path log, List<String> command) throws IOException {
        List<String> unprivileged = new ArrayList<>();
        if (System.getProperty("user.name").equals("root"))
            unprivileged.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        unprivileged.addAll(command);
        return new ProcessBuilder(unprivileged).directory(log.getParent().toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private static void stop(Process server, Path folder) {
        try {
            // what a plain destroy() asks for waits until all clients have gone
            new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start().waitFor();
            if (!server.waitFor(10, TimeUnit.SECONDS))
                server.destroyForcibly().waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(Postgres::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
