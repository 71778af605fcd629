package org.hpqr.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL. */
public final class PostgresServer extends DatabaseServer {

    /** Where Debian has it, one folder for each version. */
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Path BINARIES = binaries();

    private final boolean durable;

    /** Makes an empty data folder, and starts; it waits for no disk. */
    public PostgresServer() throws IOException, InterruptedException {
        super("postgres");
        durable = false;
        // a language's default collation: a comparison that forgets the columns' binary collation shows
        run(List.of(binary("initdb"), "-D", data(), "-U", USER, "-A", "trust",
                "-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync"));
        start();
    }

    /**
     * Starts with its own settings, which are safe ones: it waits for the disk. Text is compared by bytes.
     *
     * @param folder   of the data, which is kept; made if it is not there
     * @param database made with the folder
     */
    public PostgresServer(Path folder, String database) throws IOException, InterruptedException, SQLException {
        super("postgres", folder);
        durable = true;
        boolean isNew = Files.notExists(Path.of(data()));
        if (isNew)
            run(List.of(binary("initdb"), "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"));
        start();
        if (isNew)
            execute("CREATE DATABASE " + database);
    }

    /** The newest version. */
    private static Path binaries() {
        String named = System.getProperty("hpqr.postgres");
        if (named != null || !Files.isDirectory(INSTALLED))
            return Path.of(named == null ? "/usr/bin" : named);
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin")).filter(Files::isDirectory)
                    .max(Comparator.comparingInt(PostgresServer::version)).orElse(INSTALLED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path binaries) {
        return Integer.parseInt(binaries.getParent().getFileName().toString().replaceAll("\\D.*", ""));
    }

    /** Says whether PostgreSQL is on this machine. */
    public static boolean isInstalled() {
        return Files.isExecutable(BINARIES.resolve("postgres"));
    }

    /** The path of one of its programs. */
    public static String binary(String name) {
        return BINARIES.resolve(name).toString();
    }

    @Override
    List<String> serving() {
        return List.of(binary("postgres"), "-D", data(), "-p", String.valueOf(port()),
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder(),
                "-c", "fsync=" + (durable ? "on" : "off"));
    }

    @Override
    String stopSignal() {
        // after the gentler SIGTERM it would wait until all clients have gone
        return "-INT";
    }

    @Override
    String ownDatabase() {
        return "postgres";
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }
}
