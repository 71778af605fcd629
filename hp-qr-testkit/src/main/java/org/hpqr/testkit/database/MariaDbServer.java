package org.hpqr.testkit.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** MariaDB, with the defaults it has without a configuration: latin1, and a collation that ignores case. */
public final class MariaDbServer extends DatabaseServer {

    private static final Path HOME = Path.of(System.getProperty("hpqr.mariadb", "/usr"));
    private static final Path SERVER = HOME.resolve("sbin/mariadbd");

    /** Makes an empty data folder, and starts. */
    public MariaDbServer() throws IOException, InterruptedException {
        super("mariadb");
        run(List.of(HOME.resolve("bin/mariadb-install-db").toString(), "--no-defaults", "--basedir=" + HOME,
                "--datadir=" + data(), "--auth-root-authentication-method=normal", "--skip-test-db"));
        Files.writeString(users(), "CREATE USER IF NOT EXISTS " + USER + ";\nGRANT ALL ON *.* TO " + USER + " WITH GRANT OPTION;\n");
        start();
    }

    /** Says whether MariaDB is on this machine. */
    public static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    private Path users() {
        return folder().resolve("users.sql");
    }

    @Override
    List<String> serving() {
        return List.of(SERVER.toString(), "--no-defaults", "--datadir=" + data(), "--port=" + port(),
                "--bind-address=127.0.0.1", "--skip-name-resolve", "--socket=" + folder().resolve("socket"),
                "--init-file=" + users(), "--innodb-flush-log-at-trx-commit=2", "--innodb-flush-method=nosync");
    }

    @Override
    String stopSignal() {
        return "-TERM";
    }

    @Override
    String ownDatabase() {
        return "mysql";
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
    }
}
