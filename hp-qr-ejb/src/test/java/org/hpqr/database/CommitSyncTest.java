package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an H2 database when the power fails right after {@link CommitSync#sync()}. */
class CommitSyncTest {

    @TempDir
    private Path directory;

    private JdbcConnectionPool database;

    @BeforeAll
    static void register() {
        FilePath.register(new LosingWhatIsNotForced());
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void whatWasCommittedAndSyncedOutlivesThePowerFailure() throws Exception {
        database = JdbcConnectionPool.create("jdbc:h2:" + LosingWhatIsNotForced.SCHEME + ":" + directory.resolve("db")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
        CommitSync commits = new CommitSync(database);
        execute("CREATE TABLE stored (id INTEGER)");
        for (int id = 1; id <= 20; id++) {
            execute("INSERT INTO stored VALUES (" + id + ")");
            commits.sync();

            assertEquals(id, countAfterPowerFailure());
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private int countAfterPowerFailure() throws SQLException, IOException {
        Path copy = directory.resolve("after.mv.db");
        Files.copy(LosingWhatIsNotForced.durable(directory.resolve("db.mv.db")), copy, StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("after"), "sa", "");
             ResultSet count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM stored")) {
            count.next();
            return count.getInt(1);
        }
    }

    /** A file system that keeps beside each file what of it would be there after a power failure. */
    public static final class LosingWhatIsNotForced extends FilePathWrapper {

        static final String SCHEME = "losing";

        static Path durable(Path file) {
            return file.resolveSibling(file.getFileName() + ".durable");
        }

        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new Losing(Path.of(getBase().toString()), getBase().open(mode));
        }
    }

    /** A channel to such a file. */
    private static final class Losing extends FileBaseDefault {

        private final Path file;
        private final FileChannel channel;

        private Losing(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            channel.force(metaData);
            Files.copy(file, LosingWhatIsNotForced.durable(file), StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public synchronized int read(ByteBuffer to, long position) throws IOException {
            return channel.read(to, position);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            return channel.write(from, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
