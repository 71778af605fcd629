package org.hpqr.dimse;

import org.h2.jdbcx.JdbcConnectionPool;

/** Concurrent replacement on H2. */
class ReplacementOnH2Test extends ReplacementCases {

    @Override
    JdbcConnectionPool newDatabase() {
        return TestDatabase.h2();
    }
}
