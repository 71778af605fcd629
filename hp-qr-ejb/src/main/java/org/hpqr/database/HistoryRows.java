package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;

/**
 * Writes rows of {@code hp_history}, in the transaction that changes the object, after that has counted its change: so only
 * one transaction at a time writes those of an object.
 */
final class HistoryRows {

    /** Most events without a content that are kept of an object. */
    static final int MAX_EVENTS = 100;

    private static final String CONTENT = "content_digest, transfer_syntax, content, storage_id, storage_path, object_size, object_digest";
    private static final String EVENT = "INSERT INTO hp_history (sop_iuid, version, event, event_time, source_aet, source_user, source_address";
    private static final String ADD_REPLACED = EVENT + ", " + CONTENT + ") SELECT sop_iuid, content_version, 0, updated_time, source_aet, "
            + "source_user, source_address, " + CONTENT + " FROM hp_object WHERE sop_iuid = ? AND version = ?";
    private static final String ADD_EVENT = EVENT + ") VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String ADD_CONTENT = EVENT + ", " + CONTENT + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF_OBJECT = "SELECT pk, storage_id, storage_path, content_digest FROM hp_history WHERE sop_iuid = ? "
            + "ORDER BY version DESC";
    private static final String DELETE = "DELETE FROM hp_history WHERE pk = ?";

    private final Connection connection;

    HistoryRows(Connection connection) {
        this.connection = connection;
    }

    /** Keeps the content of an object that is about to be replaced; none if the object is not any more what was found. */
    void addReplaced(StoredInstance found) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD_REPLACED)) {
            insert.setString(1, found.sopInstanceUid());
            insert.setLong(2, found.version());
            insert.executeUpdate();
        }
    }

    /** Adds an event that brings no content. */
    void addEvent(StoredInstance found, HistoryEvent event, ChangedBy by) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD_EVENT)) {
            setEvent(insert, found, event, by);
            insert.executeUpdate();
        }
    }

    /** Adds a content that the object has not, and may have had. */
    void addRecovered(StoredInstance found, NewVersion content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD_CONTENT)) {
            int next = setEvent(insert, found, HistoryEvent.RECOVERED, content.by());
            ObjectLocation location = content.location();
            insert.setString(next++, content.contentDigest());
            insert.setString(next++, content.transferSyntax());
            insert.setBytes(next++, location == null ? content.file() : null);
            insert.setString(next++, location == null ? null : location.storageId());
            insert.setString(next++, location == null ? null : location.path());
            insert.setLong(next++, content.file().length);
            insert.setString(next, DatasetCodec.digest(content.file()));
            insert.executeUpdate();
        }
    }

    /** @return the number of the next value to be set */
    private static int setEvent(PreparedStatement insert, StoredInstance found, HistoryEvent event, ChangedBy by) throws SQLException {
        insert.setString(1, found.sopInstanceUid());
        insert.setLong(2, found.version() + 1);
        insert.setInt(3, event.ordinal());
        insert.setObject(4, ObjectRows.now());
        insert.setString(5, by.aeTitle());
        insert.setString(6, by.user());
        insert.setString(7, by.address());
        return 8;
    }

    /** Content digests of the contents that are kept of an object. */
    List<String> contents(String sopInstanceUid) throws SQLException {
        return rows(sopInstanceUid).stream().filter(Row::hasContent).map(Row::contentDigest).toList();
    }

    /**
     * Removes the oldest contents and events of an object that are too many.
     *
     * @param mostContents how many are kept
     * @return where bytes are that are not needed any more
     */
    List<ObjectLocation> trim(String sopInstanceUid, int mostContents) throws SQLException {
        int contents = 0;
        int events = 0;
        List<Row> removed = new ArrayList<>();
        for (Row row : rows(sopInstanceUid))
            if (row.hasContent() ? ++contents > mostContents : ++events > MAX_EVENTS)
                removed.add(row);
        return remove(removed);
    }

    /** Removes all rows of an object; as {@link #trim}. */
    List<ObjectLocation> removeAll(String sopInstanceUid) throws SQLException {
        return remove(rows(sopInstanceUid));
    }

    private record Row(long pk, ObjectLocation location, String contentDigest) {

        boolean hasContent() {
            return contentDigest != null;
        }
    }

    private List<Row> rows(String sopInstanceUid) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OF_OBJECT)) {
            select.setString(1, sopInstanceUid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String storageId = row.getString(2);
                    rows.add(new Row(row.getLong(1), storageId == null ? null : new ObjectLocation(storageId, row.getString(3)),
                            row.getString(4)));
                }
            }
        }
        return rows;
    }

    private List<ObjectLocation> remove(List<Row> rows) throws SQLException {
        List<ObjectLocation> locations = new ArrayList<>();
        for (Row row : rows)
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setLong(1, row.pk());
                delete.executeUpdate();
                if (row.location() != null)
                    locations.add(row.location());
            }
        return locations;
    }
}
