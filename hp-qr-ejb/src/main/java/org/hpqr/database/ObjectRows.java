package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;

/**
 * Writes rows of {@code hp_object}. The transaction is the caller's, and has one object: what it does first is to count the
 * change ({@code hp_change}), whose row it then has for itself until it ends. So the changes of a shard become visible in
 * the order of their numbers, and no two transactions ever wait for each other.
 */
public final class ObjectRows {

    /** Read by {@link #toInstance}. */
    static final String INSTANCE =
            "sop_iuid, state, version, transfer_syntax, content_digest, storage_id, storage_path, object_size, object_digest";

    /** What changes when an object is replaced, in the order of {@link #setContent}. */
    private static final List<String> CONTENT = List.of("attrs", "attrs_size", "transfer_syntax", "content_digest", "content",
            "storage_id", "storage_path", "object_size", "object_digest", "source_aet", "updated_time", "shard");

    private static final String COUNT_CHANGE = "UPDATE hp_change SET n = n + 1 WHERE shard = ?";
    /** What {@link #countChange} made of it: read in the statement that writes the row, which saves an exchange. */
    private static final String CHANGE_NUMBER = "(SELECT n FROM hp_change WHERE shard = ?)";
    private static final String INSERT = "INSERT INTO hp_object (" + String.join(", ", CONTENT)
            + ", change_number, sop_iuid, created_time, version, state) VALUES ("
            + String.join(", ", Collections.nCopies(CONTENT.size(), "?")) + ", " + CHANGE_NUMBER + ", ?, ?, 0, 0)";
    private static final String IF_UNCHANGED = ", version = version + 1 WHERE sop_iuid = ? AND version = ?";
    private static final String REPLACE = "UPDATE hp_object SET " + String.join(" = ?, ", CONTENT)
            + " = ?, state = 0, change_number = " + CHANGE_NUMBER + IF_UNCHANGED;
    private static final String CHANGE_STATE = "UPDATE hp_object SET state = ?, updated_time = ?, shard = ?, change_number = "
            + CHANGE_NUMBER + IF_UNCHANGED;
    private static final String EMPTY = "UPDATE hp_object SET attrs = NULL, attrs_size = 0, content = NULL, storage_id = NULL, "
            + "storage_path = NULL, object_size = 0 WHERE sop_iuid = ?";

    private final Connection connection;

    public ObjectRows(Connection connection) {
        this.connection = connection;
    }

    /** @param first the column that {@link #INSTANCE} begins with */
    static StoredInstance toInstance(ResultSet row, int first) throws SQLException {
        String storageId = row.getString(first + 5);
        return new StoredInstance(row.getString(first), ObjectState.values()[row.getInt(first + 1)], row.getLong(first + 2),
                row.getString(first + 3), row.getString(first + 4),
                storageId == null ? null : new ObjectLocation(storageId, row.getString(first + 6)), row.getLong(first + 7),
                row.getString(first + 8));
    }

    /**
     * Adds an object.
     *
     * @throws SQLException among others: there is a row with its SOP Instance UID
     */
    public void add(NewVersion object) throws SQLException {
        countChange(object.sopInstanceUid());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            LocalDateTime now = now();
            int next = setContent(insert, object, now);
            insert.setString(next++, object.sopInstanceUid());
            insert.setObject(next, now);
            insert.executeUpdate();
        }
    }

    /**
     * Takes over another content under the same SOP Instance UID; it is {@link ObjectState#STORED} then.
     *
     * @return {@code false} if the row is not any more what was found: the transaction is to be rolled back
     */
    boolean replace(StoredInstance found, NewVersion object) throws SQLException {
        countChange(found.sopInstanceUid());
        try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
            int next = setContent(update, object, now());
            update.setString(next++, found.sopInstanceUid());
            update.setLong(next, found.version());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Changes the state; {@link ObjectState#REMOVED} takes attributes and bytes with it.
     *
     * @return as {@link #replace}
     */
    boolean changeState(StoredInstance found, ObjectState state) throws SQLException {
        String uid = found.sopInstanceUid();
        countChange(uid);
        try (PreparedStatement update = connection.prepareStatement(CHANGE_STATE)) {
            update.setInt(1, state.ordinal());
            update.setObject(2, now());
            update.setInt(3, Shard.of(uid));
            update.setInt(4, Shard.of(uid));
            update.setString(5, uid);
            update.setLong(6, found.version());
            if (update.executeUpdate() == 0)
                return false;
        }
        if (state == ObjectState.REMOVED)
            try (PreparedStatement update = connection.prepareStatement(EMPTY)) {
                update.setString(1, uid);
                update.executeUpdate();
            }
        return true;
    }

    private void countChange(String sopInstanceUid) throws SQLException {
        int shard = Shard.of(sopInstanceUid);
        try (PreparedStatement update = connection.prepareStatement(COUNT_CHANGE)) {
            update.setInt(1, shard);
            if (update.executeUpdate() != 1)
                throw new SQLException("hp_change has no row for shard " + shard);
        }
    }

    /** @return the number of the next value to be set, the one after {@link #CHANGE_NUMBER} */
    private static int setContent(PreparedStatement statement, NewVersion object, LocalDateTime now) throws SQLException {
        ObjectLocation location = object.location();
        int shard = Shard.of(object.sopInstanceUid());
        int next = 1;
        statement.setBytes(next++, object.attributes());
        statement.setInt(next++, object.attributes().length);
        statement.setString(next++, object.transferSyntax());
        statement.setString(next++, object.contentDigest());
        statement.setBytes(next++, location == null ? object.file() : null);
        statement.setString(next++, location == null ? null : location.storageId());
        statement.setString(next++, location == null ? null : location.path());
        statement.setLong(next++, object.file().length);
        statement.setString(next++, DatasetCodec.digest(object.file()));
        statement.setString(next++, object.sourceAet());
        statement.setObject(next++, now);
        statement.setInt(next++, shard);
        statement.setInt(next++, shard);
        return next;
    }

    /** UTC, so that a change of the server's time zone changes nothing. */
    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
