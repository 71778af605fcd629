package org.hpqr.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hpqr.spi.ObjectLocation;

/**
 * Writes and looks up rows, by plain JDBC: what a store or a look-up asks of the database is a few small statements, and
 * an entity manager around them costs more than they do. To be called outside a transaction: every call that writes makes
 * one of its own, those that read need none, which spares them the exchanges with the database that begin and end it.
 *
 * <p>All calls throw {@link DatabaseException} if the database refuses or fails.
 */
@ApplicationScoped
public class HangingProtocolRepository {

    /** Parameters in one IN list: databases take between 1,000 (Oracle) and 65,535 (PostgreSQL). */
    private static final int MAX_IN_LIST = 500;

    /** Longest time a look-up may take. No transaction bounds it. */
    private static final int LOCATE_TIMEOUT_SECONDS = 60;

    private static final String SELECT = "SELECT " + ObjectRows.INSTANCE + " FROM hp_object WHERE ";
    private static final String CONTENTS = "SELECT content, object_digest, sop_iuid FROM hp_object WHERE ";
    private static final String CONTENT = "SELECT content, object_digest FROM hp_object WHERE sop_iuid = ?";
    private static final String REPLACED_CONTENT = "SELECT content, object_digest FROM hp_history WHERE sop_iuid = ? AND version = ?";
    private static final String ATTRIBUTES = "SELECT attrs FROM hp_object WHERE sop_iuid = ? AND state = 0";
    private static final String COUNT = "SELECT COUNT(*) FROM hp_object";
    private static final String AT_LOCATION = " WHERE storage_path = ? AND storage_id = ?";

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    private final GroupCommit groups;
    private volatile DatabaseProduct product;

    /** For the container. */
    public HangingProtocolRepository() {
        groups = new GroupCommit(this::addAll, GroupCommit.PATIENCE);
    }

    /** For use outside a container. */
    public HangingProtocolRepository(DataSource dataSource) {
        this(dataSource, GroupCommit.PATIENCE);
    }

    /** @param patience for how long an object waits for others */
    HangingProtocolRepository(DataSource dataSource, Duration patience) {
        this.dataSource = dataSource;
        groups = new GroupCommit(this::addAll, patience);
    }

    /** What is done with a connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** What is made of the result of a query. */
    private interface Reading<T> {
        T from(ResultSet rows) throws SQLException;
    }

    /**
     * Adds an object that was looked up and not found.
     *
     * <p>Two stores of the same new UID at once, on one server or two, meet at the unique constraint: one of them fails
     * here, and {@link #find} shows it the object of the other.
     */
    public void add(NewVersion object) {
        addAll(() -> List.of(object));
    }

    /**
     * As {@link #add}, on PostgreSQL in one transaction with objects that others add at the same time. So it may fail because
     * of another object; then each is to be added by itself.
     */
    public void addInGroup(NewVersion object) {
        if (product == DatabaseProduct.POSTGRESQL && object.file().length + object.attributes().length <= GroupCommit.MOST_BYTES)
            groups.add(object);
        else
            add(object);
    }

    /** How many objects wait for others to be added. */
    int waiting() {
        return groups.waiting();
    }

    /** @param objects asked for as soon as there is a connection */
    private void addAll(Supplier<List<NewVersion>> objects) {
        connected(connection -> {
            if (product == null)
                product = DatabaseProduct.of(connection);
            ObjectRows rows = new ObjectRows(connection);
            if (product == DatabaseProduct.POSTGRESQL && connection.getAutoCommit()) {
                rows.addByOneStatement(objects.get());
                return null;
            }
            return inTransaction(connection, any -> {
                for (NewVersion object : objects.get())
                    rows.add(object);
                return null;
            });
        });
    }

    /**
     * Replaces an object, unless it was changed since it was found. Of two that replace the same one at once, one does.
     *
     * @param found what {@link #find} or {@link #locate} has found
     * @param kept  most replaced contents that are kept
     * @return where bytes are that are not needed any more; empty if the object was changed: nothing was written
     */
    public Optional<List<ObjectLocation>> replace(StoredInstance found, NewVersion object, int kept) {
        return ifUnchanged(rows -> rows.replace(found, object, kept));
    }

    /**
     * Replaces an object whose bytes are lost: there is nothing that could be kept.
     *
     * @return {@code false} if the object was changed: nothing was written
     */
    public boolean replaceLost(StoredInstance found, NewVersion object) {
        return ifUnchanged(rows -> rows.replaceLost(found, object) ? Optional.of(true) : Optional.empty()).isPresent();
    }

    /**
     * Changes the state of an object, unless it was changed since it was found. {@link ObjectState#REMOVED} takes attributes,
     * bytes and history with it.
     *
     * @param by   who changes it
     * @param kept most replaced contents that are kept; with 0, no changes of state are kept either
     * @return as {@link #replace}
     */
    public Optional<List<ObjectLocation>> changeState(StoredInstance found, ObjectState state, ChangedBy by, int kept) {
        return ifUnchanged(rows -> rows.changeState(found, state, by, kept));
    }

    /**
     * Adds to the history of an object a content that no row names, unless it has this content already or as many as are kept.
     *
     * @return {@code false} if it was not added
     */
    public boolean addRecovered(StoredInstance found, NewVersion content, int kept) {
        return ifUnchanged(rows -> rows.addRecovered(found, content, kept) ? Optional.of(true) : Optional.empty()).isPresent();
    }

    /** A change of rows; empty if it is not to be made. */
    private interface RowChange<T> {
        Optional<T> of(ObjectRows rows) throws SQLException;
    }

    private <T> Optional<T> ifUnchanged(RowChange<T> change) {
        return inTransaction(connection -> {
            Optional<T> written = change.of(new ObjectRows(connection));
            if (written.isEmpty())
                // it has counted a change that is none
                connection.rollback();
            return written;
        });
    }

    /** Looks one object up, in whatever state it is; {@code null} if there is no row of it. */
    public StoredInstance find(String sopInstanceUid) {
        List<StoredInstance> found = locate(List.of(sopInstanceUid));
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * The bytes of an object.
     *
     * @param file   the DICOM file
     * @param digest its SHA-256 as it was stored
     */
    public record Content(byte[] file, String digest) {
    }

    /** The bytes that the row of an object has; {@code null} if there is no such row, or none in it. */
    public Content content(String sopInstanceUid) {
        return query(CONTENT, HangingProtocolRepository::content, List.of(sopInstanceUid));
    }

    /** As {@link #content}, of several objects, at most {@value #MAX_IN_LIST}, in one exchange; by their UIDs, those that have bytes. */
    public Map<String, Content> contents(List<String> sopInstanceUids) {
        List<Object> values = filledUp(sopInstanceUids);
        return query(CONTENTS + isIn(values), rows -> {
            Map<String, Content> contents = new HashMap<>();
            while (rows.next())
                if (rows.getBytes(1) != null)
                    contents.put(rows.getString(3), new Content(rows.getBytes(1), rows.getString(2)));
            return contents;
        }, values);
    }

    /** The bytes of a content that is kept in the history; {@code null} if it is not there any more, or its bytes are elsewhere. */
    public Content replacedContent(String sopInstanceUid, long number) {
        return query(REPLACED_CONTENT, HangingProtocolRepository::content, List.of(sopInstanceUid, number));
    }

    private static Content content(ResultSet row) throws SQLException {
        if (!row.next())
            return null;
        byte[] file = row.getBytes(1);
        return file == null ? null : new Content(file, row.getString(2));
    }

    /**
     * Finds the objects with these UIDs, in whatever state they are.
     *
     * @return those that have rows, each once, in the order of {@code sopInstanceUids}
     */
    public List<StoredInstance> locate(Collection<String> sopInstanceUids) {
        List<String> asked = sopInstanceUids.stream().distinct().toList();
        List<StoredInstance> found = new ArrayList<>(asked.size());
        for (int from = 0; from < asked.size(); from += MAX_IN_LIST) {
            List<String> part = asked.subList(from, Math.min(from + MAX_IN_LIST, asked.size()));
            Map<String, StoredInstance> byUid = new HashMap<>();
            select(part).forEach(instance -> byUid.put(instance.sopInstanceUid(), instance));
            part.stream().map(byUid::get).filter(Objects::nonNull).forEach(found::add);
        }
        return found;
    }

    private List<StoredInstance> select(List<String> uids) {
        List<Object> values = filledUp(uids);
        return query(SELECT + isIn(values), HangingProtocolRepository::instances, values);
    }

    /** 1, 2, 4, 8 ... values: few statements, which the database knows already. */
    private static List<Object> filledUp(List<String> uids) {
        List<Object> values = new ArrayList<>(uids);
        values.addAll(Collections.nCopies(Integer.highestOneBit(2 * uids.size() - 1) - uids.size(), uids.get(0)));
        return values;
    }

    private static String isIn(List<Object> values) {
        return "sop_iuid IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ')';
    }

    private static List<StoredInstance> instances(ResultSet rows) throws SQLException {
        List<StoredInstance> instances = new ArrayList<>();
        while (rows.next())
            instances.add(ObjectRows.toInstance(rows, 1));
        return instances;
    }

    /**
     * The attributes of an object that a C-FIND may return.
     *
     * @return {@code null} if it is not {@link ObjectState#STORED} (any more)
     */
    public byte[] attributes(String sopInstanceUid) {
        return query(ATTRIBUTES, row -> row.next() ? row.getBytes(1) : null, List.of(sopInstanceUid));
    }

    /** Says whether some row names these bytes, of an object or of its history. */
    public boolean isNamed(ObjectLocation location) {
        List<Object> where = List.of(location.path(), location.storageId());
        // in this order: a replacement in between takes them from the object to its history
        return count(COUNT + AT_LOCATION, where) > 0 || count("SELECT COUNT(*) FROM hp_history" + AT_LOCATION, where) > 0;
    }

    /** Says whether the database answers at all, to tell a refused statement from a lost connection. */
    public boolean isAnswering() {
        try {
            count(COUNT + " WHERE pk = ?", List.of(0L));
            return true;
        } catch (DatabaseException e) {
            return false;
        }
    }

    private long count(String sql, List<Object> values) {
        return query(sql, row -> {
            row.next();
            return row.getLong(1);
        }, values);
    }

    private <T> T query(String sql, Reading<T> reading, List<Object> values) {
        return connected(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout(LOCATE_TIMEOUT_SECONDS);
                for (int i = 0; i < values.size(); i++)
                    statement.setObject(i + 1, values.get(i));
                try (ResultSet rows = statement.executeQuery()) {
                    return reading.from(rows);
                }
            }
        });
    }

    private <T> T inTransaction(Work<T> work) {
        return connected(connection -> inTransaction(connection, work));
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            T result = work.on(connection);
            connection.commit();
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            undo(connection, autoCommit, e);
            throw e;
        }
    }

    /** Nothing if the connection is lost, which the database takes for a rollback, too. */
    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private <T> T connected(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
