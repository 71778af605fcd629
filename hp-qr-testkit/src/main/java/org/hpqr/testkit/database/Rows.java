package org.hpqr.testkit.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What is in a database. */
public final class Rows {

    private Rows() {
    }

    /** Each row as its values with blanks between them. */
    public static List<String> of(DataSource database, String select) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             ResultSet found = statement.executeQuery(select)) {
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++)
                    values.add(found.getString(i));
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }
}
