package org.hpqr.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ConnectException;
import java.sql.SQLException;
import org.hpqr.database.DatabaseException;
import org.junit.jupiter.api.Test;

class CauseTextTest {

    @Test
    void eachReasonOnce() {
        SQLException refused = new SQLException("Connection to 127.0.0.1:5432 refused", new ConnectException("Connection refused"));
        SQLException pool = new SQLException(new IllegalStateException("IJ000453: Unable to get a connection", refused));
        assertEquals("The database is not available: IJ000453: Unable to get a connection: Connection to 127.0.0.1:5432 refused: "
                + "java.net.ConnectException: Connection refused",
                CauseText.of(new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", new DatabaseException(pool))));
    }

    @Test
    void withoutACauseOrAMessage() {
        assertEquals("A700H No memory is free", CauseText.of(new HpFailure(HpStatus.OUT_OF_RESOURCES, "No memory is free")));
        assertEquals("java.lang.IllegalStateException", CauseText.of(new Exception(null, new IllegalStateException())));
    }

    /** A message of a database has several lines, and one that quotes a value can have any. */
    @Test
    void oneShortLine() {
        assertEquals("java.lang.Exception: a b c", CauseText.of(new Exception("a\r\nb\u001Bc")));
        assertEquals(1_000, CauseText.of(new Exception("x".repeat(5_000))).length());
    }

    @Test
    void causesInACircleEnd() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));
        assertEquals("first: second: first: second", CauseText.of(first).substring(0, 28));
    }
}
