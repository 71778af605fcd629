package org.hpqr.bench.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Loops without DICOM in the server, over the data source and the disk that the plugin uses. */
final class BareLoops {

    private final DataSource dataSource;
    private final ExecutorService threads;
    /** For the files of the durable loop. */
    private final Path directory;
    /** Where the server keeps objects. */
    private final Path objects;

    /** @param data the server's data directory */
    BareLoops(DataSource dataSource, ExecutorService threads, Path data) {
        this.dataSource = dataSource;
        this.threads = threads;
        directory = data.resolve("bench");
        objects = data.resolve("objects");
    }

    /** What a loop does once. */
    private interface Step {
        void perform(int thread, int count) throws IOException, SQLException;
    }

    /**
     * One prepared SELECT of an object's attributes by its UID, on a connection from the pool.
     *
     * @return for each thread, the times of the steps in nanoseconds
     */
    List<List<Long>> select(int parallel, long nanos, List<String> uids) throws InterruptedException, IOException {
        return loop(parallel, nanos, (thread, count) -> {
            String uid = uids.get((thread * 31 + count) % uids.size());
            try (Connection connection = dataSource.getConnection();
                 PreparedStatement statement = connection.prepareStatement("SELECT attrs FROM hp_object WHERE sop_iuid = ?")) {
                statement.setString(1, uid);
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next() || rows.getBytes(1).length == 0)
                        throw new IOException("no row for " + uid);
                }
            }
        });
    }

    /**
     * One file written and synced, its directory synced, one row committed: what it takes to be sure of an object.
     *
     * @return for each thread, the times of the steps in nanoseconds
     */
    List<List<Long>> durable(int parallel, long nanos, byte[] object, byte[] attributes)
            throws InterruptedException, IOException, SQLException {
        execute("CREATE TABLE IF NOT EXISTS bench_row (id VARCHAR(64) PRIMARY KEY, attrs "
                + (isPostgres() ? "BYTEA" : "BLOB") + ")");
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < parallel; i++)
            folders.add(Files.createDirectories(directory.resolve(String.valueOf(i))));
        return loop(parallel, nanos, (thread, count) -> {
            String id = UUID.randomUUID().toString();
            Path folder = folders.get(thread);
            try (FileChannel file = FileChannel.open(folder.resolve(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (ByteBuffer rest = ByteBuffer.wrap(object); rest.hasRemaining();)
                    file.write(rest);
                file.force(true);
            }
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
            try (Connection connection = dataSource.getConnection();
                 PreparedStatement statement = connection.prepareStatement("INSERT INTO bench_row (id, attrs) VALUES (?, ?)")) {
                statement.setString(1, id);
                statement.setBytes(2, attributes);
                statement.executeUpdate();
            }
        });
    }

    /** Removes the objects that came from a calling AE title; the sweep would give bytes that are left behind a row again. */
    void forget(String callingAET) throws SQLException, IOException {
        String from = " FROM hp_object WHERE source_aet = '" + callingAET + "'";
        List<String> paths = new ArrayList<>();
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("SELECT storage_path" + from)) {
            while (rows.next())
                paths.add(rows.getString(1));
        }
        execute("DELETE FROM hp_definition_code WHERE hp_fk IN (SELECT pk" + from + ")");
        execute("DELETE FROM hp_definition WHERE hp_fk IN (SELECT pk" + from + ")");
        execute("DELETE" + from);
        for (String path : paths)
            Files.deleteIfExists(objects.resolve(path));
    }

    /** Brings the statistics of the tables up to date, as a database does by itself after some minutes. */
    void analyze() throws SQLException {
        execute(isPostgres() ? "VACUUM ANALYZE" : "ANALYZE");
        if (isPostgres())
            execute("CHECKPOINT");
    }

    private boolean isPostgres() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private List<List<Long>> loop(int parallel, long nanos, Step step) throws InterruptedException, IOException {
        long end = System.nanoTime() + nanos;
        List<Future<List<Long>>> running = new ArrayList<>();
        for (int i = 0; i < parallel; i++) {
            int thread = i;
            running.add(threads.submit(() -> {
                List<Long> times = new ArrayList<>();
                for (long begin = System.nanoTime(); begin < end;) {
                    step.perform(thread, times.size());
                    long now = System.nanoTime();
                    times.add(now - begin);
                    begin = now;
                }
                return times;
            }));
        }
        List<List<Long>> all = new ArrayList<>();
        for (Future<List<Long>> one : running) {
            try {
                all.add(one.get());
            } catch (ExecutionException e) {
                throw new IOException("a loop failed", e);
            }
        }
        return all;
    }
}
