package org.hpqr.it;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.testkit.database.PostgresServer;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.RandomProtocols;
import org.hpqr.testkit.server.ExternalProcess;
import org.hpqr.testkit.server.StandaloneServer;

/**
 * A server with the default heap of 512 MB that holds 100,000 objects, on H2 or, with {@code -Dhpqr.db=postgresql}, on PostgreSQL. Some
 * are stored by C-STORE; the rest are copies of their rows under other UIDs, which name the same bytes.
 */
final class LargeSite implements AutoCloseable {

    static final int OBJECTS = Integer.getInteger("it.large.objects", 100_000);
    /** In the heap after a collection: H2's cache comes and goes, and up to 64 MB of decoded attributes are kept. */
    static final int MAX_GROWTH_MB = 96;

    private static final int ORIGINALS = 1_000;
    private static final Pattern USED_HEAP = Pattern.compile("total \\d+K, used (\\d+)K");

    private final Path data;
    private final PostgresServer postgres;
    private final Map<String, String> environment = new HashMap<>();
    private final StandaloneServer server;

    /**
     * Fills a server and starts it again.
     *
     * @param settings environment variables with settings
     */
    LargeSite(Path data, Map<String, String> settings) throws Exception {
        this.data = data;
        environment.put("JAVA_OPTS", "-Xms64m -Xmx512m -XX:+UseSerialGC");
        environment.putAll(settings);
        postgres = System.getProperty("it.db", "h2").equals("postgresql") ? new PostgresServer() : null;
        try {
            if (postgres != null) {
                postgres.execute("CREATE DATABASE hpqr");
                environment.putAll(Map.of("HPQR_DB", "postgresql", "HPQR_DB_URL", postgres.url("hpqr"), "HPQR_DB_USER",
                        PostgresServer.USER));
            }
            store();
            copy();
            server = StandaloneServer.start(data, environment);
        } catch (Exception | Error e) {
            if (postgres != null)
                postgres.close();
            throw e;
        }
    }

    StandaloneServer server() {
        return server;
    }

    /** SOP Instance UIDs of that many of the objects. */
    static String[] uids(int count) {
        List<String> originals = originals().stream().map(object -> object.getString(Tag.SOPInstanceUID)).toList();
        return IntStream.range(0, count)
                .mapToObj(i -> originals.get(i % ORIGINALS) + (i < ORIGINALS ? "" : "." + (i / ORIGINALS + 1))).toArray(String[]::new);
    }

    private static List<Attributes> originals() {
        return new RandomProtocols(1).next(ORIGINALS);
    }

    private void store() throws Exception {
        try (StandaloneServer filled = StandaloneServer.start(data, environment)) {
            try (Peer peer = new Peer(filled.port())) {
                for (Attributes object : originals())
                    if (peer.store(object, UID.ExplicitVRLittleEndian).status() != 0)
                        throw new AssertionError("not stored");
            }
            filled.stop();
        }
    }

    private void copy() throws SQLException, IOException, InterruptedException {
        String numbers = postgres == null ? "SYSTEM_RANGE(2, %d) n" : "generate_series(2, %d) n(x)";
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            List<String> columns = columns(connection);
            List<String> values = columns.stream()
                    .map(column -> column.equals("sop_iuid") ? "sop_iuid || '.' || n.x" : column).toList();
            statement.execute("INSERT INTO hp_object (" + String.join(", ", columns) + ") SELECT " + String.join(", ", values)
                    + " FROM hp_object, " + String.format(numbers, OBJECTS / ORIGINALS));
        }
        if (postgres != null)
            postgres.execute("CHECKPOINT");
    }

    private Connection connect() throws SQLException {
        return postgres == null ? DriverManager.getConnection("jdbc:h2:file:" + data.resolve("hp-qr"), "sa", "sa")
                : DriverManager.getConnection(postgres.url("hpqr"), PostgresServer.USER, "");
    }

    private static List<String> columns(Connection connection) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
             ResultSet none = statement.executeQuery("SELECT * FROM hp_object WHERE pk IS NULL")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++)
                columns.add(none.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
        }
        columns.remove("pk");
        return columns;
    }

    /** Megabytes of objects in the server's heap after a full collection, whatever goes on meanwhile. */
    int usedHeap() {
        String pid = String.valueOf(server.java().pid());
        ExternalProcess.run(Path.of("."), List.of("jcmd", pid, "GC.run"));
        int kilobytes = 0;
        for (Matcher used = USED_HEAP.matcher(String.join("\n",
                ExternalProcess.run(Path.of("."), List.of("jcmd", pid, "GC.heap_info")))); used.find();)
            kilobytes += Integer.parseInt(used.group(1));
        return kilobytes >> 10;
    }

    @Override
    public void close() {
        server.close();
        if (postgres != null)
            postgres.close();
    }
}
