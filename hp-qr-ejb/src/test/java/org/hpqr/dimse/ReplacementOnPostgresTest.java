package org.hpqr.dimse;

import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.model.Postgres;

/** Concurrent replacement on PostgreSQL. */
class ReplacementOnPostgresTest extends ReplacementCases {

    @Override
    JdbcConnectionPool newDatabase() {
        return Postgres.newDatabase();
    }
}
