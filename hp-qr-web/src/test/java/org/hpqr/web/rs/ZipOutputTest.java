package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;

/** What an export has if an object cannot be read. */
class ZipOutputTest {

    private final Map<String, HpStatus> objects = new LinkedHashMap<>();

    private byte[] export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ZipOutput(new FoundObjects.Matches(objects), new FoundObjects(objects), null).write(out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                entries.put(entry.getName(), zip.readAllBytes());
        }
        return entries;
    }

    @Test
    void anObjectThatCannotBeReadIsLeftOutAndNamed() throws IOException {
        objects.put("1.1", HpStatus.SUCCESS);
        objects.put("1.2", HpStatus.GET_FAILED);
        objects.put("removed", HpStatus.SUCCESS);
        objects.put("1.3", HpStatus.SUCCESS);

        Map<String, byte[]> entries = entries(export());
        assertEquals(List.of("1.1.dcm", "1.3.dcm", "left-out.txt"), List.copyOf(entries.keySet()));
        assertArrayEquals("These hanging protocols cannot be read and were left out:\n1.2\n".getBytes(StandardCharsets.US_ASCII),
                entries.get("left-out.txt"));
    }

    @Test
    void nothingIsNamedIfNothingIsMissing() throws IOException {
        objects.put("1.1", HpStatus.SUCCESS);

        assertEquals(List.of("1.1.dcm"), List.copyOf(entries(export()).keySet()));
    }

    /** Others cannot be read then either: an archive with a few objects is not to be taken for all of them. */
    @Test
    void withoutDatabaseOrMemoryTheExportIsBrokenOff() {
        objects.put("1.1", HpStatus.SUCCESS);
        objects.put("1.2", HpStatus.OUT_OF_RESOURCES);

        assertThrows(IOException.class, this::export);
    }
}
