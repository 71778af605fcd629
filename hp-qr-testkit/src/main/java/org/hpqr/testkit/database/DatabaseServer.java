package org.hpqr.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.hpqr.testkit.FreePort;

/**
 * A database server process of our own, on a free port of 127.0.0.1. It can be stopped, killed and started again with the
 * same data and port. It refuses to run as root; root therefore starts it as
 * {@code nobody}. {@link #USER} may do everything, without a password.
 */
public abstract class DatabaseServer implements AutoCloseable {

    /** The owner of everything; there is no password. */
    public static final String USER = "hpqr";

    private static final int SECONDS_TO_START = 150;
    private static final int SECONDS_TO_STOP = 10;

    private final String name;
    private final Path folder;
    private final boolean temporary;
    private final Path log;
    private final int port;
    private Process server;

    /** One whose data is in a temporary folder, which goes with it. */
    DatabaseServer(String name) throws IOException {
        this(name, Files.createTempDirectory("hpqr-" + name), true);
    }

    /** One whose data is in this folder, and stays there. */
    DatabaseServer(String name, Path folder) throws IOException {
        this(name, Files.createDirectories(folder), false);
    }

    private DatabaseServer(String name, Path folder, boolean temporary) throws IOException {
        this.name = name;
        this.folder = folder;
        this.temporary = temporary;
        log = folder.resolve("log");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        port = FreePort.find();
    }

    /** The command that serves {@link #data()} on {@link #port()}. */
    abstract List<String> serving();

    /** The signal of an administrator who does not wait for the clients. */
    abstract String stopSignal();

    /** A database that is always there. */
    abstract String ownDatabase();

    /** Its address for JDBC, with a database of it. */
    public abstract String url(String database);

    public int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    /** Its first process, whose children serve its clients. */
    public ProcessHandle process() {
        return server.toHandle();
    }

    String data() {
        return folder.resolve("data").toString();
    }

    /** Starts it, and waits until it takes connections. */
    public void start() throws IOException, InterruptedException {
        server = process(serving()).start();
        for (int tries = 0; tries < SECONDS_TO_START * 10; tries++) {
            try {
                connect(ownDatabase()).close();
                return;
            } catch (SQLException e) {
                if (server.waitFor(100, TimeUnit.MILLISECONDS))
                    break;
            }
        }
        kill();
        throw new IOException(name + " does not start: " + Files.readString(log));
    }

    /** Ends it as an administrator does who does not wait for its clients: their connections break. */
    public void stop() throws IOException, InterruptedException {
        // the shell's own kill: a small Debian has no other
        new ProcessBuilder("sh", "-c", "kill " + stopSignal() + ' ' + server.pid()).start().waitFor();
        if (!server.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS))
            kill();
    }

    /** Ends all its processes at once, without a chance to write anything more. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> processes = new ArrayList<>(server.descendants().toList());
        processes.add(0, server.toHandle());
        processes.forEach(ProcessHandle::destroyForcibly);
        server.waitFor();
        // PostgreSQL does not start as long as one of its processes is left
        processes.forEach(process -> process.onExit().join());
    }

    /** Runs one SQL statement in its own database. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect(ownDatabase()); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection to one of its databases. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, null);
    }

    /** Runs a program of it to its end, in its folder. */
    void run(List<String> command) throws IOException, InterruptedException {
        if (process(command).start().waitFor() != 0)
            throw new IOException(name + ": " + Files.readString(log));
    }

    private ProcessBuilder process(List<String> command) {
        List<String> unprivileged = new ArrayList<>();
        if (System.getProperty("user.name").equals("root"))
            unprivileged.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        unprivileged.addAll(command);
        ProcessBuilder process = new ProcessBuilder(unprivileged).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // a MariaDB that starts removes temporary tables from its folder for them, also those of another one
        process.environment().put("TMPDIR", folder.toString());
        return process;
    }

    /** Ends it, and removes its data if that is temporary. */
    @Override
    public void close() {
        try {
            if (server != null && server.isAlive())
                stop();
            if (!temporary)
                return;
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(DatabaseServer::delete);
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
