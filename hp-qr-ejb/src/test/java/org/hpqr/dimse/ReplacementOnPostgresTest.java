package org.hpqr.dimse;

import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.testkit.database.Database;

/** Concurrent replacement on PostgreSQL. */
class ReplacementOnPostgresTest extends ReplacementCases {

    @Override
    JdbcConnectionPool newDatabase() {
        return Database.POSTGRESQL.create();
    }
}
