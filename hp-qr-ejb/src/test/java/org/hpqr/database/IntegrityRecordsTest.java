package org.hpqr.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.database.IntegrityRecords.Progress;
import org.hpqr.testkit.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntegrityRecordsTest {

    private JdbcConnectionPool database;

    private IntegrityRecords of(Database product) {
        database = product.create();
        new SchemaMigration(database).run();
        return new IntegrityRecords(database);
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoServersThatHaveReadTheSameObjectsOneGoesOn(Database product) {
        IntegrityRecords records = of(product);
        Progress first = records.progress();
        assertEquals(new Progress(null, 0, 0), first);

        records.advance(first, new Progress(1_700_000_000_000L, 2, 20));
        records.advance(first, new Progress(1_700_000_000_001L, 1, 10));

        assertEquals(new Progress(1_700_000_000_000L, 2, 20), records.progress());
    }

    @ParameterizedTest
    @EnumSource
    void damagedObjectsAreKeptInTheOrderTheyWereFound(Database product) {
        IntegrityRecords records = of(product);
        records.addDamaged("2.25.1", "x".repeat(300), 2);
        records.addDamaged("2.25.2", "a digest", 1);
        records.addDamaged("2.25.3", "a digest", 3);
        assertThrows(DatabaseException.class, () -> records.addDamaged("2.25.3", "once more", 4));

        records.removeDamaged("2.25.3");
        records.removeDamaged("2.25.4");

        assertEquals(Map.of("2.25.1", "x".repeat(255), "2.25.2", "a digest"), records.damaged());
        assertEquals(List.of("2.25.2", "2.25.1"), List.copyOf(records.damaged().keySet()));
    }
}
