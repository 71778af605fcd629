package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.hpqr.testkit.database.Database;
import org.hpqr.testkit.samples.RandomProtocols;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each find that follows a store reads what was changed: that must not cost more the more objects there are. */
class IndexUseTest {

    private static final int OBJECTS = 2_000;

    @ParameterizedTest
    @EnumSource
    void changesAreReadByTheirIndex(Database product) throws SQLException {
        try (SearchDatabase filled = filled(product);
             Connection connection = filled.dataSource().getConnection();
             PreparedStatement explain = connection.prepareStatement(
                     (product == Database.MARIADB ? "EXPLAIN FORMAT=JSON " : "EXPLAIN ") + ChangeReader.CHANGED)) {
            explain.setInt(1, 3);
            explain.setLong(2, OBJECTS / Shard.COUNT - 5);
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next())
                    plan.append(lines.getString(1)).append('\n');
            }
            assertTrue(plan.toString().toLowerCase(Locale.ROOT).contains("hp_object_change"), plan::toString);
        }
    }

    private static SearchDatabase filled(Database product) throws SQLException {
        SearchDatabase filled = new SearchDatabase(product.create());
        filled.add(new RandomProtocols(1).next(OBJECTS));
        try (Connection connection = filled.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(switch (product) {
                case H2 -> "ANALYZE TABLE hp_object";
                case POSTGRESQL -> "ANALYZE hp_object";
                case MARIADB -> "ANALYZE TABLE hp_object PERSISTENT FOR ALL";
            });
        }
        return filled;
    }
}
