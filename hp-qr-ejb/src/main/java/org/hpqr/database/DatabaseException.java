package org.hpqr.database;

import jakarta.ejb.ApplicationException;
import jakarta.persistence.PersistenceException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;

/**
 * The database refused or failed. What it was asked to write may have been written only if its answer to a commit was lost. A
 * session bean throws it as it is.
 */
@ApplicationException
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param cause what the driver says */
    public DatabaseException(SQLException cause) {
        super(withoutValues(cause));
    }

    /** @param cause what JPA says: a session bean that throws that itself has it logged as a fault of its own each time */
    public DatabaseException(PersistenceException cause) {
        this(sqlOf(cause));
    }

    private static SQLException sqlOf(PersistenceException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql)
                return sql;
        return new SQLException(failure);
    }

    /** What the database says of a batch. What the driver says quotes the values, which are content of a data set. */
    private static SQLException withoutValues(SQLException cause) {
        return cause instanceof BatchUpdateException && cause.getNextException() != null ? cause.getNextException() : cause;
    }
}
