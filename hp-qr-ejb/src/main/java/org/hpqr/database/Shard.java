package org.hpqr.database;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The changes of objects are counted in {@value #COUNT} rows, so that stores of different objects seldom wait for each
 * other. The number of a shard is stored with each object, so it is defined here for good: CRC-32 of the SOP Instance
 * UID in ASCII, modulo {@value #COUNT}.
 */
public final class Shard {

    /** Rows of {@code hp_change}. */
    public static final int COUNT = 16;

    private Shard() {
    }

    /** The shard of an object: 0 to 15. */
    public static int of(String sopInstanceUid) {
        CRC32 crc = new CRC32();
        crc.update(sopInstanceUid.getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % COUNT);
    }
}
