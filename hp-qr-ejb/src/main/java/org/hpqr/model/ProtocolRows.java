package org.hpqr.model;

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
import org.hpqr.spi.ObjectLocation;

/**
 * The rows of an object: that of {@code hp_object}, one for each of its definition items, one for each of their codes. All
 * items go to the database in one exchange, and all codes. The transaction is the caller's.
 */
public final class ProtocolRows {

    /** What stands for an unknown name: text without padding is never that, and Oracle takes an empty one for NULL. */
    static final String UNKNOWN_NAME = " ";

    /** Read by {@link #toInstance}. */
    static final String INSTANCE = "sop_iuid, transfer_syntax, content_digest, storage_id, storage_path, object_size, object_digest";

    /** What changes when an object is replaced, in the order of {@link #setContent}. */
    private static final List<String> CONTENT = List.of("sop_cuid", "name", "hp_level", "description", "creator",
            "creation_datetime", "priors", "screens", "user_code", "user_scheme", "user_version", "user_group", "irregular",
            "attrs", "transfer_syntax", "content_digest", "storage_id", "storage_path", "object_size", "object_digest",
            "source_aet", "updated_time");

    private static final String KEY = "pk";
    private static final String SELECT = "SELECT pk, version, " + INSTANCE + " FROM hp_object WHERE sop_iuid = ?";
    private static final int INSTANCE_AT = 3;
    private static final String INSERT_OBJECT = "INSERT INTO hp_object (" + String.join(", ", CONTENT)
            + ", version, sop_iuid, created_time) VALUES (" + String.join(", ", Collections.nCopies(CONTENT.size(), "?"))
            + ", 0, ?, ?)";
    private static final String UPDATE_OBJECT = "UPDATE hp_object SET " + String.join(" = ?, ", CONTENT)
            + " = ?, version = version + 1 WHERE pk = ? AND version = ?";
    private static final String INSERT_DEFINITION =
            "INSERT INTO hp_definition (hp_fk, item_number, modality, laterality) VALUES (?, ?, ?, ?)";
    private static final String INSERT_CODE = "INSERT INTO hp_definition_code (hp_fk, item_number, code_number, role, modality, "
            + "code_value, scheme, scheme_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE_CODES = "DELETE FROM hp_definition_code WHERE hp_fk = ?";
    private static final String DELETE_DEFINITIONS = "DELETE FROM hp_definition WHERE hp_fk = ?";

    private final Connection connection;

    public ProtocolRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * The row of an object that is held.
     *
     * @param version how often the object was replaced
     */
    record Held(long key, long version, StoredInstance instance) {
    }

    /** Looks an object up; {@code null} if it is not held. */
    Held find(String sopInstanceUid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, sopInstanceUid);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Held(row.getLong(1), row.getLong(2), toInstance(row, INSTANCE_AT)) : null;
            }
        }
    }

    /** @param first the column that {@link #INSTANCE} begins with */
    static StoredInstance toInstance(ResultSet row, int first) throws SQLException {
        return new StoredInstance(row.getString(first), row.getString(first + 1), row.getString(first + 2),
                new ObjectLocation(row.getString(first + 3), row.getString(first + 4), row.getLong(first + 5),
                        row.getString(first + 6)));
    }

    /**
     * Adds an object.
     *
     * @param sourceAet calling AE title it came from
     * @throws SQLException among others: an object with its SOP Instance UID is held
     */
    public void add(IndexedProtocol index, StoredInstance instance, String sourceAet) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_OBJECT, new String[] {KEY})) {
            LocalDateTime now = now();
            int next = setContent(insert, index, instance, sourceAet, now);
            insert.setString(next, index.sopInstanceUid());
            insert.setObject(next + 1, now);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                if (!keys.next())
                    throw new SQLException("The database did not tell the key of a new row");
                addDefinitions(keys.getLong(1), index.definitions());
            }
        }
    }

    /**
     * Takes over another content under the same SOP Instance UID.
     *
     * @return {@code false} if the row is not any more what was found, and nothing was changed
     */
    boolean replace(Held held, IndexedProtocol index, StoredInstance instance, String sourceAet) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE_OBJECT)) {
            int next = setContent(update, index, instance, sourceAet, now());
            update.setLong(next, held.key());
            update.setLong(next + 1, held.version());
            // from here on, whoever else replaces it waits for the end of this transaction
            if (update.executeUpdate() == 0)
                return false;
        }
        delete(connection.prepareStatement(DELETE_CODES), held.key());
        delete(connection.prepareStatement(DELETE_DEFINITIONS), held.key());
        addDefinitions(held.key(), index.definitions());
        return true;
    }

    private static void delete(PreparedStatement statement, long object) throws SQLException {
        try (statement) {
            statement.setLong(1, object);
            statement.executeUpdate();
        }
    }

    /** @return the number of the next value to be set */
    private static int setContent(PreparedStatement statement, IndexedProtocol index, StoredInstance instance,
                                  String sourceAet, LocalDateTime now) throws SQLException {
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
        statement.setString(next++, instance.transferSyntax());
        statement.setString(next++, instance.contentDigest());
        statement.setString(next++, instance.location().storageId());
        statement.setString(next++, instance.location().path());
        statement.setLong(next++, instance.location().size());
        statement.setString(next++, instance.location().digest());
        statement.setString(next++, sourceAet);
        statement.setObject(next++, now);
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
