package org.hpqr.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;

/** PS3.7 D.3.3.2, PS3.10 7.1. */
class ImplementationTest {

    /** PS3.5 B.2: a version 4 UUID as a number. */
    @Test
    void classUidIsOfARandomUuid() {
        BigInteger uuid = new BigInteger(Implementation.CLASS_UID.substring("2.25.".length()));

        assertEquals("2.25." + uuid, Implementation.CLASS_UID);
        assertEquals(4, uuid.shiftRight(76).intValue() & 0xF, "version");
        assertEquals(2, uuid.shiftRight(62).intValue() & 3, "variant");
    }

    @Test
    void versionNameHasTheVersionAndFits() {
        assertTrue(Implementation.VERSION_NAME.matches("HPQR_\\d[\\w.-]{0,10}"), Implementation.VERSION_NAME);
    }

    @Test
    void filesNameUs() throws IOException {
        byte[] file = new StoredObject(UID.ImplicitVRLittleEndian, "WS1", new byte[0]).toFile(UID.HangingProtocolStorage, "2.25.1");

        Attributes meta = new DicomInputStream(new ByteArrayInputStream(file)).readFileMetaInformation();
        assertEquals(Implementation.CLASS_UID, meta.getString(Tag.ImplementationClassUID));
        assertEquals(Implementation.VERSION_NAME, meta.getString(Tag.ImplementationVersionName));
    }

    @Test
    void conformanceStatementNamesUs() throws IOException {
        String statement = Files.readString(Path.of("..", "docs", "conformance.md"));

        assertTrue(statement.contains("| " + Implementation.CLASS_UID + " |"));
        assertTrue(statement.contains("| `HPQR_` and the version, as HPQR_1.0.0 |"));
    }
}
