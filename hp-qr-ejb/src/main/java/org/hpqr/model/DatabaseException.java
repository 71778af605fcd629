package org.hpqr.model;

import java.sql.SQLException;

/** The database refused or failed. What it was asked to write may have been written only if its answer to a commit was lost. */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param cause what the driver says */
    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
