package org.hpqr.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * How far the integrity check has come and what it has found: in the database, so that a restart begins nothing anew, and
 * several servers do the work of one.
 *
 * <p>All calls throw {@link DatabaseException} if the database refuses or fails.
 */
@ApplicationScoped
public class IntegrityRecords {

    /** Most damaged objects that are told at a time. */
    public static final int MAX_DAMAGED = 1_000;

    private static final int MAX_PROBLEM = 255;

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    /** For the container. */
    public IntegrityRecords() {
    }

    /** For use outside a container. */
    public IntegrityRecords(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Something to do with a statement. */
    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    /**
     * How far the check of all objects has come.
     *
     * @param begunMillis when it began, in milliseconds since 1970; {@code null}: never
     * @param checked     how many objects it has read
     * @param lastPk      the last one of them, in the order of {@link Inventory#after}
     */
    public record Progress(Long begunMillis, long checked, long lastPk) {
    }

    /** How far it has come. */
    public Progress progress() {
        return execute("SELECT begun_millis, checked, last_pk FROM hp_integrity_check WHERE pk = 1", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next())
                    throw new SQLException("hp_integrity_check has no row");
                long begun = row.getLong(1);
                return new Progress(row.wasNull() ? null : begun, row.getLong(2), row.getLong(3));
            }
        });
    }

    /** It has come from {@code before} to {@code now}; nothing happens if another server has done that. */
    public void advance(Progress before, Progress now) {
        execute("UPDATE hp_integrity_check SET begun_millis = ?, checked = ?, last_pk = ? WHERE pk = 1 AND checked = ? AND last_pk = ?",
                statement -> {
                    statement.setLong(1, now.begunMillis());
                    statement.setLong(2, now.checked());
                    statement.setLong(3, now.lastPk());
                    statement.setLong(4, before.checked());
                    statement.setLong(5, before.lastPk());
                    return statement.executeUpdate();
                });
    }

    /** What is wrong with damaged objects, by SOP Instance UID, the one found first coming first; {@link #MAX_DAMAGED} at most. */
    public Map<String, String> damaged() {
        return execute("SELECT sop_iuid, problem FROM hp_damaged_object ORDER BY found_millis, sop_iuid", statement -> {
            statement.setMaxRows(MAX_DAMAGED);
            Map<String, String> damaged = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next())
                    damaged.put(rows.getString(1), rows.getString(2));
            }
            return damaged;
        });
    }

    /** An object is damaged. It must not be among {@link #damaged}. */
    public void addDamaged(String sopInstanceUid, String problem, long nowMillis) {
        execute("INSERT INTO hp_damaged_object (sop_iuid, problem, found_millis) VALUES (?, ?, ?)", statement -> {
            statement.setString(1, sopInstanceUid);
            statement.setString(2, problem.length() > MAX_PROBLEM ? problem.substring(0, MAX_PROBLEM) : problem);
            statement.setLong(3, nowMillis);
            return statement.executeUpdate();
        });
    }

    /** An object is not damaged any more, or no longer stored. */
    public void removeDamaged(String sopInstanceUid) {
        execute("DELETE FROM hp_damaged_object WHERE sop_iuid = ?", statement -> {
            statement.setString(1, sopInstanceUid);
            return statement.executeUpdate();
        });
    }

    private <T> T execute(String sql, Work<T> work) {
        try (Connection connection = dataSource.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
