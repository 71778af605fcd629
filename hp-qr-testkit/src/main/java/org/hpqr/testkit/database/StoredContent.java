package org.hpqr.testkit.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The bytes of a stored object, in its row. */
public final class StoredContent {

    private StoredContent() {
    }

    /** Changes one bit, as a disk may. */
    public static void damage(Connection connection, String sopInstanceUid) throws SQLException {
        byte[] content;
        try (PreparedStatement select = connection.prepareStatement("SELECT content FROM hp_object WHERE sop_iuid = ?")) {
            select.setString(1, sopInstanceUid);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                content = row.getBytes(1);
            }
        }
        content[content.length - 1] ^= 1;
        try (PreparedStatement update = connection.prepareStatement("UPDATE hp_object SET content = ? WHERE sop_iuid = ?")) {
            update.setBytes(1, content);
            update.setString(2, sopInstanceUid);
            update.executeUpdate();
        }
    }
}
