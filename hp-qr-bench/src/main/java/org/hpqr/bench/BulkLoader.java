package org.hpqr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectRows;
import org.hpqr.information.StoredAttributes;

/**
 * Fills the database of the server as its C-STORE does, with the plugin's own code, one object in a transaction, but without DICOM and
 * without waiting for the disk: 100,000 C-STOREs would take longer than all that is measured.
 */
final class BulkLoader implements AutoCloseable {

    private final Connection connection;

    BulkLoader(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
        }
        connection.commit();
    }

    void add(Attributes protocol) {
        try {
            byte[] dataset = DatasetCodec.encode(protocol, UID.ExplicitVRLittleEndian);
            Attributes parsed = DatasetCodec.decode(dataset, UID.ExplicitVRLittleEndian);
            String digest = DatasetCodec.contentDigest(parsed);
            byte[] attributes = StoredAttributes.encode(parsed);
            String uid = parsed.getString(Tag.SOPInstanceUID);
            byte[] file = new StoredObject(UID.ExplicitVRLittleEndian, Client.AE_TITLE, dataset)
                    .toFile(UID.HangingProtocolStorage, uid);
            new ObjectRows(connection).add(new NewVersion(uid, attributes, UID.ExplicitVRLittleEndian, digest, file, null,
                    ChangedBy.aeTitle(Client.AE_TITLE)));
            // many in one transaction would leave hp_change with pages that no C-STORE leaves
            connection.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
