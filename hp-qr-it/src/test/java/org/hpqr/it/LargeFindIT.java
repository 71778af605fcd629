package org.hpqr.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.dimse.Peer;
import org.hpqr.model.PostgresServer;
import org.hpqr.model.SearchDatabase;
import org.hpqr.query.ProtocolIndexer;
import org.hpqr.samples.RandomProtocols;
import org.hpqr.samples.SampleRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A universal query over 100,000 objects in a server with 256 MB. It is timed, so it runs alone, by a profile:
 * {@code ./verify.sh -Plarge-find [-Dhpqr.db=postgresql]}.
 */
class LargeFindIT {

    private static final int OBJECTS = Integer.getInteger("it.large.objects", 100_000);
    /** Made one by one; the rest are copies of their rows under other UIDs. */
    private static final int ORIGINALS = 1_000;
    private static final int HEAP_MB = 256;
    /** In the heap after a collection: H2's cache comes and goes. The objects would be three times as much. */
    private static final int MAX_GROWTH_MB = 48;
    private static final Pattern USED_HEAP = Pattern.compile("total \\d+K, used (\\d+)K");

    @TempDir
    private Path data;

    @Test
    void firstMatchWithinASecondAndConstantMemory() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_OPTS", "-Xms64m -Xmx" + HEAP_MB + "m -XX:+UseSerialGC");
        if (!System.getProperty("it.db", "h2").equals("postgresql")) {
            fill(JdbcConnectionPool.create("jdbc:h2:file:" + data.resolve("hp-qr"), "sa", "sa"), "SYSTEM_RANGE(2, %d) n");
            measure(environment);
            return;
        }
        try (PostgresServer postgres = new PostgresServer()) {
            postgres.execute("CREATE DATABASE hpqr");
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(postgres.url("hpqr"));
            dataSource.setUser(PostgresServer.USER);
            fill(dataSource, "generate_series(2, %d) n(x)");
            postgres.execute("CHECKPOINT");
            environment.putAll(Map.of("HPQR_DB", "postgresql", "HPQR_DB_URL", postgres.url("hpqr"), "HPQR_DB_USER", PostgresServer.USER));
            measure(environment);
        }
    }

    /** @param numbers a table with a column x of the numbers from 2 to the one that is put in */
    private static void fill(DataSource dataSource, String numbers) throws SQLException {
        try (SearchDatabase database = new SearchDatabase(dataSource)) {
            database.add(new RandomProtocols(1).next(ORIGINALS).stream().map(ProtocolIndexer::index).toList());
            try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
                List<String> columns = columns(connection);
                List<String> values = columns.stream()
                        .map(column -> column.equals("sop_iuid") ? "sop_iuid || '.' || n.x" : column).toList();
                statement.execute("INSERT INTO hp_object (" + String.join(", ", columns) + ") SELECT " + String.join(", ", values)
                        + " FROM hp_object, " + String.format(numbers, OBJECTS / ORIGINALS));
            }
        }
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

    private void measure(Map<String, String> environment) throws Exception {
        try (StandaloneServer server = StandaloneServer.start(data, environment); Peer peer = new Peer(server.port())) {
            // classes are loaded and connections open
            peer.find(SampleRequests.byRegion("no such code", "SCT", "")).next();
            for (int round = 1; round <= 3; round++)
                measure(server, peer, round == 3);
        }
    }

    private static void measure(StandaloneServer server, Peer peer, boolean checked) throws Exception {
        Attributes request = SampleRequests.everyProtocol();
        TreeMap<Integer, Integer> heaps = new TreeMap<>();
        long begin = System.nanoTime();
        Peer.Pending find = peer.find(request);
        assertEquals(0xFF00, find.next().status());
        long first = millisSince(begin);
        int matches = 1;
        Peer.Response response = find.next();
        for (; response.status() == 0xFF00; response = find.next())
            if (++matches % (OBJECTS / 4) == 0 && matches < OBJECTS)
                heaps.put(matches, usedHeap(server));
        System.out.printf("first of %d matches after %d ms, all after %d ms; MB of heap in use after so many: %s%n", matches,
                first, millisSince(begin), heaps);
        assertEquals(0x0000, response.status());
        assertEquals(OBJECTS, matches);
        if (checked) {
            assertTrue(first < 1_000, () -> "first match after " + first + " ms");
            assertTrue(heaps.lastEntry().getValue() - heaps.firstEntry().getValue() < MAX_GROWTH_MB, heaps::toString);
        }
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Megabytes of objects after a full collection, while the query goes on. */
    private static int usedHeap(StandaloneServer server) {
        ProcessHandle java = server.process().handles().stream()
                .filter(process -> process.info().command().orElse("").endsWith("java")).findFirst().orElseThrow();
        String pid = String.valueOf(java.pid());
        ExternalProcess.run(Path.of("."), List.of("jcmd", pid, "GC.run"));
        int kilobytes = 0;
        for (Matcher used = USED_HEAP.matcher(String.join("\n",
                ExternalProcess.run(Path.of("."), List.of("jcmd", pid, "GC.heap_info")))); used.find();)
            kilobytes += Integer.parseInt(used.group(1));
        return kilobytes >> 10;
    }
}
