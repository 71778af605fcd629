package org.hpqr.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.ObjectLocation;

/**
 * The rows of an object: that of {@code hp_object}, one for each of its definition items, one for each of their codes. All
 * items go to the database in one exchange, and all codes. The transaction is the caller's, and has one object: what it
 * does first is to count the change ({@code hp_change}), whose row it then has for itself until it ends.
 */
public final class ProtocolRows {

    /** What stands for an unknown name: text without padding is never that, and Oracle takes an empty one for NULL. */
    static final String UNKNOWN_NAME = " ";

    /** Read by {@link #toInstance}. */
    static final String INSTANCE =
            "sop_iuid, version, transfer_syntax, content_digest, storage_id, storage_path, object_size, object_digest";

    /** What changes when an object is replaced, in the order of {@link #setContent}. */
    private static final List<String> CONTENT = List.of("sop_cuid", "name", "hp_level", "description", "creator",
            "creation_datetime", "priors", "screens", "user_code", "user_scheme", "user_version", "user_group", "irregular",
            "attrs", "attrs_size", "transfer_syntax", "content_digest", "content", "storage_id", "storage_path", "object_size",
            "object_digest", "source_aet", "updated_time", "shard");

    private static final String KEY = "pk";
    /** What {@link #countChange} made of it: read in the statement that writes the row, which saves an exchange. */
    private static final String CHANGE_NUMBER = "(SELECT n FROM hp_change WHERE shard = ?)";
    private static final String COUNT_CHANGE = "UPDATE hp_change SET n = n + 1 WHERE shard = ?";
    private static final String INSERT_OBJECT = "INSERT INTO hp_object (" + String.join(", ", CONTENT)
            + ", change_number, sop_iuid, created_time, version, state) VALUES ("
            + String.join(", ", Collections.nCopies(CONTENT.size(), "?")) + ", " + CHANGE_NUMBER + ", ?, ?, 0, 0)";
    private static final String UPDATE_OBJECT = "UPDATE hp_object SET " + String.join(" = ?, ", CONTENT)
            + " = ?, change_number = " + CHANGE_NUMBER + ", version = version + 1 WHERE sop_iuid = ? AND version = ?";
    private static final String INSERT_DEFINITION =
            "INSERT INTO hp_definition (hp_fk, item_number, modality, laterality) VALUES (?, ?, ?, ?)";
    private static final String INSERT_CODE = "INSERT INTO hp_definition_code (hp_fk, item_number, code_number, role, modality, "
            + "code_value, scheme, scheme_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF_OBJECT = " WHERE hp_fk = (SELECT pk FROM hp_object WHERE sop_iuid = ?)";
    private static final String DELETE_CODES = "DELETE FROM hp_definition_code" + OF_OBJECT;
    private static final String DELETE_DEFINITIONS = "DELETE FROM hp_definition" + OF_OBJECT;

    private final Connection connection;

    public ProtocolRows(Connection connection) {
        this.connection = connection;
    }

    /** @param first the column that {@link #INSTANCE} begins with */
    static StoredInstance toInstance(ResultSet row, int first) throws SQLException {
        String storageId = row.getString(first + 4);
        return new StoredInstance(row.getString(first), row.getLong(first + 1), row.getString(first + 2),
                row.getString(first + 3), storageId == null ? null : new ObjectLocation(storageId, row.getString(first + 5)),
                row.getLong(first + 6), row.getString(first + 7));
    }

    /**
     * Adds an object.
     *
     * @throws SQLException among others: an object with its SOP Instance UID is stored
     */
    public void add(NewVersion object) throws SQLException {
        countChange(object.sopInstanceUid());
        try (PreparedStatement insert = connection.prepareStatement(INSERT_OBJECT, new String[] {KEY})) {
            LocalDateTime now = now();
            int next = setContent(insert, object, now);
            insert.setInt(next++, Shard.of(object.sopInstanceUid()));
            insert.setString(next++, object.sopInstanceUid());
            insert.setObject(next, now);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                if (!keys.next())
                    throw new SQLException("The database did not tell the key of a new row");
                addDefinitions(keys.getLong(1), object.index().definitions());
            }
        }
    }

    /**
     * Takes over another content under the same SOP Instance UID.
     *
     * @return {@code false} if the row is not any more what was found, and nothing of it was changed
     */
    boolean replace(StoredInstance found, NewVersion object) throws SQLException {
        String uid = found.sopInstanceUid();
        countChange(uid);
        try (PreparedStatement update = connection.prepareStatement(UPDATE_OBJECT)) {
            int next = setContent(update, object, now());
            update.setInt(next++, Shard.of(uid));
            update.setString(next++, uid);
            update.setLong(next, found.version());
            if (update.executeUpdate() == 0)
                return false;
        }
        execute(connection.prepareStatement(DELETE_CODES), uid);
        execute(connection.prepareStatement(DELETE_DEFINITIONS), uid);
        try (PreparedStatement select = connection.prepareStatement("SELECT pk FROM hp_object WHERE sop_iuid = ?")) {
            select.setString(1, uid);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                addDefinitions(row.getLong(1), object.index().definitions());
            }
        }
        return true;
    }

    /** From here on, whoever else changes an object of this shard waits for the end of this transaction. */
    private void countChange(String sopInstanceUid) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(COUNT_CHANGE)) {
            update.setInt(1, Shard.of(sopInstanceUid));
            if (update.executeUpdate() != 1)
                throw new SQLException("hp_change has no row for shard " + Shard.of(sopInstanceUid));
        }
    }

    private static void execute(PreparedStatement statement, String uid) throws SQLException {
        try (statement) {
            statement.setString(1, uid);
            statement.executeUpdate();
        }
    }

    /** @return the number of the next value to be set */
    private static int setContent(PreparedStatement statement, NewVersion object, LocalDateTime now) throws SQLException {
        IndexedProtocol index = object.index();
        int next = 1;
        statement.setString(next++, index.sopClassUid());
        statement.setString(next++, index.name().isEmpty() ? UNKNOWN_NAME : index.name());
        statement.setString(next++, index.level());
        statement.setString(next++, index.description());
        statement.setString(next++, index.creator());
        statement.setString(next++, index.creationDateTime());
        statement.setObject(next++, index.priors(), Types.INTEGER);
        statement.setObject(next++, index.screens(), Types.INTEGER);
        CodedConcept user = index.userCode();
        statement.setString(next++, user == null ? null : user.value());
        statement.setString(next++, user == null ? null : user.scheme());
        statement.setString(next++, user == null ? null : user.version());
        statement.setString(next++, index.userGroup());
        // a number, because not every database of the archive has a boolean type
        statement.setShort(next++, (short) (index.irregular() ? 1 : 0));
        statement.setBytes(next++, index.attrs());
        statement.setInt(next++, index.attrs().length);
        statement.setString(next++, object.transferSyntax());
        statement.setString(next++, object.contentDigest());
        ObjectLocation location = object.location();
        statement.setBytes(next++, location == null ? object.file() : null);
        statement.setString(next++, location == null ? null : location.storageId());
        statement.setString(next++, location == null ? null : location.path());
        statement.setLong(next++, object.file().length);
        statement.setString(next++, DatasetCodec.digest(object.file()));
        statement.setString(next++, object.sourceAet());
        statement.setObject(next++, now);
        statement.setInt(next++, Shard.of(object.sopInstanceUid()));
        return next;
    }

    private void addDefinitions(long object, List<IndexedDefinition> definitions) throws SQLException {
        if (definitions.isEmpty())
            return;
        try (PreparedStatement insert = connection.prepareStatement(INSERT_DEFINITION)) {
            for (int i = 0; i < definitions.size(); i++) {
                insert.setLong(1, object);
                insert.setInt(2, i + 1);
                insert.setString(3, definitions.get(i).modality());
                insert.setString(4, definitions.get(i).laterality());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        addCodes(object, definitions);
    }

    private void addCodes(long object, List<IndexedDefinition> definitions) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_CODE)) {
            boolean any = false;
            for (int i = 0; i < definitions.size(); i++) {
                IndexedDefinition definition = definitions.get(i);
                int number = 0;
                for (CodeRole role : CodeRole.values()) {
                    for (CodedConcept code : definition.codes(role)) {
                        insert.setLong(1, object);
                        insert.setInt(2, i + 1);
                        insert.setInt(3, ++number);
                        insert.setString(4, role.name());
                        insert.setString(5, definition.modality());
                        insert.setString(6, code.value());
                        insert.setString(7, code.scheme());
                        insert.setString(8, code.version());
                        insert.addBatch();
                        any = true;
                    }
                }
            }
            if (any)
                insert.executeBatch();
        }
    }

    /** UTC, so that a change of the server's time zone changes nothing. */
    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
