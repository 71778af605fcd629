package org.hpqr.database;

import jakarta.ejb.ApplicationException;
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

    /** What the database says of a batch. What the driver says quotes the values, which are content of a data set. */
    private static SQLException withoutValues(SQLException cause) {
        return cause instanceof BatchUpdateException && cause.getNextException() != null ? cause.getNextException() : cause;
    }
}
