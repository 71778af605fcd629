package org.hpqr.standalone.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.hpqr.control.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the file of H2 while it is in use, which only the process that has it open can do. Database servers have programs
 * of their own for that.
 */
public final class BackupOperation implements ControlOperation {

    private static final Logger LOG = LoggerFactory.getLogger(BackupOperation.class);

    private final DataSource dataSource;

    public BackupOperation(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void run(Frame request, String user, DataInputStream in, DataOutputStream out) throws IOException {
        Frame.end(backUp(Path.of(request.text()))).write(out);
    }

    /** @return why there is no backup; empty if there is one */
    private String backUp(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("H2"))
                return "the database is " + product + ", which has programs of its own for a backup";
            statement.execute("BACKUP TO '" + unfinished.toString().replace("'", "''") + "'");
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            LOG.info("The database is backed up to {}", file);
            return "";
        } catch (SQLException | IOException e) {
            LOG.warn("The database was not backed up to {}", file, e);
            return "the backup failed: " + e.getMessage();
        }
    }
}
