package org.hpqr.service;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;

/** Tells a database that is not there, or not in time, from a statement that is wrong. */
final class DatabaseFailure {

    private DatabaseFailure() {
    }

    /**
     * {@code true} if the failure is one of resources: no connection, pool exhausted, out of memory or disk, time out.
     * By class where the driver uses the classes of JDBC, else by SQLSTATE class.
     */
    static boolean isLackOfResources(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException
                    || cause instanceof SQLTimeoutException)
                return true;
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                // 08 connection, 53 insufficient resources, 57 operator intervention (shutdown, time out), 90 H2: closed
                if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.startsWith("90"))
                    return true;
            }
        }
        // the application server's pool reports "no managed connection available" without a state
        return failure.getSQLState() == null;
    }
}
