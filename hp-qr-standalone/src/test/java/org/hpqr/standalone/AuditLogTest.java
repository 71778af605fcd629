package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AuditLogTest {

    @Test
    void textOfAPeerCannotPretendToBeAnotherKeyOrLine() {
        assertEquals("\"WS1? status=?0000H??\"", AuditLog.quoted("WS1\" status=\"0000H\r\n"));
        assertEquals("\"??????\"", AuditLog.quoted("\u001b\u007f\u0085\u2028\u00e4\t"));
    }

    @Test
    void missingTextIsShown() {
        assertEquals("\"null\"", AuditLog.quoted(null));
    }
}
