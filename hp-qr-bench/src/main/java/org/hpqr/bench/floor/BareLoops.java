package org.hpqr.bench.floor;

import java.io.IOException;
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

/** Loops without DICOM in the server, over the data source that the plugin uses. */
final class BareLoops {

    private final DataSource dataSource;
    private final ExecutorService threads;
    BareLoops(DataSource dataSource, ExecutorService threads) {
        this.dataSource = dataSource;
        this.threads = threads;
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
     * One row committed with the bytes of an object and with what is searched of it: what it takes to be sure of an object.
     *
     * @return for each thread, the times of the steps in nanoseconds
     */
    List<List<Long>> durable(int parallel, long nanos, byte[] object, byte[] attributes)
            throws InterruptedException, IOException, SQLException {
        String bytes = isPostgres() ? "BYTEA" : "BLOB";
        execute("CREATE TABLE IF NOT EXISTS bench_row (id VARCHAR(64) PRIMARY KEY, attrs " + bytes + ", content " + bytes + ")");
        return loop(parallel, nanos, (thread, count) -> {
            try (Connection connection = dataSource.getConnection();
                 PreparedStatement statement = connection.prepareStatement("INSERT INTO bench_row (id, attrs, content) VALUES (?, ?, ?)")) {
                statement.setString(1, UUID.randomUUID().toString());
                statement.setBytes(2, attributes);
                statement.setBytes(3, object);
                statement.executeUpdate();
            }
        });
    }

    /** Removes the objects that came from a calling AE title. */
    void forget(String callingAET) throws SQLException {
        String from = " FROM hp_object WHERE source_aet = '" + callingAET + "'";
        execute("DELETE" + from);
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
