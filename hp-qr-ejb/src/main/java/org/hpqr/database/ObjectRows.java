package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;

/**
 * Writes rows of {@code hp_object}. The transaction is the caller's, and has one object: what it does first is to count the
 * change ({@code hp_change}), whose row it then has for itself until it ends. So the changes of a shard become visible in
 * the order of their numbers. One with several objects takes them in the order of their shards ({@link GroupCommit}). So no two
 * transactions ever wait for each other.
 */
public final class ObjectRows {

    /** Read by {@link #toInstance}. */
    static final String INSTANCE =
            "sop_iuid, state, version, transfer_syntax, content_digest, storage_id, storage_path, object_size, object_digest";

    /** What changes when an object is replaced, in the order of {@link #setContent}. */
    private static final List<String> CONTENT = List.of("attrs", "attrs_size", "transfer_syntax", "content_digest", "content",
            "storage_id", "storage_path", "object_size", "object_digest", "source_aet", "source_user", "source_address", "updated_time",
            "shard");

    private static final String COUNT_CHANGE = "UPDATE hp_change SET n = n + 1 WHERE shard = ?";
    /** What {@link #countChange} made of it: read in the statement that writes the row, which saves an exchange. */
    private static final String CHANGE_NUMBER = "(SELECT n FROM hp_change WHERE shard = ?)";
    private static final String INSERT = insert(CHANGE_NUMBER);
    /** Counts the change, too: one exchange instead of four, with those that begin and commit a transaction. */
    private static final String COUNT_AND_INSERT = "WITH counted AS (" + COUNT_CHANGE + " RETURNING n) "
            + insert("(SELECT n FROM counted)");
    /**
     * The same, of an object in a group: for a session that has locked one shard, the objects of the other shards are not to wait.
     * The limit ends with the transaction.
     */
    private static final String COUNT_AND_INSERT_IN_GROUP = "WITH patience AS (SELECT set_config('lock_timeout', '"
            + GroupCommit.PATIENCE.toMillis() + "', true)), counted AS (UPDATE hp_change SET n = n + 1 FROM patience WHERE shard = ? "
            + "RETURNING n) " + insert("(SELECT n FROM counted)");
    private static final String IF_UNCHANGED = ", version = version + 1 WHERE sop_iuid = ? AND version = ?";
    private static final String REPLACE = "UPDATE hp_object SET " + String.join(" = ?, ", CONTENT)
            + " = ?, state = 0, content_version = version + 1, change_number = " + CHANGE_NUMBER + IF_UNCHANGED;
    private static final String CHANGE_STATE = "UPDATE hp_object SET state = ?, shard = ?, change_number = "
            + CHANGE_NUMBER + IF_UNCHANGED;
    private static final String EMPTY = "UPDATE hp_object SET attrs = NULL, attrs_size = 0, content = NULL, storage_id = NULL, "
            + "storage_path = NULL, object_size = 0 WHERE sop_iuid = ?";

    private final Connection connection;
    private final HistoryRows history;

    public ObjectRows(Connection connection) {
        this.connection = connection;
        history = new HistoryRows(connection);
    }

    /** @param first the column that {@link #INSTANCE} begins with */
    static StoredInstance toInstance(ResultSet row, int first) throws SQLException {
        String storageId = row.getString(first + 5);
        return new StoredInstance(row.getString(first), ObjectState.values()[row.getInt(first + 1)], row.getLong(first + 2),
                row.getString(first + 3), row.getString(first + 4),
                storageId == null ? null : new ObjectLocation(storageId, row.getString(first + 6)), row.getLong(first + 7),
                row.getString(first + 8));
    }

    private static String insert(String changeNumber) {
        return "INSERT INTO hp_object (" + String.join(", ", CONTENT)
                + ", sop_iuid, created_time, version, content_version, state, change_number) VALUES ("
                + String.join(", ", Collections.nCopies(CONTENT.size(), "?")) + ", ?, ?, 0, 0, 0, " + changeNumber + ')';
    }

    /**
     * Adds an object.
     *
     * @throws SQLException among others: there is a row with its SOP Instance UID
     */
    public void add(NewVersion object) throws SQLException {
        countChange(object.sopInstanceUid());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(setNew(insert, 1, object), Shard.of(object.sopInstanceUid()));
            insert.executeUpdate();
        }
    }

    /**
     * Adds objects in one exchange with the database, each by one statement. They need no transaction around them: all are added, or
     * none. Of {@link DatabaseProduct#POSTGRESQL} only.
     *
     * @param objects at most {@link GroupCommit#MOST}, as the driver divides a batch of more than 250 statements
     * @throws SQLException as {@link #add}; of several objects also: another session has locked one of their shards for too long
     */
    void addByOneStatement(List<NewVersion> objects) throws SQLException {
        boolean isGroup = objects.size() > 1;
        try (PreparedStatement insert = isGroup ? connection.prepareStatement(COUNT_AND_INSERT_IN_GROUP)
                : connection.prepareStatement(COUNT_AND_INSERT)) {
            for (NewVersion object : objects) {
                insert.setInt(1, Shard.of(object.sopInstanceUid()));
                setNew(insert, 2, object);
                if (isGroup)
                    insert.addBatch();
            }
            if (isGroup)
                insert.executeBatch();
            else
                insert.executeUpdate();
        }
    }

    /** @return as {@link #setContent} */
    private static int setNew(PreparedStatement insert, int first, NewVersion object) throws SQLException {
        LocalDateTime now = now();
        int next = setContent(insert, first, object, now);
        insert.setString(next++, object.sopInstanceUid());
        insert.setObject(next++, now);
        return next;
    }

    /**
     * Takes over another content under the same SOP Instance UID; it is {@link ObjectState#STORED} then. The content that it
     * had is kept, if it is another one.
     *
     * @param kept most replaced contents that are kept
     * @return where bytes are that are not needed any more; empty if the row is not any more what was found: the transaction
     *         is to be rolled back
     */
    Optional<List<ObjectLocation>> replace(StoredInstance found, NewVersion object, int kept) throws SQLException {
        countChange(found.sopInstanceUid());
        boolean isKept = kept > 0 && found.state() != ObjectState.REMOVED && !found.contentDigest().equals(object.contentDigest());
        if (isKept)
            history.addReplaced(found);
        if (!update(found, object))
            return Optional.empty();
        List<ObjectLocation> obsolete = new ArrayList<>(history.trim(found.sopInstanceUid(), kept));
        if (!isKept && found.location() != null)
            obsolete.add(found.location());
        return Optional.of(obsolete);
    }

    /** Takes over another content in the place of one whose bytes are lost; {@code false}, as {@link #replace} is empty. */
    boolean replaceLost(StoredInstance found, NewVersion object) throws SQLException {
        countChange(found.sopInstanceUid());
        return update(found, object);
    }

    private boolean update(StoredInstance found, NewVersion object) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
            int next = setContent(update, 1, object, now());
            update.setInt(next++, Shard.of(object.sopInstanceUid()));
            update.setString(next++, found.sopInstanceUid());
            update.setLong(next, found.version());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Changes the state; {@link ObjectState#REMOVED} takes attributes, bytes and history with it.
     *
     * @return as {@link #replace}
     */
    Optional<List<ObjectLocation>> changeState(StoredInstance found, ObjectState state, ChangedBy by, int kept) throws SQLException {
        String uid = found.sopInstanceUid();
        countChange(uid);
        if (!setState(found, state))
            return Optional.empty();
        if (state == ObjectState.REMOVED)
            return Optional.of(empty(found));
        if (kept == 0)
            return Optional.of(List.of());
        history.addEvent(found, state == ObjectState.RETIRED ? HistoryEvent.RETIRED : HistoryEvent.RESTORED, by);
        return Optional.of(history.trim(uid, kept));
    }

    /**
     * Adds to the history a content that the object has not, unless it is there, or there are as many as are kept: then it
     * was replaced and removed.
     *
     * @return {@code false} if it was not added, or the row is not any more what was found: the transaction is to be rolled back
     */
    boolean addRecovered(StoredInstance found, NewVersion content, int kept) throws SQLException {
        countChange(found.sopInstanceUid());
        List<String> contents = history.contents(found.sopInstanceUid());
        if (contents.size() >= kept || contents.contains(content.contentDigest()) || !setState(found, found.state()))
            return false;
        history.addRecovered(found, content);
        return true;
    }

    private boolean setState(StoredInstance found, ObjectState state) throws SQLException {
        String uid = found.sopInstanceUid();
        try (PreparedStatement update = connection.prepareStatement(CHANGE_STATE)) {
            update.setInt(1, state.ordinal());
            update.setInt(2, Shard.of(uid));
            update.setInt(3, Shard.of(uid));
            update.setString(4, uid);
            update.setLong(5, found.version());
            return update.executeUpdate() == 1;
        }
    }

    private List<ObjectLocation> empty(StoredInstance found) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(EMPTY)) {
            update.setString(1, found.sopInstanceUid());
            update.executeUpdate();
        }
        List<ObjectLocation> obsolete = new ArrayList<>(history.removeAll(found.sopInstanceUid()));
        if (found.location() != null)
            obsolete.add(found.location());
        return obsolete;
    }

    private void countChange(String sopInstanceUid) throws SQLException {
        int shard = Shard.of(sopInstanceUid);
        try (PreparedStatement update = connection.prepareStatement(COUNT_CHANGE)) {
            update.setInt(1, shard);
            if (update.executeUpdate() != 1)
                throw new SQLException("hp_change has no row for shard " + shard);
        }
    }

    /** @return the number of the next value to be set */
    private static int setContent(PreparedStatement statement, int first, NewVersion object, LocalDateTime now) throws SQLException {
        ObjectLocation location = object.location();
        int next = first;
        statement.setBytes(next++, object.attributes());
        statement.setInt(next++, object.attributes().length);
        statement.setString(next++, object.transferSyntax());
        statement.setString(next++, object.contentDigest());
        statement.setBytes(next++, location == null ? object.file() : null);
        statement.setString(next++, location == null ? null : location.storageId());
        statement.setString(next++, location == null ? null : location.path());
        statement.setLong(next++, object.file().length);
        statement.setString(next++, DatasetCodec.digest(object.file()));
        statement.setString(next++, object.by().aeTitle());
        statement.setString(next++, object.by().user());
        statement.setString(next++, object.by().address());
        statement.setObject(next++, now);
        statement.setInt(next++, Shard.of(object.sopInstanceUid()));
        return next;
    }

    /** UTC, so that a change of the server's time zone changes nothing. */
    static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
