package org.hpqr.testkit.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL. */
public final class PostgresServer extends DatabaseServer {

    private static final Path BINARIES = Path.of(System.getProperty("hpqr.postgres", "/usr/lib/postgresql/15/bin"));

    /** Makes an empty data folder, and starts. */
    public PostgresServer() throws IOException, InterruptedException {
        super("postgres");
        // a language's default collation: a comparison that forgets the columns' binary collation shows
        run(List.of(binary("initdb"), "-D", data(), "-U", USER, "-A", "trust",
                "-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync"));
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

    @Override
    List<String> serving() {
        return List.of(binary("postgres"), "-D", data(), "-p", String.valueOf(port()),
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder(), "-c", "fsync=off");
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
