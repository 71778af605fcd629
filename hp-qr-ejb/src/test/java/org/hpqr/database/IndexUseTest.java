package org.hpqr.database;

import org.hpqr.testkit.database.Database;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.hpqr.database.CandidateFilter.CodeCondition;
import org.hpqr.database.CandidateFilter.Column;
import org.hpqr.database.CandidateFilter.Condition;
import org.hpqr.query.ProtocolIndexer;
import org.hpqr.testkit.samples.RandomProtocols;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The databases use our indexes for our statements with our bound values: they do not if a value is of another type than
 * its column, or compared by another collation.
 */
class IndexUseTest {

    private static final int OBJECTS = 2_000;

    private static final Map<Database, SearchDatabase> DATABASES = new EnumMap<>(Database.class);

    static Stream<Arguments> eachConditionOnEachDatabase() {
        return Stream.of(Database.values()).flatMap(database -> Stream.of(
                Arguments.of(database, "hp_object_sop_iuid", object(is(Column.SOP_INSTANCE_UID, "1.2.3", "1.2.4"))),
                Arguments.of(database, "hp_object_name", object(is(Column.NAME, "Thorax 胸部"))),
                // H2 makes no range of a bound pattern, and reads all regular objects
                Arguments.of(database, database == Database.H2 ? "hp_object_irregular" : "hp_object_name",
                        object(new Condition.WildCard(Column.NAME, "Thorax*"))),
                Arguments.of(database, "hp_object_user_group", object(is(Column.USER_GROUP, "none of them"))),
                Arguments.of(database, "hp_object_user_code",
                        object(is(Column.USER_CODE, "1234"), is(Column.USER_SCHEME, "99LOCAL"))),
                Arguments.of(database, "hp_definition_modality",
                        new CandidateFilter(List.of(), List.of(is(Column.MODALITY, "ECG")), List.of(), false)),
                Arguments.of(database, "hp_definition_code_value", new CandidateFilter(List.of(), List.of(),
                        List.of(new CodeCondition(CodeRole.REASON, List.of(is(Column.CODE_VALUE, "1234")))), false))));
    }

    @ParameterizedTest(name = "{0}: {1}, {index}")
    @MethodSource("eachConditionOnEachDatabase")
    void narrowingUsesTheIndex(Database database, String index, CandidateFilter filter) throws SQLException {
        SearchDatabase searched = DATABASES.computeIfAbsent(database, IndexUseTest::filled);
        CandidateSql sql = new CandidateSql(filter);
        try (Connection connection = searched.dataSource().getConnection();
             PreparedStatement explain = connection.prepareStatement(explain(database) + sql.text())) {
            sql.bind(explain);
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next())
                    plan.append(lines.getString(1)).append('\n');
            }
            assertTrue(plan.toString().toLowerCase(Locale.ROOT).contains(index), plan::toString);
        }
    }

    private static String explain(Database database) {
        return database == Database.MARIADB ? "EXPLAIN FORMAT=JSON " : "EXPLAIN ";
    }

    private static SearchDatabase filled(Database database) {
        SearchDatabase filled = new SearchDatabase(database.create());
        filled.add(new RandomProtocols(1).next(OBJECTS).stream().map(ProtocolIndexer::index).toList());
        try (Connection connection = filled.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            for (String table : List.of("hp_object", "hp_definition", "hp_definition_code"))
                statement.execute(switch (database) {
                    case H2 -> "ANALYZE TABLE " + table;
                    case POSTGRESQL -> "ANALYZE " + table;
                    case MARIADB -> "ANALYZE TABLE " + table + " PERSISTENT FOR ALL";
                });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return filled;
    }

    @AfterAll
    static void close() {
        DATABASES.values().forEach(SearchDatabase::close);
    }

    private static CandidateFilter object(Condition... conditions) {
        return new CandidateFilter(List.of(conditions), List.of(), List.of(), false);
    }

    private static Condition is(Column column, String... values) {
        return new Condition.OneOf(column, List.of(values));
    }
}
