package org.hpqr.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;

/** Writes something to a storage, reads it and deletes it again: nothing less tells that objects can be kept. */
final class StorageProbe {

    private static final byte[] BYTES = "hp-qr looks whether objects can be kept".getBytes(StandardCharsets.US_ASCII);

    private StorageProbe() {
    }

    /** What is wrong; empty if nothing is. */
    static String problem(ObjectStorage storage) {
        try {
            ObjectLocation location = storage.write("", BYTES);
            try (InputStream in = storage.open(location)) {
                if (!Arrays.equals(BYTES, in.readAllBytes()))
                    return "what was written is read as something else";
            } finally {
                storage.delete(location);
            }
            return "";
        } catch (IOException e) {
            return e.getCause() == null ? e.toString() : e.getMessage() + ": " + e.getCause();
        }
    }
}
