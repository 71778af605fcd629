package org.hpqr.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Makes durable what was committed, for a database whose commit does not wait for the disk: H2 writes at each commit, and
 * leaves it to the operating system when that reaches the disk, unless it is told to sync. Others have done so already.
 */
@ApplicationScoped
public class CommitSync {

    private static final String NONE = "";

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    /** What tells the database to sync; {@link #NONE} if it needs not be told. */
    private volatile String statement;

    private final AtomicLong asked = new AtomicLong();
    private long done;

    /** For the container. */
    public CommitSync() {
    }

    /** For use outside a container. */
    public CommitSync(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Returns when everything that was committed before the call is durable. Calls at once share one sync. To be called
     * outside a transaction.
     *
     * @throws SQLException the database did not say that it is
     */
    public void sync() throws SQLException {
        if (NONE.equals(statement))
            return;
        long mine = asked.incrementAndGet();
        synchronized (this) {
            if (done >= mine)
                return;
            // whoever has asked by now has committed before
            long upToHere = asked.get();
            execute();
            done = upToHere;
        }
    }

    private void execute() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (statement == null)
                statement = connection.getMetaData().getDatabaseProductName().equals("H2") ? "CHECKPOINT SYNC" : NONE;
            if (NONE.equals(statement))
                return;
            try (Statement sync = connection.createStatement()) {
                sync.execute(statement);
            }
        }
    }
}
